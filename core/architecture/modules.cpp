// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/architecture.h"

namespace octavo {

std::vector<Module> linear_modules(const ModelConfig& config) {
    std::vector<Module> out;
    out.reserve(static_cast<std::size_t>(config.layers) * 7 + 1);
    const std::int64_t q = std::int64_t(config.heads) * config.head_dim,
                       kv = std::int64_t(config.kv_heads) * config.head_dim;
    for (int layer = 0; layer < config.layers; ++layer) {
        const std::string attention = config.layer_prefix(layer) + "self_attn.",
                          mlp = config.layer_prefix(layer) + "mlp.";
        const auto add = [&](const std::string& parent, const char* role, std::int64_t rows, std::int64_t columns,
                             const char* fused = "") {
            out.push_back({.name = parent + role,
                           .rows = rows,
                           .columns = columns,
                           .layer = layer,
                           .role = role,
                           .fused_set = *fused ? parent + fused : ""});
        };
        add(attention, "q_proj", q, config.hidden, "qkv");
        add(attention, "k_proj", kv, config.hidden, "qkv");
        add(attention, "v_proj", kv, config.hidden, "qkv");
        add(attention, "o_proj", config.hidden, q);
        add(mlp, "gate_proj", config.intermediate, config.hidden, "gate_up");
        add(mlp, "up_proj", config.intermediate, config.hidden, "gate_up");
        add(mlp, "down_proj", config.hidden, config.intermediate);
    }
    out.push_back(
        {.name = "lm_head", .rows = config.vocabulary, .columns = config.hidden, .role = "lm_head", .fused_set = ""});
    return out;
}

std::vector<SmoothingGroup> smoothing_groups(const ModelConfig& config) {
    using Kind = SmoothingGroup::Kind;
    std::vector<SmoothingGroup> out;
    for (int layer = 0; layer < config.layers; ++layer) {
        const std::string prefix = config.layer_prefix(layer), attention = prefix + "self_attn.", mlp = prefix + "mlp.";
        out.push_back({prefix + "attention_input",
                       Kind::norm,
                       prefix + "input_layernorm",
                       {attention + "q_proj", attention + "k_proj", attention + "v_proj"},
                       layer});
        out.push_back(
            {prefix + "output_input", Kind::value_output, attention + "v_proj", {attention + "o_proj"}, layer});
        out.push_back({prefix + "mlp_input",
                       Kind::norm,
                       prefix + "post_attention_layernorm",
                       {mlp + "gate_proj", mlp + "up_proj"},
                       layer});
        out.push_back({prefix + "down_input", Kind::up_down, mlp + "up_proj", {mlp + "down_proj"}, layer});
    }
    return out;
}

std::string site_of(const Module& module) {
    if (module.layer < 0) return {};
    const char* site = nullptr;
    const std::string& role = module.role;
    if (role == "q_proj" || role == "k_proj" || role == "v_proj") site = "attention_input";
    if (role == "o_proj") site = "output_input";
    if (role == "gate_proj" || role == "up_proj") site = "mlp_input";
    if (role == "down_proj") site = "down_input";
    if (!site) return {};
    const std::string number = "." + std::to_string(module.layer) + ".";
    const std::size_t at = module.name.find(number);
    return at == std::string::npos ? std::string() : module.name.substr(0, at + number.size()) + site;
}

} // namespace octavo
