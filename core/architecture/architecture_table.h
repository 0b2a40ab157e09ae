// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "architecture/model_config.h"

namespace octavo {

/// Where a model gets one of its biases from.
enum class BiasRule { never, always, attention_bias_key, mlp_bias_key, qkv_bias_key, use_qkv_bias_key, use_bias_key };

/// How config.json says which layers see a sliding window.
enum class WindowRule {
    none,         ///< a window in the config is ignored by the model
    every_layer,  ///< sliding_window, unless null
    upper_layers, ///< sliding_window where use_sliding_window is true, for layers from max_window_layers on
    period,       ///< sliding_window, but for every window_period-th layer (sliding_window_pattern, where it is given)
    unturned,     ///< sliding_window where use_sliding_window is true, for layers without rotary embedding
    off           ///< only use_sliding_window = false is understood
};

/// What the rotary embedding differs in between layers.
enum class TurnRule {
    alike,
    no_rope_layers, ///< no_rope_layers, or none in every no_rope_layer_interval-th
    local_base,     ///< layers with a window: rope_local_base_freq, unscaled (Gemma 3)
    unscaled        ///< layers with a window: unscaled (OLMo 3)
};

/// How config.json describes a mixture of experts.
enum class ExpertRule { none, mixtral, qwen, olmoe, deepseek_v2, deepseek_v3 };

/// Factors within the graph that config.json may ask for.
enum class ScaleRule { none, gemma, gemma_softcap, granite };

/// One decoder-only architecture: what its transformers class does that config.json does not say. Adding an
/// architecture that differs only in what is listed here is one entry; anything else needs a member here first, so that
/// nothing can be left out in silence. Defaults, here those of Llama, are those of the config class in transformers,
/// used where config.json leaves a key out.
struct ArchitectureEntry {
    std::string_view architecture;
    std::string_view model_type;
    // Structure.
    NormType norm = NormType::rms;
    QkNorm qk_norm = QkNorm::none;
    MlpType mlp = MlpType::gated;
    bool fused_qkv = false;
    bool latent = false; ///< multi-head latent attention
    std::string_view attention_norm = "input_layernorm", attention_output_norm = "";
    std::string_view mlp_norm = "post_attention_layernorm", mlp_output_norm = "";
    bool interleaved = false;                  ///< rotary pairs are neighbours
    BiasRule attention_bias = BiasRule::never; ///< q, k, v
    BiasRule output_bias = BiasRule::never;    ///< o
    BiasRule mlp_bias = BiasRule::never;       ///< gate, up, down
    WindowRule window = WindowRule::none;
    int window_period = 0;
    bool reads_layer_types = false; ///< layer_types has the last word (else a contradiction is refused)
    TurnRule turn = TurnRule::alike;
    ExpertRule experts = ExpertRule::none;
    ScaleRule scale = ScaleRule::none;
    // Keys.
    std::string_view norm_epsilon_key = "rms_norm_eps";
    bool head_dim_key = true; ///< head_dim is honoured (else always hidden / heads)
    bool partial_key = false; ///< partial_rotary_factor is honoured
    std::string_view rope_types = "default linear dynamic llama3 yarn longrope"; ///< that the class runs
    // Defaults.
    std::int64_t default_window = 0;     ///< tokens where the key is absent (not null); 0 = none
    int default_heads = 0;               ///< 0 = the key must be there
    int default_kv_heads = 0;            ///< 0 = as many as attention heads
    int default_head_dim = 0;            ///< 0 = hidden / heads
    std::int64_t default_vocabulary = 0; ///< 0 = the key must be there
    std::int64_t default_context = 2048; ///< tokens
    double default_norm_epsilon = 1e-6;
    double default_theta = 10000;
    double default_partial = 1; ///< share of a head's channels that is turned
    bool default_attention_bias = false;
    bool default_tied = false;
    std::string_view default_activation = "silu";
    std::span<const std::string_view> keys = {}; ///< of config.json, understood for this architecture alone
};

/// All architectures that Octavo can run.
std::span<const ArchitectureEntry> architectures();
const ArchitectureEntry* find_architecture(std::string_view architecture);
const ArchitectureEntry* find_architecture_by_type(std::string_view model_type);

/// A model that sees or hears around a language model.
struct WrapperEntry {
    std::string_view architecture;
    std::string_view text_type; ///< model_type of the language model; empty = as its text_config says
};
const WrapperEntry* find_wrapper(std::string_view architecture);

/// What a key of config.json may hold without changing what the model computes.
enum class KeyRule {
    read,     ///< understood by read_model_config
    harmless, ///< bookkeeping, training, tokenizer and generation settings: any value
    neutral   ///< changes the result, except for null, false, and the entry's neutral number or text
};

struct KeyEntry {
    std::string_view key;
    KeyRule rule;
    std::string_view neutral = {}; ///< JSON text of a further neutral value
};

/// nullptr for a key that nobody described: it is accepted only when it is null, false or empty.
const KeyEntry* find_key(std::string_view key);

} // namespace octavo
