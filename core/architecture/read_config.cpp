// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/architecture.h"
#include "architecture/architecture_table.h"
#include "architecture/check_tensors.h"
#include "architecture/config_reader.h"
#include "architecture/rotary.h"

#include <algorithm>

namespace octavo {

namespace {

// Bounds that no model comes near; products of the numbers below stay within 64 bits.
constexpr std::int64_t most_layers = 4096, most_width = 1 << 22, most_tokens = std::int64_t(1) << 31;

const ArchitectureEntry& entry_of(const ConfigReader& config) {
    const auto unknown = [&config](const std::string& name) {
        std::string known;
        for (const ArchitectureEntry& entry : architectures())
            known += (known.empty() ? "" : ", ") + std::string(entry.architecture);
        throw Error(ErrorCode::unsupported_architecture, msg("The architecture %1 is not known", name),
                    msg("Octavo runs %1. Data-free schemes such as FP8_DYNAMIC work for any architecture.", known),
                    {.file = config.file()});
    };
    const Json* names = config.find("architectures");
    if (names && !names->is_array()) config.wrong("architectures", *names, msg("a list"));
    const std::string type = config.string("model_type", "");
    const ArchitectureEntry* entry = nullptr;
    if (names && !names->empty()) {
        if (names->size() != 1 || !names->front().is_string()) config.wrong("architectures", *names, msg("one name"));
        entry = find_architecture(names->front().get<std::string>());
        if (!entry) unknown(names->front().get<std::string>());
        if (!type.empty() && type != entry->model_type) config.unsupported("model_type", type);
    } else {
        entry = find_architecture_by_type(type);
        if (!entry) unknown(type.empty() ? "(none given)" : type);
    }
    return *entry;
}

bool is_neutral(const Json& value, std::string_view neutral) {
    if (value.is_null() || value == Json(false) || (value.is_structured() && value.empty())) return true;
    return !neutral.empty() && value == Json::parse(neutral);
}

/// Every key is either understood, known to be harmless, or holds a value that switches it off.
void check_keys(const ConfigReader& config) {
    for (const auto& [key, value] : config.json().items()) {
        if (key.starts_with('_')) continue; // transformers' own notes: _name_or_path, _attn_implementation, …
        const KeyEntry* entry = find_key(key);
        if (entry && entry->rule != KeyRule::neutral) continue;
        if (!is_neutral(value, entry ? entry->neutral : std::string_view())) config.unsupported(key, value);
    }
}

bool has_bias(BiasRule rule, const ConfigReader& config) {
    const bool attention = config.boolean("attention_bias", false), mlp = config.boolean("mlp_bias", false);
    switch (rule) {
    case BiasRule::never: return false;
    case BiasRule::always: return true;
    case BiasRule::attention_bias_key: return attention;
    case BiasRule::mlp_bias_key: return mlp;
    }
    return false;
}

/// A key that the architecture does not listen to must not ask for something.
void check_biases(const ArchitectureEntry& entry, const ConfigReader& config) {
    const bool attention_heard = entry.attention_bias == BiasRule::attention_bias_key;
    if (!attention_heard && config.boolean("attention_bias", false) != (entry.attention_bias == BiasRule::always) &&
        config.find("attention_bias"))
        config.unsupported("attention_bias", *config.find("attention_bias"));
    if (entry.mlp_bias != BiasRule::mlp_bias_key && config.boolean("mlp_bias", false))
        config.unsupported("mlp_bias", true);
}

Activation read_activation(const ConfigReader& config) {
    const std::string name = config.string("hidden_act", "silu");
    if (name == "silu" || name == "swish") return Activation::silu;
    if (name == "gelu") return Activation::gelu;
    if (name == "gelu_pytorch_tanh" || name == "gelu_new") return Activation::gelu_tanh;
    config.unsupported("hidden_act", name);
}

/// Windows by the architecture's rule; layer_types, where given, has the last word.
std::vector<std::int64_t> read_windows(const ArchitectureEntry& entry, const ConfigReader& config, int layers) {
    const bool absent = !config.json().contains("sliding_window");
    std::int64_t window = config.integer("sliding_window", absent ? entry.default_window : 0, 1, most_tokens);
    if (entry.window == WindowRule::none && !absent && window != 0)
        config.unsupported("sliding_window", *config.find("sliding_window"));
    std::int64_t first = 0;
    if (entry.window == WindowRule::upper_layers) {
        if (!config.boolean("use_sliding_window", false)) window = 0;
        first = config.integer("max_window_layers", 28, 0, most_layers);
    } else if (config.find("use_sliding_window") && config.boolean("use_sliding_window", false) != (window != 0)) {
        config.unsupported("use_sliding_window", *config.find("use_sliding_window"));
    }
    std::vector<std::int64_t> out(static_cast<std::size_t>(layers), 0);
    for (int layer = static_cast<int>(std::min<std::int64_t>(first, layers)); layer < layers; ++layer)
        out[static_cast<std::size_t>(layer)] = window;
    const Json* types = config.find("layer_types");
    if (!types) return out;
    if (!types->is_array() || types->size() != out.size())
        config.wrong("layer_types", *types, msg("a list with one entry per layer"));
    for (std::size_t layer = 0; layer < out.size(); ++layer) {
        const Json& type = (*types)[layer];
        const bool sliding = type == Json("sliding_attention");
        if (!sliding && type != Json("full_attention")) config.unsupported("layer_types", type);
        // Only Qwen2's class reads layer_types; where the others would ignore a contradiction, it is refused.
        if (sliding && window == 0) config.unsupported("layer_types (without a sliding window)", type);
        if (entry.window != WindowRule::upper_layers && sliding != (out[layer] != 0))
            config.unsupported("layer_types", type);
        out[layer] = sliding ? window : 0;
    }
    return out;
}

std::vector<std::int64_t> read_eos(const ConfigReader& config) {
    const Json* value = config.find("eos_token_id");
    if (!value) return {};
    const Json list = value->is_array() ? *value : Json::array({*value});
    std::vector<std::int64_t> out;
    for (const Json& item : list) {
        if (!item.is_number_integer()) config.wrong("eos_token_id", *value, msg("a token id or a list of them"));
        out.push_back(item.get<std::int64_t>());
    }
    return out;
}

void read_sizes(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out) {
    out.layers = static_cast<int>(config.integer("num_hidden_layers", std::nullopt, 1, most_layers));
    out.hidden = config.integer("hidden_size", std::nullopt, 1, most_width);
    out.intermediate = config.integer("intermediate_size", std::nullopt, 1, most_width);
    out.vocabulary = config.integer("vocab_size", std::nullopt, 1, most_tokens);
    out.heads = static_cast<int>(config.integer("num_attention_heads", std::nullopt, 1, 1 << 16));
    // null means "as many as heads" in every class; an absent key means the class's default.
    const bool absent = !config.json().contains("num_key_value_heads");
    const std::int64_t fallback = absent && entry.default_kv_heads != 0 ? entry.default_kv_heads : out.heads;
    out.kv_heads = static_cast<int>(config.integer("num_key_value_heads", fallback, 1, 1 << 16));
    if (out.heads % out.kv_heads != 0)
        config.wrong("num_key_value_heads", out.kv_heads, msg("a divisor of num_attention_heads"));
    if (!config.find("head_dim") && out.hidden % out.heads != 0)
        config.wrong("hidden_size", out.hidden, msg("a multiple of num_attention_heads"));
    out.head_dim = static_cast<int>(config.integer("head_dim", out.hidden / out.heads, 1, 1 << 16));
    if (!entry.head_dim_key && out.head_dim != out.hidden / out.heads) config.unsupported("head_dim", out.head_dim);
    if (out.head_dim % 2 != 0) config.wrong("head_dim", out.head_dim, msg("an even number"));
    out.context = config.integer("max_position_embeddings", entry.default_context, 1, most_tokens);
}

} // namespace

std::int64_t ModelConfig::parameters() const {
    const std::int64_t q = std::int64_t(heads) * head_dim, kv = std::int64_t(kv_heads) * head_dim;
    std::int64_t layer = hidden * (q + 2 * kv) + q * hidden + 3 * hidden * intermediate + 2 * hidden;
    if (attention_bias) layer += q + 2 * kv;
    if (output_bias) layer += hidden;
    if (mlp_bias) layer += 2 * intermediate + hidden;
    return vocabulary * hidden * (tied_head ? 1 : 2) + layers * layer + hidden;
}

ModelConfig read_model_config(const ModelFolder& folder) {
    const ConfigReader config(folder.config(), (folder.path() / "config.json").string());
    const ArchitectureEntry& entry = entry_of(config);
    check_keys(config);
    check_biases(entry, config);
    ModelConfig out;
    out.architecture = entry.architecture;
    out.model_type = entry.model_type;
    out.prefix = entry.prefix;
    read_sizes(entry, config, out);
    out.norm_epsilon = config.number("rms_norm_eps", entry.default_norm_epsilon, 0);
    out.tied_head = config.boolean("tie_word_embeddings", false);
    out.attention_bias = has_bias(entry.attention_bias, config);
    out.output_bias = has_bias(entry.output_bias, config);
    out.mlp_bias = has_bias(entry.mlp_bias, config);
    out.activation = read_activation(config);
    out.rotary = read_rotary(config);
    out.windows = read_windows(entry, config, out.layers);
    out.bos_token = config.find("bos_token_id") && config.find("bos_token_id")->is_array()
                        ? -1
                        : config.integer("bos_token_id", -1, -1, most_tokens);
    out.eos_tokens = read_eos(config);
    check_tensors(folder, out);
    out.dtype = stored_dtype(folder, out);
    return out;
}

} // namespace octavo
