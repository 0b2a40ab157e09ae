// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/read_structure.h"

#include <algorithm>
#include <cmath>

namespace octavo {

namespace {

constexpr std::int64_t most_layers = 4096, most_tokens = std::int64_t(1) << 31, most_width = 1 << 22;

std::int64_t read_size(const ConfigReader& config, const std::string& key, std::optional<std::int64_t> fallback = {}) {
    return config.integer(key, fallback, 1, most_width);
}

/// Does the rule give this layer a window?
bool slides(const ArchitectureEntry& entry, const ModelConfig& model, std::int64_t first, std::int64_t period,
            int layer) {
    switch (entry.window) {
    case WindowRule::none:
    case WindowRule::off: return false;
    case WindowRule::every_layer: return true;
    case WindowRule::upper_layers: return layer >= first;
    case WindowRule::period: return (layer + 1) % period != 0;
    case WindowRule::unturned: return !model.is_turned(layer);
    }
    return false;
}

bool waits_for_use_key(WindowRule rule) {
    return rule == WindowRule::upper_layers || rule == WindowRule::unturned || rule == WindowRule::off;
}

void apply_layer_types(const ArchitectureEntry& entry, const ConfigReader& config, std::int64_t window,
                       std::vector<std::int64_t>& windows) {
    const Json* types = config.find("layer_types");
    if (!types) return;
    if (!types->is_array() || types->size() != windows.size())
        config.wrong("layer_types", *types, msg("a list with one entry per layer"));
    for (std::size_t layer = 0; layer < windows.size(); ++layer) {
        const Json& type = (*types)[layer];
        const bool sliding = type == Json("sliding_attention");
        if (!sliding && type != Json("full_attention")) config.unsupported("layer_types", type);
        if (sliding && window == 0) config.unsupported("layer_types (without a sliding window)", type);
        // Where the class would ignore a contradiction, it is refused.
        if (!entry.reads_layer_types && sliding != (windows[layer] != 0)) config.unsupported("layer_types", type);
        windows[layer] = sliding ? window : 0;
    }
}

} // namespace

void read_windows(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out) {
    const bool absent = !config.json().contains("sliding_window");
    std::int64_t window = config.integer("sliding_window", absent ? entry.default_window : 0, 0, most_tokens);
    if (entry.window == WindowRule::none && !absent && window != 0)
        config.unsupported("sliding_window", *config.find("sliding_window"));
    std::int64_t first = 0;
    if (waits_for_use_key(entry.window)) {
        const bool use = config.boolean("use_sliding_window", false);
        if (use && entry.window == WindowRule::off)
            config.unsupported("use_sliding_window", *config.find("use_sliding_window"));
        if (!use) window = 0;
        first = config.integer("max_window_layers", 28, 0, most_layers);
    } else if (config.find("use_sliding_window") && config.boolean("use_sliding_window", false) != (window != 0)) {
        config.unsupported("use_sliding_window", *config.find("use_sliding_window"));
    }
    const std::int64_t period =
        config.integer("sliding_window_pattern", std::max(entry.window_period, 1), 1, most_layers);
    out.windows.assign(static_cast<std::size_t>(out.layers), 0);
    for (int layer = 0; layer < out.layers; ++layer)
        if (slides(entry, out, first, period, layer)) out.windows[static_cast<std::size_t>(layer)] = window;
    apply_layer_types(entry, config, window, out.windows);
}

void read_turned(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out) {
    if (entry.turn != TurnRule::no_rope_layers) return;
    const std::int64_t interval = config.integer("no_rope_layer_interval", 4, 1, most_layers);
    const Json* list = config.find("no_rope_layers");
    if (list && (!list->is_array() || list->size() < static_cast<std::size_t>(out.layers)))
        config.wrong("no_rope_layers", *list, msg("a list with one entry per layer"));
    for (int layer = 0; layer < out.layers; ++layer) {
        if (!list) {
            out.turned.push_back((layer + 1) % interval != 0);
            continue;
        }
        const Json& item = (*list)[static_cast<std::size_t>(layer)];
        if (item != Json(0) && item != Json(1)) config.wrong("no_rope_layers", *list, msg("a list of zeros and ones"));
        out.turned.push_back(item == Json(1));
    }
}

namespace {

std::vector<bool> qwen_layers(const ConfigReader& config, int layers) {
    const std::int64_t step = config.integer("decoder_sparse_step", 1, 1, most_layers);
    std::vector<bool> out;
    for (int layer = 0; layer < layers; ++layer) out.push_back((layer + 1) % step == 0);
    const Json* dense = config.find("mlp_only_layers");
    if (!dense) return out;
    if (!dense->is_array()) config.wrong("mlp_only_layers", *dense, msg("a list of layers"));
    for (const Json& layer : *dense) {
        if (!layer.is_number_unsigned() || layer.get<std::uint64_t>() >= out.size())
            config.wrong("mlp_only_layers", *dense, msg("a list of layers"));
        out[layer.get<std::size_t>()] = false;
    }
    return out;
}

void require(const ConfigReader& config, const std::string& key, const std::string& known,
             const std::string& fallback) {
    if (config.string(key, fallback) != known) config.unsupported(key, *config.find(key));
}

void read_deepseek_experts(bool third, const ConfigReader& config, ModelConfig& model) {
    ExpertConfig& out = model.experts;
    out.count = static_cast<int>(read_size(config, "n_routed_experts", third ? 256 : 64));
    out.used = static_cast<int>(read_size(config, "num_experts_per_tok", third ? 8 : std::optional<std::int64_t>()));
    out.intermediate = read_size(config, "moe_intermediate_size", third ? 2048 : 1407);
    out.shared_intermediate = out.intermediate * config.integer("n_shared_experts", third ? 1 : 2, 1, 1 << 16);
    out.shared = "shared_experts";
    out.sigmoid = third;
    out.normalized = config.boolean("norm_topk_prob", third);
    out.scale = config.number("routed_scaling_factor", third ? 2.5 : 1.0);
    require(config, "scoring_func", third ? "sigmoid" : "softmax", third ? "sigmoid" : "softmax");
    if (const Json* every = config.find("moe_layer_freq"); every && *every != Json(1))
        config.unsupported("moe_layer_freq", *every);
    std::string method = config.string("topk_method", third ? "noaux_tc" : "greedy");
    const bool grouped = third ? method == "noaux_tc" : method == "group_limited_greedy";
    if (!grouped && (third || method != "greedy")) config.unsupported("topk_method", method);
    if (grouped) {
        out.groups = static_cast<int>(read_size(config, "n_group", third ? 8 : std::optional<std::int64_t>()));
        out.used_groups = static_cast<int>(read_size(config, "topk_group", third ? 4 : std::optional<std::int64_t>()));
    }
    // transformers' class for the second model does not look at it.
    if (!third && out.normalized) config.unsupported("norm_topk_prob", true);
    const std::int64_t dense = config.integer("first_k_dense_replace", third ? 3 : 0, 0, most_layers);
    for (int layer = 0; layer < model.layers; ++layer) out.layers.push_back(layer >= dense);
}

} // namespace

void read_experts(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& model) {
    ExpertConfig& out = model.experts;
    switch (entry.experts) {
    case ExpertRule::none: return;
    case ExpertRule::mixtral:
        out.count = static_cast<int>(read_size(config, "num_local_experts", 8));
        out.used = static_cast<int>(read_size(config, "num_experts_per_tok", 2));
        out.intermediate = model.intermediate;
        out.normalized = true;
        out.parent = "block_sparse_moe";
        out.gate = "w1", out.up = "w3", out.down = "w2";
        out.layers.assign(static_cast<std::size_t>(model.layers), true);
        break;
    case ExpertRule::qwen: {
        const bool shared = entry.attention_bias == BiasRule::qkv_bias_key; // Qwen2-MoE
        // Later versions of transformers write the other name for Qwen3.
        out.count = static_cast<int>(
            read_size(config, config.find("num_experts") ? "num_experts" : "num_local_experts", shared ? 60 : 128));
        if (config.integer("num_local_experts", out.count, 1, most_width) != out.count)
            config.unsupported("num_local_experts (beside a different num_experts)", *config.find("num_local_experts"));
        out.used = static_cast<int>(read_size(config, "num_experts_per_tok", shared ? 4 : 8));
        out.intermediate = read_size(config, "moe_intermediate_size", shared ? 1408 : 768);
        if (shared) out.shared_intermediate = read_size(config, "shared_expert_intermediate_size", 5632);
        out.shared_gate = shared;
        out.normalized = config.boolean("norm_topk_prob", false);
        out.layers = qwen_layers(config, model.layers);
        break;
    }
    case ExpertRule::olmoe:
        out.count = static_cast<int>(read_size(config, "num_experts", 64));
        out.used = static_cast<int>(read_size(config, "num_experts_per_tok", 8));
        out.intermediate = model.intermediate;
        out.normalized = config.boolean("norm_topk_prob", false);
        out.layers.assign(static_cast<std::size_t>(model.layers), true);
        break;
    case ExpertRule::deepseek_v2: read_deepseek_experts(false, config, model); break;
    case ExpertRule::deepseek_v3: read_deepseek_experts(true, config, model); break;
    }
    if (out.used > out.count) config.wrong("num_experts_per_tok", out.used, msg("at most the number of experts"));
    if (out.count % out.groups != 0 || out.used_groups > out.groups ||
        out.used > out.count / out.groups * out.used_groups || (out.sigmoid && out.count / out.groups < 2))
        config.wrong("n_group", out.groups, msg("a divisor of the number of experts that leaves enough of them"));
    if (std::ranges::find(out.layers, true) == out.layers.end()) out = {};
}

void read_latent(const ConfigReader& config, ModelConfig& out) {
    LatentConfig latent;
    // null means that there is no narrow layer for queries; an absent key the class's default.
    const bool absent = !config.json().contains("q_lora_rank");
    latent.query_rank = config.integer("q_lora_rank", absent ? 1536 : 0, 1, most_width);
    latent.rank = read_size(config, "kv_lora_rank", 512);
    latent.plain_dim = static_cast<int>(read_size(config, "qk_nope_head_dim", 128));
    latent.turned_dim = static_cast<int>(read_size(config, "qk_rope_head_dim", 64));
    latent.value_dim = static_cast<int>(read_size(config, "v_head_dim", 128));
    if (latent.turned_dim % 2 != 0) config.wrong("qk_rope_head_dim", latent.turned_dim, msg("an even number"));
    if (!config.boolean("rope_interleave", true)) config.unsupported("rope_interleave", false);
    if (out.kv_heads != out.heads)
        config.wrong("num_key_value_heads", out.kv_heads, msg("as many as attention heads with latent attention"));
    out.head_dim = latent.plain_dim + latent.turned_dim;
    if (config.find("qk_head_dim") && config.integer("qk_head_dim", 0, 1, most_width) != out.head_dim)
        config.unsupported("qk_head_dim", *config.find("qk_head_dim"));
    out.latent = latent;
}

void read_scales(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out) {
    constexpr double least = 1e-12;
    switch (entry.scale) {
    case ScaleRule::none: return;
    case ScaleRule::gemma:
    case ScaleRule::gemma_softcap: {
        out.embedding_scale = std::sqrt(static_cast<double>(out.hidden));
        if (entry.attention_output_norm.empty()) return; // the first Gemma has nothing else
        out.attention_scale = 1 / std::sqrt(config.number("query_pre_attn_scalar", 256, least));
        const bool capped = entry.scale == ScaleRule::gemma_softcap;
        // null switches a softcap off, an absent key means the class's default.
        const auto cap = [&](const char* key, double fallback) {
            return config.number(key, capped && !config.json().contains(key) ? fallback : 0);
        };
        out.attention_softcap = cap("attn_logit_softcapping", 50);
        out.logit_softcap = cap("final_logit_softcapping", 30);
        // transformers' class for Gemma 3 does not apply this one.
        if (!capped && out.attention_softcap != 0) config.unsupported("attn_logit_softcapping", out.attention_softcap);
        if (out.attention_softcap < 0 || out.logit_softcap < 0)
            config.wrong("final_logit_softcapping", out.logit_softcap, msg("a positive number"));
        return;
    }
    case ScaleRule::granite:
        out.embedding_scale = config.number("embedding_multiplier", 1);
        out.residual_scale = config.number("residual_multiplier", 1);
        out.attention_scale = config.number("attention_multiplier", 1, least);
        out.logit_scale = 1 / config.number("logits_scaling", 1, least);
        return;
    }
}

} // namespace octavo
