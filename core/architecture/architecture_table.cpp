// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/architecture_table.h"

#include <algorithm>
#include <array>

namespace octavo {

namespace {

using Entry = ArchitectureEntry;
using Key = std::string_view;

// Every entry follows transformers' models/<model_type>/{configuration,modeling}_*.py.

constexpr Entry like(Entry entry, std::string_view architecture, std::string_view model_type) {
    entry.architecture = architecture;
    entry.model_type = model_type;
    return entry;
}

constexpr Entry llama{.architecture = "LlamaForCausalLM",
                      .model_type = "llama",
                      .attention_bias = BiasRule::attention_bias_key,
                      .output_bias = BiasRule::attention_bias_key,
                      .mlp_bias = BiasRule::mlp_bias_key};

constexpr Entry mistral{.architecture = "MistralForCausalLM",
                        .model_type = "mistral",
                        .window = WindowRule::every_layer,
                        .default_window = 4096,
                        .default_kv_heads = 8,
                        .default_context = 131072};

constexpr Entry ministral = [] {
    Entry entry = like(mistral, "MinistralForCausalLM", "ministral");
    entry.reads_layer_types = true;
    return entry;
}();

constexpr Entry qwen2{.architecture = "Qwen2ForCausalLM",
                      .model_type = "qwen2",
                      .attention_bias = BiasRule::always,
                      .window = WindowRule::upper_layers,
                      .reads_layer_types = true,
                      .default_window = 4096,
                      .default_kv_heads = 32,
                      .default_context = 32768};

constexpr Entry qwen3 = [] {
    Entry entry = like(qwen2, "Qwen3ForCausalLM", "qwen3");
    entry.attention_bias = entry.output_bias = BiasRule::attention_bias_key;
    entry.qk_norm = QkNorm::per_head;
    entry.default_head_dim = 128;
    return entry;
}();

constexpr Key smollm3_keys[] = {"no_rope_layers", "no_rope_layer_interval"};
constexpr Entry smollm3 = [] {
    Entry entry = like(llama, "SmolLM3ForCausalLM", "smollm3");
    entry.window = WindowRule::unturned;
    entry.reads_layer_types = true;
    entry.turn = TurnRule::no_rope_layers;
    entry.default_kv_heads = 4;
    entry.default_context = 32768;
    entry.default_theta = 2000000;
    entry.default_tied = true;
    entry.keys = smollm3_keys;
    return entry;
}();

constexpr Key granite_keys[] = {"attention_multiplier", "embedding_multiplier", "residual_multiplier",
                                "logits_scaling"};
constexpr Entry granite = [] {
    Entry entry = like(llama, "GraniteForCausalLM", "granite");
    entry.scale = ScaleRule::granite;
    entry.keys = granite_keys;
    return entry;
}();

constexpr Key phi3_keys[] = {"original_max_position_embeddings"};
constexpr Entry phi3{.architecture = "Phi3ForCausalLM",
                     .model_type = "phi3",
                     .mlp = MlpType::fused_gated,
                     .fused_qkv = true,
                     .window = WindowRule::every_layer,
                     .partial_key = true,
                     .rope_types = "default longrope",
                     .default_context = 4096,
                     .default_norm_epsilon = 1e-5,
                     .keys = phi3_keys};

constexpr Entry olmo2 = [] {
    Entry entry = like(llama, "Olmo2ForCausalLM", "olmo2");
    entry.mlp_bias = BiasRule::never;
    entry.qk_norm = QkNorm::whole;
    entry.attention_norm = entry.mlp_norm = "";
    entry.attention_output_norm = "post_attention_layernorm";
    entry.mlp_output_norm = "post_feedforward_layernorm";
    entry.default_norm_epsilon = 1e-5;
    return entry;
}();

constexpr Entry olmo3 = [] {
    Entry entry = like(olmo2, "Olmo3ForCausalLM", "olmo3");
    entry.window = WindowRule::period;
    entry.window_period = 4;
    entry.reads_layer_types = true;
    entry.turn = TurnRule::unscaled;
    entry.default_window = 4096;
    entry.default_theta = 500000;
    return entry;
}();

constexpr Key gemma_keys[] = {"hidden_activation"};
constexpr Entry gemma = [] {
    Entry entry = like(llama, "GemmaForCausalLM", "gemma");
    entry.norm = NormType::rms_offset;
    entry.mlp_bias = BiasRule::never;
    entry.scale = ScaleRule::gemma;
    entry.default_heads = entry.default_kv_heads = 16;
    entry.default_head_dim = 256;
    entry.default_vocabulary = 256000;
    entry.default_context = 8192;
    entry.default_tied = true;
    entry.default_activation = "gelu_pytorch_tanh";
    entry.keys = gemma_keys;
    return entry;
}();

constexpr Key gemma2_keys[] = {"query_pre_attn_scalar", "attn_logit_softcapping", "final_logit_softcapping",
                               "hidden_activation"};
constexpr Entry gemma2 = [] {
    Entry entry = like(gemma, "Gemma2ForCausalLM", "gemma2");
    entry.attention_output_norm = "post_attention_layernorm";
    entry.mlp_norm = "pre_feedforward_layernorm";
    entry.mlp_output_norm = "post_feedforward_layernorm";
    entry.window = WindowRule::period;
    entry.window_period = 2;
    entry.reads_layer_types = true;
    entry.scale = ScaleRule::gemma_softcap;
    entry.default_window = 4096;
    entry.default_heads = 8;
    entry.default_kv_heads = 4;
    entry.keys = gemma2_keys;
    return entry;
}();

constexpr Key gemma3_keys[] = {"query_pre_attn_scalar", "attn_logit_softcapping", "final_logit_softcapping",
                               "hidden_activation",     "rope_local_base_freq",   "sliding_window_pattern"};
constexpr Entry gemma3 = [] {
    Entry entry = like(gemma2, "Gemma3ForCausalLM", "gemma3_text");
    entry.qk_norm = QkNorm::per_head;
    entry.window_period = 6;
    entry.turn = TurnRule::local_base;
    entry.scale = ScaleRule::gemma;
    entry.default_vocabulary = 262208;
    entry.default_context = 131072;
    entry.default_theta = 1000000;
    entry.keys = gemma3_keys;
    return entry;
}();

constexpr Entry glm{.architecture = "GlmForCausalLM",
                    .model_type = "glm",
                    .mlp = MlpType::fused_gated,
                    .interleaved = true,
                    .attention_bias = BiasRule::attention_bias_key,
                    .partial_key = true,
                    .default_kv_heads = 2,
                    .default_head_dim = 128,
                    .default_context = 131072,
                    .default_norm_epsilon = 1.5625e-07,
                    .default_partial = 0.5,
                    .default_attention_bias = true};

constexpr Entry glm4 = [] {
    Entry entry = like(glm, "Glm4ForCausalLM", "glm4");
    entry.attention_output_norm = "post_self_attn_layernorm";
    entry.mlp_output_norm = "post_mlp_layernorm";
    return entry;
}();

constexpr Key stablelm_keys[] = {"use_qkv_bias", "layer_norm_eps"};
constexpr Entry stablelm{.architecture = "StableLmForCausalLM",
                         .model_type = "stablelm",
                         .norm = NormType::layer,
                         .attention_bias = BiasRule::use_qkv_bias_key,
                         .norm_epsilon_key = "layer_norm_eps",
                         .head_dim_key = false,
                         .partial_key = true,
                         .default_kv_heads = 32,
                         .default_context = 4096,
                         .default_norm_epsilon = 1e-5,
                         .default_partial = 0.25,
                         .keys = stablelm_keys};

constexpr Key starcoder2_keys[] = {"use_bias", "norm_epsilon"};
constexpr Entry starcoder2{.architecture = "Starcoder2ForCausalLM",
                           .model_type = "starcoder2",
                           .norm = NormType::layer,
                           .mlp = MlpType::plain,
                           .attention_bias = BiasRule::use_bias_key,
                           .output_bias = BiasRule::use_bias_key,
                           .mlp_bias = BiasRule::use_bias_key,
                           .window = WindowRule::every_layer,
                           .norm_epsilon_key = "norm_epsilon",
                           .default_kv_heads = 2,
                           .default_context = 4096,
                           .default_norm_epsilon = 1e-5,
                           .default_tied = true,
                           .default_activation = "gelu_pytorch_tanh",
                           .keys = starcoder2_keys};

constexpr Key mixtral_keys[] = {"num_local_experts", "num_experts_per_tok"};
constexpr Entry mixtral = [] {
    Entry entry = like(mistral, "MixtralForCausalLM", "mixtral");
    entry.experts = ExpertRule::mixtral;
    entry.default_window = 0;
    entry.default_norm_epsilon = 1e-5;
    entry.default_theta = 1000000;
    entry.keys = mixtral_keys;
    return entry;
}();

constexpr Key qwen_moe_keys[] = {"num_local_experts",
                                 "num_experts",
                                 "num_experts_per_tok",
                                 "moe_intermediate_size",
                                 "decoder_sparse_step",
                                 "mlp_only_layers",
                                 "norm_topk_prob",
                                 "qkv_bias",
                                 "shared_expert_intermediate_size"};
constexpr Entry qwen2_moe = [] {
    Entry entry = like(qwen2, "Qwen2MoeForCausalLM", "qwen2_moe");
    entry.attention_bias = BiasRule::qkv_bias_key;
    entry.window = WindowRule::off;
    entry.experts = ExpertRule::qwen;
    entry.default_kv_heads = 16;
    entry.keys = qwen_moe_keys;
    return entry;
}();

constexpr Entry qwen3_moe = [] {
    Entry entry = like(qwen3, "Qwen3MoeForCausalLM", "qwen3_moe");
    entry.window = WindowRule::off;
    entry.experts = ExpertRule::qwen;
    entry.default_kv_heads = 4;
    entry.default_head_dim = 0;
    entry.keys = std::span(qwen_moe_keys).first(7);
    return entry;
}();

constexpr Entry olmoe = [] {
    Entry entry = like(olmo2, "OlmoeForCausalLM", "olmoe");
    entry.attention_norm = "input_layernorm";
    entry.mlp_norm = "post_attention_layernorm";
    entry.attention_output_norm = entry.mlp_output_norm = "";
    entry.experts = ExpertRule::olmoe;
    entry.head_dim_key = false;
    entry.default_context = 4096;
    entry.keys = std::span(qwen_moe_keys).first(7);
    return entry;
}();

constexpr Key deepseek_keys[] = {"q_lora_rank",
                                 "kv_lora_rank",
                                 "qk_nope_head_dim",
                                 "qk_rope_head_dim",
                                 "v_head_dim",
                                 "n_routed_experts",
                                 "n_shared_experts",
                                 "num_experts_per_tok",
                                 "n_group",
                                 "topk_group",
                                 "moe_intermediate_size",
                                 "first_k_dense_replace",
                                 "norm_topk_prob",
                                 "routed_scaling_factor",
                                 "topk_method",
                                 "scoring_func",
                                 "moe_layer_freq",
                                 "rope_interleave",
                                 "num_nextn_predict_layers",
                                 "qk_head_dim",
                                 "num_mtp_layers"};
constexpr Entry deepseek_v2{.architecture = "DeepseekV2ForCausalLM",
                            .model_type = "deepseek_v2",
                            .latent = true,
                            .interleaved = true,
                            .attention_bias = BiasRule::attention_bias_key,
                            .output_bias = BiasRule::attention_bias_key,
                            .experts = ExpertRule::deepseek_v2,
                            .head_dim_key = false,
                            .rope_types = "default yarn",
                            .keys = deepseek_keys};
constexpr Entry deepseek_v3 = [] {
    Entry entry = like(deepseek_v2, "DeepseekV3ForCausalLM", "deepseek_v3");
    entry.experts = ExpertRule::deepseek_v3;
    entry.default_context = 4096;
    return entry;
}();

constexpr std::array table{llama,      mistral, ministral, qwen2,     qwen3,  smollm3,     granite,    phi3,
                           olmo2,      olmo3,   gemma,     gemma2,    gemma3, glm,         glm4,       stablelm,
                           starcoder2, mixtral, qwen2_moe, qwen3_moe, olmoe,  deepseek_v2, deepseek_v3};

// In text alone, the rotary embeddings of time, height and width that Qwen's models have turn by the same angle: theirs
// is the ordinary one.
constexpr WrapperEntry wrappers[] = {
    {"Gemma3ForConditionalGeneration", "gemma3_text"},
    {"Mistral3ForConditionalGeneration", ""},
    {"LlavaForConditionalGeneration", ""},
    {"LlavaNextForConditionalGeneration", ""},
    {"Qwen2VLForConditionalGeneration", "qwen2"},
    {"Qwen2_5_VLForConditionalGeneration", "qwen2"},
    {"Qwen3VLForConditionalGeneration", "qwen3"},
};

} // namespace

std::span<const ArchitectureEntry> architectures() { return table; }

const ArchitectureEntry* find_architecture(std::string_view architecture) {
    const auto found = std::ranges::find(table, architecture, &ArchitectureEntry::architecture);
    return found == table.end() ? nullptr : &*found;
}

const ArchitectureEntry* find_architecture_by_type(std::string_view model_type) {
    const auto found = std::ranges::find(table, model_type, &ArchitectureEntry::model_type);
    return found == table.end() ? nullptr : &*found;
}

const WrapperEntry* find_wrapper(std::string_view architecture) {
    const auto found = std::ranges::find(wrappers, architecture, &WrapperEntry::architecture);
    return found == std::end(wrappers) ? nullptr : &*found;
}

} // namespace octavo
