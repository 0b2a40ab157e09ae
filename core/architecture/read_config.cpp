// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/architecture.h"
#include "architecture/architecture_table.h"
#include "architecture/check_tensors.h"
#include "architecture/config_reader.h"
#include "architecture/read_structure.h"
#include "architecture/rotary.h"

#include <algorithm>

namespace octavo {

namespace {

// Bounds that no model comes near; products of the numbers below stay within 64 bits.
constexpr std::int64_t most_layers = 4096, most_width = 1 << 22, most_tokens = std::int64_t(1) << 31;

[[noreturn]] void refuse_architecture(const ConfigReader& config, const std::string& name) {
    if (const Json* code = config.find("auto_map"))
        throw Error(ErrorCode::unsupported_architecture,
                    msg("The architecture %1 comes with code of its own (auto_map names %2), which Octavo does not run",
                        name, code->is_object() && !code->empty() ? code->begin().value().dump() : std::string("it")),
                    msg("Data-free schemes such as FP8_DYNAMIC work for any architecture. Where transformers has a "
                        "class for this model, a version saved with it may be known."),
                    {.file = config.file()});
    std::string known;
    for (const ArchitectureEntry& entry : architectures())
        known += (known.empty() ? "" : ", ") + std::string(entry.architecture);
    throw Error(ErrorCode::unsupported_architecture, msg("The architecture %1 is not known", name),
                msg("Octavo runs %1. Data-free schemes such as FP8_DYNAMIC work for any architecture.", known),
                {.file = config.file()});
}

/// The language model's part of config.json.
struct Source {
    const ArchitectureEntry* entry = nullptr;
    const Json* text = nullptr; ///< the whole config.json, or its text_config
    bool wrapped = false;       ///< stands within a model that sees or hears
};

Source wrapped_source(const ConfigReader& config, const WrapperEntry& wrapper) {
    const Json* text = config.find("text_config");
    if (text && !text->is_object()) config.wrong("text_config", *text, msg("an object"));
    const Json* part = text ? text : &config.json();
    const std::string type = wrapper.text_type.empty() ? ConfigReader(*part, config.file()).string("model_type", "")
                                                       : std::string(wrapper.text_type);
    const ArchitectureEntry* entry = find_architecture_by_type(type);
    if (!entry) refuse_architecture(config, std::string(wrapper.architecture) + " with text_config.model_type " + type);
    return {entry, part, true};
}

Source source_of(const ConfigReader& config) {
    const Json* names = config.find("architectures");
    if (names && !names->is_array()) config.wrong("architectures", *names, msg("a list"));
    const std::string type = config.string("model_type", "");
    if (!names || names->empty()) {
        const ArchitectureEntry* entry = find_architecture_by_type(type);
        if (!entry) refuse_architecture(config, type.empty() ? "(none given)" : type);
        return {entry, &config.json(), false};
    }
    if (names->size() != 1 || !names->front().is_string()) config.wrong("architectures", *names, msg("one name"));
    const std::string name = names->front().get<std::string>();
    if (const WrapperEntry* wrapper = find_wrapper(name)) return wrapped_source(config, *wrapper);
    const ArchitectureEntry* entry = find_architecture(name);
    if (!entry) refuse_architecture(config, name);
    if (!type.empty() && type != entry->model_type) config.unsupported("model_type", type);
    return {entry, &config.json(), false};
}

bool is_neutral(const Json& value, std::string_view neutral) {
    if (value.is_null() || value == Json(false) || (value.is_structured() && value.empty())) return true;
    return !neutral.empty() && value == Json::parse(neutral);
}

/// Keys of pictures and sound that older models keep beside those of the language model.
bool is_of_wrapper(const std::string& key) {
    for (const char* word : {"vision", "image", "video", "audio"})
        if (key.find(word) != std::string::npos) return true;
    return false;
}

/// Every key is either understood, known to be harmless, or holds a value that switches it off.
void check_keys(const Source& source, const ConfigReader& config) {
    for (const auto& [key, value] : config.json().items()) {
        if (key.starts_with('_')) continue; // transformers' own notes: _name_or_path, _attn_implementation, …
        if (source.wrapped && is_of_wrapper(key)) continue;
        if (std::ranges::find(source.entry->keys, key) != source.entry->keys.end()) continue;
        if (key == "partial_rotary_factor" && source.entry->partial_key) continue;
        const KeyEntry* entry = find_key(key);
        if (entry && entry->rule != KeyRule::neutral) continue;
        if (!is_neutral(value, entry ? entry->neutral : std::string_view())) config.unsupported(key, value);
    }
}

bool has_bias(BiasRule rule, const ArchitectureEntry& entry, const ConfigReader& config) {
    switch (rule) {
    case BiasRule::never: return false;
    case BiasRule::always: return true;
    case BiasRule::attention_bias_key: return config.boolean("attention_bias", entry.default_attention_bias);
    case BiasRule::mlp_bias_key: return config.boolean("mlp_bias", false);
    case BiasRule::qkv_bias_key: return config.boolean("qkv_bias", true);
    case BiasRule::use_qkv_bias_key: return config.boolean("use_qkv_bias", false);
    case BiasRule::use_bias_key: return config.boolean("use_bias", true);
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

Activation read_activation(const ArchitectureEntry& entry, const ConfigReader& config) {
    const std::string fallback = config.string("hidden_act", std::string(entry.default_activation));
    const std::string name = config.string("hidden_activation", fallback);
    if (name == "silu" || name == "swish") return Activation::silu;
    if (name == "gelu") return Activation::gelu;
    if (name == "gelu_pytorch_tanh" || name == "gelu_new") return Activation::gelu_tanh;
    config.unsupported(config.find("hidden_activation") ? "hidden_activation" : "hidden_act", name);
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

std::optional<std::int64_t> if_any(std::int64_t value) { return value ? std::optional(value) : std::nullopt; }

void read_sizes(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out) {
    out.layers = static_cast<int>(config.integer("num_hidden_layers", std::nullopt, 1, most_layers));
    out.hidden = config.integer("hidden_size", std::nullopt, 1, most_width);
    out.intermediate = config.integer("intermediate_size", std::nullopt, 1, most_width);
    out.vocabulary = config.integer("vocab_size", if_any(entry.default_vocabulary), 1, most_tokens);
    out.heads = static_cast<int>(config.integer("num_attention_heads", if_any(entry.default_heads), 1, 1 << 16));
    // null means "as many as heads" in every class; an absent key means the class's default.
    const bool absent = !config.json().contains("num_key_value_heads");
    const std::int64_t fallback = absent && entry.default_kv_heads != 0 ? entry.default_kv_heads : out.heads;
    out.kv_heads = static_cast<int>(config.integer("num_key_value_heads", fallback, 1, 1 << 16));
    if (out.heads % out.kv_heads != 0)
        config.wrong("num_key_value_heads", out.kv_heads, msg("a divisor of num_attention_heads"));
    out.context = config.integer("max_position_embeddings", entry.default_context, 1, most_tokens);
    if (entry.latent) return read_latent(config, out);
    const bool given = config.find("head_dim") || (entry.default_head_dim && !config.json().contains("head_dim"));
    if (!given && out.hidden % out.heads != 0)
        config.wrong("hidden_size", out.hidden, msg("a multiple of num_attention_heads"));
    const std::int64_t usual = given && entry.default_head_dim ? entry.default_head_dim : out.hidden / out.heads;
    out.head_dim = static_cast<int>(config.integer("head_dim", usual, 1, 1 << 16));
    if (!entry.head_dim_key && out.head_dim != out.hidden / out.heads) config.unsupported("head_dim", out.head_dim);
    if (out.head_dim % 2 != 0) config.wrong("head_dim", out.head_dim, msg("an even number"));
}

void read_entry(const ArchitectureEntry& entry, ModelConfig& out) {
    out.architecture = entry.architecture;
    out.model_type = entry.model_type;
    out.norm = entry.norm;
    out.qk_norm = entry.qk_norm;
    out.mlp = entry.mlp;
    out.fused_qkv = entry.fused_qkv;
    out.attention_norm = entry.attention_norm;
    out.attention_output_norm = entry.attention_output_norm;
    out.mlp_norm = entry.mlp_norm;
    out.mlp_output_norm = entry.mlp_output_norm;
}

/// Where the language model's tensors are; everything else is `others`.
void find_tensors(const ModelFolder& folder, bool wrapped, std::int64_t training_layers, ModelConfig& out) {
    if (wrapped)
        for (const char* prefix : {"model.language_model.", "language_model.model.", "model."})
            if (folder.contains(std::string(prefix) + "embed_tokens.weight")) {
                out.prefix = prefix;
                break;
            }
    if (wrapped && folder.contains("language_model.lm_head.weight")) out.head = "language_model.lm_head";
    const auto beside = [&](const std::string& name) {
        for (std::int64_t layer = out.layers; layer < out.layers + training_layers; ++layer)
            if (name.starts_with(out.layer_prefix(static_cast<int>(layer)))) return true;
        return wrapped && !name.starts_with(out.prefix) && !name.starts_with(out.head + ".");
    };
    for (const TensorSpec& tensor : folder.tensors())
        if (beside(tensor.name)) out.other_tensors.push_back(tensor.name);
    if (out.other_tensors.empty()) return;
    for (Module& module : linear_modules(folder)) {
        if (!beside(module.name + ".weight")) continue;
        module.class_name = wrapped ? "VisionLinear" : "Extra";
        module.layer = -1;
        module.fused_set.clear();
        if (module.role == "lm_head") module.role = "head";
        out.others.push_back(std::move(module));
    }
}

bool read_tied(const ArchitectureEntry& entry, const ConfigReader& whole, const ConfigReader& text) {
    return text.boolean("tie_word_embeddings", whole.boolean("tie_word_embeddings", entry.default_tied));
}

} // namespace

ModelConfig read_model_config(const ModelFolder& folder) {
    const ConfigReader whole(folder.config(), (folder.path() / "config.json").string());
    const Source source = source_of(whole);
    const ConfigReader config(*source.text, whole.file());
    const ArchitectureEntry& entry = *source.entry;
    check_keys(source, config);
    check_biases(entry, config);
    ModelConfig out;
    read_entry(entry, out);
    if (source.wrapped) out.architecture = whole.find("architectures")->front().get<std::string>();
    read_sizes(entry, config, out);
    out.norm_epsilon = config.number(std::string(entry.norm_epsilon_key), entry.default_norm_epsilon, 0);
    out.tied_head = read_tied(entry, whole, config);
    out.attention_bias = has_bias(entry.attention_bias, entry, config);
    out.output_bias = has_bias(entry.output_bias, entry, config);
    out.mlp_bias = has_bias(entry.mlp_bias, entry, config);
    out.activation = read_activation(entry, config);
    read_scales(entry, config, out);
    read_rotary(entry, config, out);
    read_turned(entry, config, out);
    read_windows(entry, config, out);
    read_experts(entry, config, out);
    out.bos_token = config.find("bos_token_id") && config.find("bos_token_id")->is_array()
                        ? -1
                        : config.integer("bos_token_id", -1, -1, most_tokens);
    out.eos_tokens = read_eos(config);
    const bool latent_layers = entry.experts == ExpertRule::deepseek_v3;
    find_tensors(folder, source.wrapped,
                 latent_layers ? config.integer("num_nextn_predict_layers",
                                                config.integer("num_mtp_layers", 1, 0, most_layers), 0, most_layers)
                               : 0,
                 out);
    check_tensors(folder, out);
    out.dtype = stored_dtype(folder, out);
    return out;
}

} // namespace octavo
