// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

#include <cmath>
#include <random>

#include "engine/engine.h"
#include "job/job.h"
#include "report/run_folder.h"
#include "support/tiny_model.h"

/// A folder with a tiny model and token ids for calibration, and helpers that read exports without any code of the
/// product.
class Workshop {
public:
    explicit Workshop(const tiny::Options& options = {}) : root_(directory_.path().toStdString()), options_(options) {
        tiny::write(root_ / "model", options);
        std::mt19937 generator(5);
        tiny::Json rows = tiny::Json::array();
        for (int row = 0; row < 12; ++row) {
            rows.push_back(tiny::Json::array());
            for (int i = 0; i < 24; ++i) rows.back().push_back(generator() % 250);
        }
        tiny::write_text(root_ / "ids.json", rows.dump());
    }

    /// The tiny model's norms are so small that rounding hardly shows in its logits: 32 times larger is exact in bf16.
    void raise_norms() const;

    const tiny::fs::path& root() const { return root_; }
    const tiny::Options& options() const { return options_; }

    octavo::QuantizeRequest request(const std::string& name, const octavo::Recipe& recipe) const {
        octavo::QuantizeRequest out;
        out.model = root_ / "model";
        out.output = root_ / name;
        out.run_directory = root_ / ("run-" + name);
        out.recipe = recipe;
        out.calibration_ids = root_ / "ids.json";
        out.device = "cpu";
        out.threads = 2;
        return out;
    }

    octavo::RunRecord run(const std::string& name, const octavo::Recipe& recipe) const {
        octavo::FanOut nobody({});
        return octavo::quantize(request(name, recipe), nobody, {});
    }

    /// Every file of a folder by name.
    std::map<std::string, std::string> files(const std::string& name) const {
        std::map<std::string, std::string> out;
        for (const auto& entry : tiny::fs::directory_iterator(root_ / name))
            out[entry.path().filename().string()] = tiny::read_text(entry.path());
        return out;
    }

private:
    QTemporaryDir directory_;
    tiny::fs::path root_;
    tiny::Options options_;
};

using TensorMap = std::map<std::string, tiny::Tensor>;

inline TensorMap tensors_in(const tiny::fs::path& folder) {
    TensorMap out;
    for (auto& [name, tensor] : tiny::read_safetensors(folder / "model.safetensors")) out[name] = std::move(tensor);
    return out;
}

/// Values of F32, F16, BF16, I8 or F8_E4M3 bytes.
inline std::vector<double> values_of(const tiny::Tensor& tensor) {
    std::vector<double> out;
    const auto* bytes = reinterpret_cast<const unsigned char*>(tensor.bytes.data());
    const std::size_t width = tensor.dtype == "F32" ? 4 : tensor.dtype == "I8" || tensor.dtype == "F8_E4M3" ? 1 : 2;
    for (std::size_t at = 0; at < tensor.bytes.size(); at += width) {
        const unsigned low = bytes[at], both = width > 1 ? low | unsigned(bytes[at + 1]) << 8 : low;
        if (tensor.dtype == "F32" || tensor.dtype == "BF16") {
            const std::uint32_t bits =
                width == 2 ? both << 16 : both | unsigned(bytes[at + 2]) << 16 | unsigned(bytes[at + 3]) << 24;
            float value;
            std::memcpy(&value, &bits, 4);
            out.push_back(static_cast<double>(value));
        } else if (tensor.dtype == "I8") {
            out.push_back(static_cast<std::int8_t>(low));
        } else {
            const int mantissa_bits = width == 1 ? 3 : 10, bias = width == 1 ? 7 : 15;
            const unsigned sign = both >> (8 * width - 1), mantissa = both & ((1u << mantissa_bits) - 1);
            const int exponent = static_cast<int>((both >> mantissa_bits) &
                                                  ((1u << (8 * width - 1 - static_cast<unsigned>(mantissa_bits))) - 1));
            const double fraction = std::ldexp(mantissa, -mantissa_bits);
            const double magnitude =
                exponent ? std::ldexp(1 + fraction, exponent - bias) : std::ldexp(fraction, 1 - bias);
            out.push_back(sign ? -magnitude : magnitude);
        }
    }
    return out;
}

inline void Workshop::raise_norms() const {
    tiny::Tensors tensors = tiny::read_safetensors(root_ / "model" / "model.safetensors");
    for (auto& [name, tensor] : tensors) {
        if (name.find("norm") == std::string::npos) continue;
        std::vector<float> values;
        for (const double value : values_of(tensor)) values.push_back(static_cast<float>(32 * value));
        tensor.bytes = tiny::bytes_of(values, tensor.dtype);
    }
    tiny::write_safetensors(root_ / "model" / "model.safetensors", tensors);
}

/// code · scale of an exported matrix, or the values of one that was kept.
inline std::vector<double> dequantized(const TensorMap& tensors, const std::string& module) {
    std::vector<double> out = values_of(tensors.at(module + ".weight"));
    const auto scale = tensors.find(module + ".weight_scale");
    if (scale == tensors.end()) return out;
    const std::vector<double> scales = values_of(scale->second);
    const std::size_t columns = out.size() / scales.size();
    for (std::size_t i = 0; i < out.size(); ++i) out[i] *= scales[i / columns];
    return out;
}

inline octavo::Recipe recipe_of(const char* scheme, octavo::SmoothingMode mode,
                                octavo::SolverMethod method = octavo::SolverMethod::gptq) {
    octavo::Recipe out = octavo::Recipe::for_scheme(octavo::preset(scheme));
    out.smoothing.mode = mode;
    out.solver.method = method;
    return out;
}

/// A folder against another on six windows of the built-in text.
inline octavo::EvaluateResult evaluate(const tiny::fs::path& model, const tiny::fs::path& reference) {
    octavo::FanOut nobody({});
    octavo::EvaluateRequest request;
    request.model = model;
    request.reference = reference;
    request.sequence_length = 32;
    request.windows = 6;
    request.device = "cpu";
    request.threads = 2;
    return octavo::load_engine().evaluate(request, nobody, {});
}
