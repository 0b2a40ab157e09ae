// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/check_tensors.h"

#include "base/error.h"

#include <charconv>
#include <set>

namespace octavo {

namespace {

std::string shape_text(const std::vector<std::int64_t>& shape) {
    std::string out = "[";
    for (const std::int64_t extent : shape) out += (out.size() > 1 ? ", " : "") + std::to_string(extent);
    return out + "]";
}

[[noreturn]] void contradicts(const ModelFolder& folder, Message what, const std::string& tensor) {
    throw Error(ErrorCode::unusable_model, std::move(what),
                msg("config.json and the weights do not belong together; fetch the model again."),
                {.file = (folder.path() / "config.json").string(), .tensor = tensor});
}

class TensorCheck {
public:
    TensorCheck(const ModelFolder& folder, const ModelConfig& config)
        : folder_(folder), config_(config), quantized_(folder.quantization_config().has_value()) {}

    void run() {
        for (const Parameter& parameter : other_parameters(config_)) expect(parameter.name, parameter.shape);
        for (const Module& module : linear_modules(config_)) expect_linear(module);
        expected_.insert(config_.other_tensors.begin(), config_.other_tensors.end());
        for (const TensorSpec& tensor : folder_.tensors())
            if (!expected_.contains(tensor.name) && !may_be_extra(tensor.name)) refuse_extra(tensor.name);
    }

private:
    void expect(const std::string& name, const std::vector<std::int64_t>& shape) {
        if (!folder_.contains(name))
            contradicts(folder_, msg("The tensor is missing, but config.json asks for it"), name);
        const TensorSpec& found = folder_.spec(name);
        if (found.shape != shape)
            contradicts(folder_,
                        msg("The tensor has the shape %1, but config.json asks for %2", shape_text(found.shape),
                            shape_text(shape)),
                        name);
        if (!is_floating(found.dtype))
            contradicts(folder_,
                        msg("The tensor holds %1 where numbers of floating type are expected", torch_name(found.dtype)),
                        name);
        expected_.insert(name);
    }

    void expect_linear(const Module& module) {
        if (module.layer < 0 && module.role != "lm_head") return; // beside the language model
        const std::string weight = module.name + ".weight";
        const bool head = module.role == "lm_head";
        if (head && config_.tied_head && !folder_.contains(weight)) return;
        // The matrices of a quantized model have other names, types and shapes: that is for its decoder and the
        // verifier to judge.
        const bool plain = folder_.contains(weight) && is_floating(folder_.spec(weight).dtype) &&
                           folder_.spec(weight).dtype <= Dtype::bf16;
        if (!quantized_ || plain) expect(weight, {module.rows, module.columns});
        if (has_bias(config_, module)) expect(module.name + ".bias", {module.rows});
        linears_.insert(module.name);
    }

    bool may_be_extra(const std::string& name) const {
        // Old checkpoints carry the rotary frequencies, which follow from the config.
        if (name.ends_with(".rotary_emb.inv_freq")) return true;
        if (!quantized_) return false;
        const std::size_t dot = name.rfind('.');
        const std::string owner = name.substr(0, dot == std::string::npos ? 0 : dot), local = name.substr(dot + 1);
        return (linears_.contains(owner) && local != "bias") || local.ends_with("_scale") ||
               local.ends_with("_zero_point");
    }

    [[noreturn]] void refuse_extra(const std::string& name) const {
        const std::string layers = config_.prefix + "layers.";
        int layer = -1;
        if (name.starts_with(layers)) std::from_chars(name.data() + layers.size(), name.data() + name.size(), layer);
        if (layer >= config_.layers)
            contradicts(folder_,
                        msg("The checkpoint holds layer %1, but config.json has only %2 layers", layer, config_.layers),
                        name);
        contradicts(folder_,
                    msg("The tensor has no place in %1 with this config.json; leaving it out would change the result",
                        config_.architecture),
                    name);
    }

    const ModelFolder& folder_;
    const ModelConfig& config_;
    const bool quantized_;
    std::set<std::string> expected_, linears_;
};

} // namespace

void check_tensors(const ModelFolder& folder, const ModelConfig& config) { TensorCheck(folder, config).run(); }

Dtype stored_dtype(const ModelFolder& folder, const ModelConfig& config) {
    const std::string first = linear_modules(config).front().name + ".weight";
    if (folder.contains(first) && folder.spec(first).dtype <= Dtype::bf16) return folder.spec(first).dtype;
    return folder.spec(config.prefix + "embed_tokens.weight").dtype;
}

} // namespace octavo
