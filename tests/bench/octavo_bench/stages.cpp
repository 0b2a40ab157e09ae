// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages.h"

#include <c10/core/InferenceMode.h>

#include "base/files.h"
#include "base/resources.h"
#include "checkpoint/safetensors.h"
#include "evaluate/evaluate.h"
#include "evaluate/stream.h"
#include "hardware/detect.h"
#include "model/decoder.h"
#include "quantize/observer.h"
#include "quantize/solver.h"
#include "text/tokenizer.h"

namespace octavo::bench {

namespace {

constexpr std::int64_t tokens = 512;

/// A layer of the shape, read from a one-layer model as a job reads it.
class OneLayer {
public:
    OneLayer(const Shape& shape, const std::filesystem::path& scratch)
        : folder_(written(shape, scratch)), config_(read_model_config(folder_)), decoder_(config_, device_, tokens),
          weights_(WeightReader(folder_, config_, device_).layer(0)) {}

    const ModelConfig& config() const { return config_; }
    const LayerWeights& weights() const { return weights_; }
    at::Tensor forward(const LayerWeights& weights, const at::Tensor& x) const {
        return decoder_.forward(weights, x, Chunk{0, tokens, {tokens}}, 0);
    }
    /// Every matrix as int8 codes with activations rounded per token, as a W8A8 layer propagates.
    LayerWeights in_codes() const {
        LayerWeights out = weights_;
        const Scheme scheme = preset("W8A8");
        for (const Module& module : linear_modules(config_)) {
            if (module.layer != 0) continue;
            Linear& linear = linear_of(out, module);
            const Solution solution = round_to_nearest(linear.weight, weight_grid(linear.weight, scheme.weights, {}));
            linear.codes = solution.codes.view(at::kChar).contiguous();
            linear.row_scales = solution.grid.scales.flatten();
            linear.weight = solution.weight;
            linear.input = InputGrid{*scheme.input, {}};
        }
        return out;
    }

private:
    static std::filesystem::path written(const Shape& shape, const std::filesystem::path& scratch) {
        write_model(shape.with_layers(1), scratch / "one-layer");
        return scratch / "one-layer";
    }
    Device device_;
    ModelFolder folder_;
    ModelConfig config_;
    Decoder decoder_;
    LayerWeights weights_;
};

void forward_rows(const Shape& shape, const Limits& limits, const std::filesystem::path& scratch,
                  const Report& report) {
    const OneLayer layer(shape, scratch);
    const at::Tensor x = at::randn({tokens, shape.hidden});
    const double work = 2.0 * static_cast<double>(shape.with_layers(1).linear_parameters() * tokens) +
                        2.0 * static_cast<double>(shape.hidden * tokens * tokens);
    const double exact = fastest([&] { layer.forward(layer.weights(), x); });
    report(
        {"Stages", "forward of a layer, float32", work / exact / 1e9, "GFLOP/s", limits.gemm_f32 / 1e9, "512 tokens"});
    const LayerWeights codes = layer.in_codes();
    const double integer = fastest([&] { layer.forward(codes, x); });
    report({"Stages", "forward of a W8A8 layer", work / integer / 1e9, "GOP/s", limits.gemm_int8 / 1e9,
            "integer products, attention in float32"});
}

/// Bytes per second that LibTorch reads when it copies a tensor of this size: half of the traffic.
double read_rate(const at::Tensor& x) {
    at::Tensor copy = at::empty_like(x);
    return static_cast<double>(x.nbytes()) / fastest([&] { copy.copy_(x); }, 0.2);
}

void statistics_rows(std::int64_t channels, const Limits& limits, const Report& report) {
    const at::Tensor x = at::randn({tokens * 4, channels});
    const std::string size = "2048 × " + std::to_string(channels);
    InputObserver plain(channels, {}, Device(), Products::none);
    const double seconds = fastest([&] { plain.observe(x, 0); });
    report({"Stages", "statistics of an input", static_cast<double>(x.nbytes()) / seconds / 1e9, "GB/s",
            read_rate(x) / 1e9, size});
    const double triangle = static_cast<double>(x.size(0) * channels * (channels + 1));
    const auto products = [&](InputObserver& observer, const char* name, double limit) {
        const double both = fastest([&] { observer.observe(x, 0); });
        report({"Stages", name, triangle / std::max(both - seconds, 1e-9) / 1e9, "GFLOP/s", limit / 1e9, size});
    };
    InputObserver whole(channels, {}, Device()), narrow(channels, {}, Device(), Products::fast);
    products(whole, "Hessian, one triangle, float32", limits.gemm_f32);
    if (narrow.narrow()) products(narrow, "Hessian, one triangle, bf16", limits.gemm_bf16);
    const at::Tensor hessian = whole.hessian();
    const SolverOptions options;
    const double factor = fastest([&] { factorize(hessian, options, "bench"); });
    const double n = static_cast<double>(channels);
    report({"Stages", "Cholesky", n * n * n / 3 / factor / 1e9, "GFLOP/s",
            (channels < 3000 ? limits.cholesky : limits.cholesky_wide) / 1e9, std::to_string(channels)});
}

void encode_row(const Shape& shape, const char* scheme, const Report& report) {
    const at::Tensor weight = at::randn({shape.intermediate, shape.hidden});
    const double seconds = fastest([&] { round_to_nearest(weight, weight_grid(weight, preset(scheme).weights, {})); });
    report({"Stages", std::string("scales and codes, ") + scheme, static_cast<double>(weight.nbytes()) / seconds / 1e9,
            "GB/s", read_rate(weight) / 1e9,
            std::to_string(shape.intermediate) + " × " + std::to_string(shape.hidden) + " float32 read"});
}

void write_row(const Limits& limits, const std::filesystem::path& scratch, const Report& report) {
    const TensorSpec spec{"weight", Dtype::bf16, {std::int64_t(1) << 14, std::int64_t(1) << 14}};
    const std::vector<std::byte> row(std::size_t(1) << 22);
    const double seconds = fastest(
        [&] {
            SafetensorsWriter writer(scratch / "written.safetensors", {spec});
            for (std::uint64_t done = 0; done < spec.bytes(); done += row.size()) writer.write(spec.name, row);
            writer.finish();
        },
        0.1);
    std::filesystem::remove(scratch / "written.safetensors");
    report({"Stages", "write of a shard", static_cast<double>(spec.bytes()) / seconds / 1e9, "GB/s",
            limits.disk_write / 1e9, "512 MiB, synced"});
}

double solve_seconds(std::int64_t rows, std::int64_t columns, const char* scheme) {
    const at::Tensor x = at::randn({2 * columns, columns}), weight = at::randn({rows, columns});
    const SolverOptions options;
    const HessianFactor factor = factorize(at::mm(x.t(), x), options, "bench");
    return fastest([&] { solve_gptq(weight, factor, weight_grid(weight, preset(scheme).weights, {}), options); });
}

} // namespace

void measure_stages(const Shape& shape, const Limits& limits, const std::filesystem::path& scratch,
                    const Report& report) {
    const c10::InferenceMode no_gradients;
    forward_rows(shape, limits, scratch, report);
    statistics_rows(shape.hidden, limits, report);
    statistics_rows(shape.intermediate, limits, report);
    const double seconds = solve_seconds(shape.hidden, shape.intermediate, "W8A8");
    const double work =
        static_cast<double>(shape.hidden * shape.intermediate) * static_cast<double>(shape.intermediate);
    report({"Stages", "column solve", work / seconds / 1e9, "GFLOP/s", limits.gemm_f32 / 1e9,
            std::to_string(shape.hidden) + " × " + std::to_string(shape.intermediate) + ", scales included"});
    for (const char* scheme : {"W8A8", "FP8_DYNAMIC", "NVFP4A16"}) encode_row(shape, scheme, report);
    write_row(limits, scratch, report);
}

void measure_column_solve(const Report& report) {
    const c10::InferenceMode no_gradients;
    for (const char* scheme : {"W8A8", "W4A16"})
        report({"Figures",
                std::string("column solve of 4096 × 4096, ") + scheme,
                solve_seconds(4096, 4096, scheme),
                "s",
                0,
                {},
                Aim{detail::detect_cpu().avx512f ? 0.5 : 1.0}});
}

namespace {

void tokenise_row(const Tokenizer& tokenizer, const std::string& text, const Report& report) {
    const double count = static_cast<double>(tokenizer.encode(text, false).size());
    const std::vector<std::string> copies(16, text);
    const double seconds = fastest([&] { tokenizer.encode(copies, false); });
    report({"Stages", "tokenise", 16 * count / seconds / 1e6, "Mtoken/s", 0, "the evaluation text, sixteen times"});
}

/// Seconds of one model's bare walk with its logits, the head read but not scored.
double bare_seconds(const std::filesystem::path& model, const std::vector<std::vector<std::int32_t>>& rows,
                    std::int64_t length) {
    const std::vector<Chunk> chunks = cut_into_chunks(std::vector<std::int64_t>(rows.size(), length), 512);
    return fastest(
        [&] {
            ModelStream stream(model, Device(), rows);
            for (int layer = 0; layer < stream.config().layers; ++layer)
                stream.run_layer(layer, chunks, [](const Chunk&) {});
            stream.finish_layers();
            for (const Chunk& chunk : chunks) stream.logits(chunk.begin, chunk.end);
        },
        0.1);
}

} // namespace

void measure_text_stages(const std::filesystem::path& model, const Report& report) {
    const c10::InferenceMode no_gradients;
    const std::string text = read_file(resource("evaluation.txt"));
    const Tokenizer tokenizer(model);
    tokenise_row(tokenizer, text, report);
    const std::int64_t length = 512, windows = 8;
    const std::vector<std::int32_t> ids = tokenizer.encode(text, false);
    std::vector<std::vector<std::int32_t>> rows;
    for (std::int64_t i = 0; i < windows && (i + 1) * length <= static_cast<std::int64_t>(ids.size()); ++i)
        rows.emplace_back(ids.begin() + i * length, ids.begin() + (i + 1) * length);
    const double bare = 2 * bare_seconds(model, rows, length);
    EvaluateRequest request;
    request.model = request.reference = model;
    request.sequence_length = static_cast<int>(length);
    request.windows = static_cast<int>(rows.size());
    struct Silent final : Sink {
        void on_event(const Event&) override {}
    } sink;
    const double whole = fastest([&] { evaluate_folder(request, sink, {}); }, 0.1);
    report({"Figures", "evaluate, both models", whole, "s", bare, "limit: two bare walks with their logits"});
    report({"Figures", "evaluate, to two bare walks", whole / bare, "times", 0, {}, Aim{1.15}});
}

} // namespace octavo::bench
