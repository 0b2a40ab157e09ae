// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/architecture.h"

#include <algorithm>

namespace octavo {

namespace {

class ModuleList {
public:
    explicit ModuleList(const ModelConfig& config) : config_(config) {}

    std::vector<Module> all() {
        for (layer_ = 0; layer_ < config_.layers; ++layer_) {
            const std::string attention = config_.layer_prefix(layer_) + "self_attn.";
            if (config_.latent)
                add_latent_attention(attention, *config_.latent);
            else
                add_attention(attention);
            add(attention + "o_proj", config_.hidden, config_.attended());
            if (config_.has_experts(layer_))
                add_experts();
            else
                add_mlp(mlp_names(config_, layer_), config_.intermediate);
        }
        out_.insert(out_.end(), config_.others.begin(), config_.others.end());
        out_.push_back({.name = config_.head,
                        // The recipe ignores lm_head by its name: under any other name it needs another class.
                        .class_name = config_.head == "lm_head" ? "Linear" : "Head",
                        .rows = config_.vocabulary,
                        .columns = config_.hidden,
                        .role = "lm_head",
                        .fused_set = ""});
        return std::move(out_);
    }

private:
    void add(const std::string& name, std::int64_t rows, std::int64_t columns, const std::string& fused_set = {},
             const char* class_name = "Linear") {
        out_.push_back({.name = name,
                        .class_name = class_name,
                        .rows = rows,
                        .columns = columns,
                        .layer = layer_,
                        .role = name.substr(name.rfind('.') + 1),
                        .fused_set = fused_set});
    }

    void add_attention(const std::string& parent) {
        const std::int64_t q = std::int64_t(config_.heads) * config_.head_dim,
                           kv = std::int64_t(config_.kv_heads) * config_.head_dim;
        if (config_.fused_qkv) {
            add(parent + "qkv_proj", q + 2 * kv, config_.hidden);
            return;
        }
        add(parent + "q_proj", q, config_.hidden, parent + "qkv");
        add(parent + "k_proj", kv, config_.hidden, parent + "qkv");
        add(parent + "v_proj", kv, config_.hidden, parent + "qkv");
    }

    /// vLLM runs q_a and kv_a as one matrix; q_proj stands alone.
    void add_latent_attention(const std::string& parent, const LatentConfig& latent) {
        const std::int64_t q = std::int64_t(config_.heads) * config_.head_dim;
        const std::string fused = latent.query_rank ? parent + "fused_qkv_a" : std::string();
        if (latent.query_rank)
            add(parent + "q_a_proj", latent.query_rank, config_.hidden, fused);
        else
            add(parent + "q_proj", q, config_.hidden);
        add(parent + "kv_a_proj_with_mqa", latent.rank + latent.turned_dim, config_.hidden, fused);
        if (latent.query_rank) add(parent + "q_b_proj", q, latent.query_rank);
        add(parent + "kv_b_proj", std::int64_t(config_.heads) * (latent.plain_dim + latent.value_dim), latent.rank);
    }

    void add_mlp(const MlpNames& names, std::int64_t inner) {
        if (config_.mlp == MlpType::fused_gated) {
            add(names.gate, 2 * inner, config_.hidden);
        } else if (config_.mlp == MlpType::plain) {
            add(names.up, inner, config_.hidden);
        } else {
            const std::string fused = names.gate.substr(0, names.gate.rfind('.') + 1) + "gate_up";
            add(names.gate, inner, config_.hidden, fused);
            add(names.up, inner, config_.hidden, fused);
        }
        add(names.down, config_.hidden, inner);
    }

    void add_experts() {
        const ExpertConfig& experts = config_.experts;
        const std::string parent = config_.layer_prefix(layer_) + experts.parent + ".";
        add(parent + "gate", experts.count, config_.hidden, {}, "Router");
        if (experts.shared_intermediate) add_mlp(expert_names(config_, layer_, -1), experts.shared_intermediate);
        if (experts.shared_gate) add(parent + experts.shared + "_gate", 1, config_.hidden, {}, "Router");
        for (int expert = 0; expert < experts.count; ++expert)
            add_mlp(expert_names(config_, layer_, expert), experts.intermediate);
    }

    const ModelConfig& config_;
    std::vector<Module> out_;
    int layer_ = 0;
};

} // namespace

std::vector<Module> linear_modules(const ModelConfig& config) { return ModuleList(config).all(); }

MlpNames mlp_names(const ModelConfig& config, int layer) {
    const std::string parent = config.layer_prefix(layer) + "mlp.";
    switch (config.mlp) {
    case MlpType::gated: break;
    case MlpType::fused_gated: return {parent + "gate_up_proj", "", parent + "down_proj"};
    case MlpType::plain: return {"", parent + "c_fc", parent + "c_proj"};
    }
    return {parent + "gate_proj", parent + "up_proj", parent + "down_proj"};
}

MlpNames expert_names(const ModelConfig& config, int layer, int expert) {
    const ExpertConfig& experts = config.experts;
    const std::string parent = config.layer_prefix(layer) + experts.parent + ".";
    if (expert < 0) {
        const std::string shared = parent + experts.shared + ".";
        return {shared + "gate_proj", shared + "up_proj", shared + "down_proj"};
    }
    const std::string own = parent + "experts." + std::to_string(expert) + ".";
    return {own + experts.gate, own + experts.up, own + experts.down};
}

bool has_bias(const ModelConfig& config, const Module& module) {
    const std::string& role = module.role;
    if (role == "lm_head" || module.class_name != "Linear" || module.layer < 0) return false;
    if (role == "o_proj") return config.output_bias;
    if (module.name.find(".self_attn.") == std::string::npos) return config.mlp_bias;
    if (config.latent && role != "q_a_proj" && role != "kv_a_proj_with_mqa") return false;
    return config.attention_bias;
}

std::vector<Parameter> other_parameters(const ModelConfig& config) {
    std::vector<Parameter> out{{config.prefix + "embed_tokens.weight", {config.vocabulary, config.hidden}}};
    const auto norm = [&](const std::string& name, std::int64_t width) {
        out.push_back({name + ".weight", {width}});
        if (config.norm == NormType::layer) out.push_back({name + ".bias", {width}});
    };
    for (int layer = 0; layer < config.layers; ++layer) {
        const std::string prefix = config.layer_prefix(layer), attention = prefix + "self_attn.";
        for (const std::string* name :
             {&config.attention_norm, &config.attention_output_norm, &config.mlp_norm, &config.mlp_output_norm})
            if (!name->empty()) norm(prefix + *name, config.hidden);
        if (config.qk_norm != QkNorm::none) {
            const bool whole = config.qk_norm == QkNorm::whole;
            norm(attention + "q_norm", whole ? std::int64_t(config.heads) * config.head_dim : config.head_dim);
            norm(attention + "k_norm", whole ? std::int64_t(config.kv_heads) * config.head_dim : config.head_dim);
        }
        if (config.latent && config.latent->query_rank) norm(attention + "q_a_layernorm", config.latent->query_rank);
        if (config.latent) norm(attention + "kv_a_layernorm", config.latent->rank);
        if (config.experts.sigmoid && config.has_experts(layer))
            out.push_back({prefix + config.experts.parent + ".gate.e_score_correction_bias", {config.experts.count}});
    }
    norm(config.prefix + "norm", config.hidden);
    return out;
}

bool ModelConfig::has_experts(int layer) const {
    return experts.count > 0 && experts.layers.at(static_cast<std::size_t>(layer));
}

std::int64_t ModelConfig::window(int layer) const {
    return static_cast<std::size_t>(layer) < windows.size() ? windows[static_cast<std::size_t>(layer)] : 0;
}

std::int64_t ModelConfig::cached() const {
    return latent ? latent->rank + latent->turned_dim : 2 * std::int64_t(kv_heads) * head_dim;
}

std::int64_t ModelConfig::cached(std::int64_t tokens) const {
    std::int64_t kept = 0;
    for (int layer = 0; layer < layers; ++layer) kept += window(layer) ? std::min(window(layer), tokens) : tokens;
    return kept * cached();
}

std::int64_t ModelConfig::parameters() const {
    std::int64_t out = 0;
    for (const Parameter& parameter : other_parameters(*this)) {
        // A buffer, which transformers does not count either.
        if (parameter.name.ends_with("e_score_correction_bias")) continue;
        std::int64_t size = 1;
        for (const std::int64_t extent : parameter.shape) size *= extent;
        out += size;
    }
    for (const Module& module : linear_modules(*this)) {
        if (module.class_name == "VisionLinear" || (module.role == "lm_head" && tied_head)) continue;
        out += module.rows * module.columns + (octavo::has_bias(*this, module) ? module.rows : 0);
    }
    return out;
}

std::string site_of(const Module& module) {
    if (module.layer < 0 || module.class_name != "Linear") return {};
    static constexpr std::pair<const char*, const char*> sites[] = {
        {"q_proj", "attention_input"},
        {"k_proj", "attention_input"},
        {"v_proj", "attention_input"},
        {"qkv_proj", "attention_input"},
        {"q_a_proj", "attention_input"},
        {"kv_a_proj_with_mqa", "attention_input"},
        {"q_b_proj", "query_latent"},
        {"kv_b_proj", "key_value_latent"},
        {"o_proj", "output_input"},
        {"gate_proj", "mlp_input"},
        {"up_proj", "mlp_input"},
        {"gate_up_proj", "mlp_input"},
        {"c_fc", "mlp_input"},
        {"w1", "mlp_input"},
        {"w3", "mlp_input"},
        {"down_proj", "down_input"},
        {"c_proj", "down_input"},
        {"w2", "down_input"},
    };
    const auto site = std::ranges::find(sites, module.role, [](const auto& entry) { return std::string(entry.first); });
    const std::string number = "." + std::to_string(module.layer) + ".";
    const std::size_t at = module.name.find(number);
    if (site == std::end(sites) || at == std::string::npos) return {};
    // An expert has an input of its own: the tokens that were sent to it.
    const std::size_t expert = module.name.find(".experts.", at);
    std::string own;
    if (expert != std::string::npos)
        own = module.name.substr(expert + 1, module.name.size() - module.role.size() - expert - 1);
    else if (module.name.find(".shared_expert", at) != std::string::npos && std::string(site->second) == "down_input")
        own = "shared_expert.";
    return module.name.substr(0, at + number.size()) + own + site->second;
}

} // namespace octavo
