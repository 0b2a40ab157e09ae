// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checkpoint/model_folder.h"
#include "recipe/recipe.h"

namespace octavo {

enum class Activation { silu, gelu_tanh, gelu };

/// Rotary position embedding. `type` is one of the names of transformers: default, linear, llama3.
struct RotaryConfig {
    std::string type = "default";
    double theta = 10000;
    double factor = 1;
    double low_frequency_factor = 1, high_frequency_factor = 4; ///< llama3
    double original_context = 0;                                ///< llama3, tokens
};

/// The numbers of one decoder-only model, read from config.json and checked against the tensors. No torch: the window,
/// the estimator and the verifier use it too.
struct ModelConfig {
    std::string architecture;      ///< "LlamaForCausalLM"
    std::string model_type;        ///< "llama"
    std::string prefix = "model."; ///< in front of embed_tokens, layers, norm
    int layers = 0;
    std::int64_t hidden = 0, intermediate = 0, vocabulary = 0;
    int heads = 0, kv_heads = 0, head_dim = 0;
    double norm_epsilon = 1e-6;
    bool tied_head = false;
    bool attention_bias = false; ///< q, k, v have a bias
    bool output_bias = false;    ///< o has one
    bool mlp_bias = false;
    Activation activation = Activation::silu;
    RotaryConfig rotary;
    std::int64_t context = 0;          ///< max_position_embeddings
    std::vector<std::int64_t> windows; ///< sliding window per layer in tokens, 0 = full attention
    Dtype dtype = Dtype::bf16;         ///< of the linear weights as stored
    std::int64_t bos_token = -1;
    std::vector<std::int64_t> eos_tokens;

    std::string layer_prefix(int layer) const { return prefix + "layers." + std::to_string(layer) + "."; }
    std::int64_t parameters() const; ///< tied embedding counted once
};

/// Reads config.json in the old and in the transformers-5 spelling (rope_parameters, dtype). Anything unknown that
/// would change the result is refused by name: Error(unsupported_architecture); a contradiction between config and
/// tensors: Error(unusable_model). Keys that nobody described (architecture_table.cpp) pass only as null, false or
/// empty, or with a leading underscore (transformers' own notes): a key left out in silence could make every later
/// figure wrong. An already quantized folder is read as well; of its matrices only the names are checked.
ModelConfig read_model_config(const ModelFolder& folder);

/// Every Linear of the model in execution order, lm_head last (present even when tied, so that it can be ignored by
/// name).
std::vector<Module> linear_modules(const ModelConfig& config);

/// Linear modules found by tensor names alone ("….weight" with two dimensions, no embedding, no norm): for data-free
/// schemes on any architecture, in the same order and with the same fused sets as above where both apply. Experts of a
/// mixture are modules of their own (three-dimensional expert tensors are not); a tied lm_head is present without a
/// tensor. What keeps its precision unless a recipe names it has another class_name than "Linear": "Router" (expert
/// choice), "VisionLinear" (towers and projectors for pictures and sound), "Conv1D" (GPT-2's transposed matrices),
/// "Head" (embed_out).
std::vector<Module> linear_modules(const ModelFolder& folder);

/// An exact rescaling: divide what `producer` emits per channel, multiply the consumers' input columns.
struct SmoothingGroup {
    enum class Kind { norm, up_down, value_output };
    std::string site; ///< "model.layers.3.attention_input"
    Kind kind = Kind::norm;
    std::string producer;               ///< norm or Linear whose output (rows) is divided; name without ".weight"
    std::vector<std::string> consumers; ///< Linears that read the site
    int layer = 0;
};

/// Derived from the architecture's structure, in execution order.
std::vector<SmoothingGroup> smoothing_groups(const ModelConfig& config);

/// Site whose input a Linear reads ("model.layers.3.mlp_input"), empty for lm_head.
std::string site_of(const Module& module);

/// "embeddings", "attention", "mlp", "norms", "head" or "other", for memory by kind.
std::string kind_of(const std::string& tensor);

} // namespace octavo
