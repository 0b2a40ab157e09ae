// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace octavo {

/// Where a model gets one of its biases from.
enum class BiasRule { never, always, attention_bias_key, mlp_bias_key };

/// How config.json says which layers see a sliding window.
enum class WindowRule {
    none,        ///< a window in the config is ignored by the model
    every_layer, ///< sliding_window, unless null
    upper_layers ///< sliding_window where use_sliding_window is true, for layers from max_window_layers on
};

/// One decoder-only architecture: what its transformers class does that config.json does not say. Tensor names are the
/// common ones (embed_tokens, layers.N.self_attn.{q,k,v,o}_proj, layers.N.mlp.{gate,up,down}_proj, RMS norms in front
/// of attention and MLP, norm). Adding an architecture that differs only in what is listed here is one entry; anything
/// else needs a member here first, so that nothing can be left out in silence. Defaults are those of the config class
/// in transformers, used where config.json leaves a key out.
struct ArchitectureEntry {
    std::string_view architecture;
    std::string_view model_type;
    std::string_view prefix; ///< in front of embed_tokens, layers and norm
    BiasRule attention_bias; ///< q, k, v
    BiasRule output_bias;    ///< o
    BiasRule mlp_bias;       ///< gate, up, down
    WindowRule window;
    std::int64_t default_window;  ///< tokens where the key is absent (not null); 0 = none
    int default_kv_heads;         ///< 0 = as many as attention heads
    std::int64_t default_context; ///< tokens
    double default_norm_epsilon;
    bool head_dim_key; ///< head_dim is honoured (else always hidden / heads)
};

/// All architectures that Octavo can run.
std::span<const ArchitectureEntry> architectures();
const ArchitectureEntry* find_architecture(std::string_view architecture);
const ArchitectureEntry* find_architecture_by_type(std::string_view model_type);

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
