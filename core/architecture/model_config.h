// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checkpoint/dtype.h"
#include "recipe/recipe.h"

namespace octavo {

enum class Activation { silu, gelu_tanh, gelu };

/// rms: x / rms(x) · w. rms_offset: x / rms(x) · (1 + w), as Gemma stores it. layer: (x − mean) / deviation · w + b.
enum class NormType { rms, rms_offset, layer };

/// Norm of queries and keys before they are turned: every head by itself, or all heads of a token together.
enum class QkNorm { none, per_head, whole };

/// gated: down(act(gate x) · up x). fused_gated: the same, rows of gate and then of up in one matrix. plain:
/// down(act(up x)).
enum class MlpType { gated, fused_gated, plain };

/// Rotary position embedding. `type` is one of the names of transformers: default, linear, dynamic, llama3, yarn,
/// longrope.
struct RotaryConfig {
    std::string type = "default";
    double theta = 10000;
    double factor = 1;
    double low_frequency_factor = 1, high_frequency_factor = 4; ///< llama3
    double original_context = 0;                                ///< all but default and linear, tokens
    double beta_fast = 32, beta_slow = 1;                       ///< yarn: turns within the original context
    bool truncate = true;                                       ///< yarn: whole channels bound the ramp
    double attention_factor = 1;                                ///< yarn, longrope: factor of cosines and sines
    std::vector<double> short_factor, long_factor;              ///< longrope: per frequency
    int channels = 0;         ///< the first channels of each head that are turned; 0 = all
    bool interleaved = false; ///< pairs are (2i, 2i + 1) instead of (i, i + channels / 2)
};

/// A mixture of experts in place of the MLP. Every token goes through the `used` experts that its router scores
/// highest.
struct ExpertConfig {
    int count = 0, used = 0; ///< count 0 = no experts in this model
    std::int64_t intermediate = 0;
    std::int64_t shared_intermediate = 0; ///< of the expert that all tokens go through; 0 = none
    bool shared_gate = false;             ///< whose output is scaled by sigmoid(w x)
    bool sigmoid = false;            ///< scores by sigmoid and a bias for the choice alone (DeepSeek-V3), else softmax
    bool normalized = false;         ///< the scores of the chosen ones are divided by their sum
    int groups = 1, used_groups = 1; ///< only experts of the best groups are chosen from
    double scale = 1;                ///< of the scores at the end
    std::vector<bool> layers;        ///< which layers have experts instead of an MLP
    std::string parent = "mlp", shared = "shared_expert";
    std::string gate = "gate_proj", up = "up_proj", down = "down_proj"; ///< an expert's matrices
};

/// Multi-head latent attention (DeepSeek): queries, and keys with values, go through a narrow layer with a norm; one
/// turned key serves all heads.
struct LatentConfig {
    std::int64_t query_rank = 0; ///< 0 = q_proj reads the layer's input itself
    std::int64_t rank = 0;
    int plain_dim = 0, turned_dim = 0, value_dim = 0; ///< channels of a head
};

/// The numbers of one decoder-only model, read from config.json and checked against the tensors. No torch: the window,
/// the estimator and the verifier use it too.
struct ModelConfig {
    std::string architecture;      ///< "LlamaForCausalLM"
    std::string model_type;        ///< "llama"
    std::string prefix = "model."; ///< in front of embed_tokens, layers, norm
    std::string head = "lm_head";
    int layers = 0;
    std::int64_t hidden = 0, intermediate = 0, vocabulary = 0;
    int heads = 0, kv_heads = 0, head_dim = 0; ///< head_dim of queries and keys
    double norm_epsilon = 1e-6;
    bool tied_head = false;
    bool attention_bias = false; ///< q, k, v have a bias
    bool output_bias = false;    ///< o has one
    bool mlp_bias = false;
    Activation activation = Activation::silu;
    RotaryConfig rotary;
    std::optional<RotaryConfig> sliding_rotary; ///< of the layers with a window, where it differs
    std::vector<bool> turned;                   ///< which layers have a rotary embedding; empty = all
    std::int64_t context = 0;                   ///< max_position_embeddings
    std::vector<std::int64_t> windows;          ///< sliding window per layer in tokens, 0 = full attention
    Dtype dtype = Dtype::bf16;                  ///< of the linear weights as stored
    std::int64_t bos_token = -1;
    std::vector<std::int64_t> eos_tokens;

    NormType norm = NormType::rms;
    QkNorm qk_norm = QkNorm::none;
    MlpType mlp = MlpType::gated;
    bool fused_qkv = false; ///< rows of q, k and v in one matrix qkv_proj
    /// Names of a layer's norms in front of and behind attention and MLP; empty = there is none.
    std::string attention_norm = "input_layernorm", attention_output_norm;
    std::string mlp_norm = "post_attention_layernorm", mlp_output_norm;
    double embedding_scale = 1;
    double residual_scale = 1;    ///< of what attention and MLP add to the residual stream
    double attention_scale = 0;   ///< of the scores; 0 = 1 / √head_dim
    double attention_softcap = 0; ///< scores become c·tanh(score / c); 0 = none
    double logit_scale = 1, logit_softcap = 0;
    ExpertConfig experts;
    std::optional<LatentConfig> latent;
    std::vector<Module> others;             ///< matrices that stand beside the language model (towers that see or hear)
    std::vector<std::string> other_tensors; ///< their tensors, and those of layers for training alone

    std::string layer_prefix(int layer) const { return prefix + "layers." + std::to_string(layer) + "."; }
    bool has_experts(int layer) const;
    bool is_turned(int layer) const { return turned.empty() || turned[static_cast<std::size_t>(layer)]; }
    std::int64_t window(int layer) const; ///< tokens, 0 = full attention
    int value_dim() const { return latent ? latent->value_dim : head_dim; }
    std::int64_t attended() const { return std::int64_t(heads) * value_dim(); } ///< columns of o
    /// Numbers that the KV cache keeps for one token and layer.
    std::int64_t cached() const;
    /// The same for a sequence of that many tokens and all layers: a window forgets what lies before it.
    std::int64_t cached(std::int64_t tokens) const;
    std::int64_t parameters() const; ///< of the language model; tied embedding counted once
};

} // namespace octavo
