// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/architecture_table.h"

#include <algorithm>
#include <array>

namespace octavo {

namespace {

// transformers: models/{llama,mistral,qwen2}/configuration_*.py and modeling_*.py.
constexpr std::array<ArchitectureEntry, 3> table{{
    {.architecture = "LlamaForCausalLM",
     .model_type = "llama",
     .prefix = "model.",
     .attention_bias = BiasRule::attention_bias_key,
     .output_bias = BiasRule::attention_bias_key,
     .mlp_bias = BiasRule::mlp_bias_key,
     .window = WindowRule::none,
     .default_window = 0,
     .default_kv_heads = 0,
     .default_context = 2048,
     .default_norm_epsilon = 1e-6,
     .head_dim_key = true},
    {.architecture = "MistralForCausalLM",
     .model_type = "mistral",
     .prefix = "model.",
     .attention_bias = BiasRule::never,
     .output_bias = BiasRule::never,
     .mlp_bias = BiasRule::never,
     .window = WindowRule::every_layer,
     .default_window = 4096,
     .default_kv_heads = 8,
     .default_context = 131072,
     .default_norm_epsilon = 1e-6,
     .head_dim_key = true},
    {.architecture = "Qwen2ForCausalLM",
     .model_type = "qwen2",
     .prefix = "model.",
     .attention_bias = BiasRule::always,
     .output_bias = BiasRule::never,
     .mlp_bias = BiasRule::never,
     .window = WindowRule::upper_layers,
     .default_window = 4096,
     .default_kv_heads = 32,
     .default_context = 32768,
     .default_norm_epsilon = 1e-6,
     .head_dim_key = true},
}};

constexpr KeyRule read = KeyRule::read, harmless = KeyRule::harmless, neutral = KeyRule::neutral;

constexpr KeyEntry keys[] = {
    {"architectures", read},
    {"model_type", read},
    {"hidden_size", read},
    {"intermediate_size", read},
    {"num_hidden_layers", read},
    {"num_attention_heads", read},
    {"num_key_value_heads", read},
    {"head_dim", read},
    {"vocab_size", read},
    {"rms_norm_eps", read},
    {"hidden_act", read},
    {"tie_word_embeddings", read},
    {"attention_bias", read},
    {"mlp_bias", read},
    {"rope_theta", read},
    {"rope_scaling", read},
    {"rope_parameters", read},
    {"max_position_embeddings", read},
    {"sliding_window", read},
    {"use_sliding_window", read},
    {"max_window_layers", read},
    {"layer_types", read},
    {"torch_dtype", read},
    {"dtype", read},
    {"bos_token_id", read},
    {"eos_token_id", read},
    // Read by whoever decodes the weights; the graph is the same.
    {"quantization_config", harmless},
    {"compression_config", harmless},
    // transformers' bookkeeping.
    {"transformers_version", harmless},
    {"use_cache", harmless},
    {"return_dict", harmless},
    {"return_dict_in_generate", harmless},
    {"output_attentions", harmless},
    {"output_hidden_states", harmless},
    {"output_scores", harmless},
    {"torchscript", harmless},
    {"attn_implementation", harmless},
    {"is_decoder", harmless},
    {"id2label", harmless},
    {"label2id", harmless},
    {"num_labels", harmless},
    {"problem_type", harmless},
    {"finetuning_task", harmless},
    {"task_specific_params", harmless},
    {"tf_legacy_loss", harmless},
    {"use_bfloat16", harmless},
    {"keys_to_ignore_at_inference", harmless},
    {"model_name", harmless},
    {"name_or_path", harmless},
    {"transformers.js_config", harmless},
    {"is_llama_config", harmless},
    {"base_model_tp_plan", harmless},
    {"base_model_pp_plan", harmless},
    {"unsloth_version", harmless},
    {"unsloth_fixed", harmless},
    {"unsloth_training_precision", harmless},
    {"license", harmless},
    // Training only: dropout does nothing at inference, initial values were replaced long ago.
    {"initializer_range", harmless},
    {"attention_dropout", harmless},
    {"hidden_dropout", harmless},
    {"resid_pdrop", harmless},
    {"attn_pdrop", harmless},
    {"embd_pdrop", harmless},
    {"dropout", harmless},
    {"gradient_checkpointing", harmless},
    {"chunk_size_feed_forward", harmless},
    {"use_flash_attn", harmless},
    {"use_flash_attention", harmless},
    // Tokenizer and generation.
    {"pad_token_id", harmless},
    {"unk_token_id", harmless},
    {"sep_token_id", harmless},
    {"cls_token_id", harmless},
    {"decoder_start_token_id", harmless},
    {"tokenizer_class", harmless},
    {"prefix", harmless},
    {"suppress_tokens", harmless},
    {"begin_suppress_tokens", harmless},
    {"forced_bos_token_id", harmless},
    {"forced_eos_token_id", harmless},
    {"bad_words_ids", harmless},
    {"max_length", harmless},
    {"min_length", harmless},
    {"do_sample", harmless},
    {"early_stopping", harmless},
    {"num_beams", harmless},
    {"num_beam_groups", harmless},
    {"diversity_penalty", harmless},
    {"temperature", harmless},
    {"top_k", harmless},
    {"top_p", harmless},
    {"typical_p", harmless},
    {"repetition_penalty", harmless},
    {"length_penalty", harmless},
    {"no_repeat_ngram_size", harmless},
    {"encoder_no_repeat_ngram_size", harmless},
    {"num_return_sequences", harmless},
    {"exponential_decay_length_penalty", harmless},
    {"remove_invalid_values", harmless},
    {"max_new_tokens", harmless},
    {"max_sequence_length", harmless},
    {"model_max_length", harmless},
    // These change the result unless they hold the neutral value.
    {"pretraining_tp", neutral, "1"},
    {"partial_rotary_factor", neutral, "1"},
    {"rotary_pct", neutral, "1"},
    {"rope_interleaved", neutral},
    {"attn_logit_softcapping", neutral},
    {"final_logit_softcapping", neutral},
    {"attention_multiplier", neutral},
    {"embedding_multiplier", neutral, "1"},
    {"residual_multiplier", neutral, "1"},
    {"logits_scaling", neutral, "1"},
    {"logit_scale", neutral, "1"},
    {"query_pre_attn_scalar", neutral},
    {"clip_qkv", neutral},
    {"qk_layernorm", neutral},
    {"use_qk_norm", neutral},
    {"qk_norm", neutral},
    {"alibi", neutral},
    {"parallel_attn", neutral},
    {"use_parallel_residual", neutral},
    {"no_rope_layers", neutral},
    {"no_rope_layer_interval", neutral},
    {"attention_chunk_size", neutral},
    {"num_local_experts", neutral},
    {"num_experts", neutral},
    {"n_routed_experts", neutral},
    {"is_encoder_decoder", neutral},
    {"add_cross_attention", neutral},
    {"cross_attention_hidden_size", neutral},
    {"tie_encoder_decoder", neutral},
    {"pruned_heads", neutral},
    {"attention_out_bias", neutral},
    {"qkv_bias", neutral},
    {"lm_head_bias", neutral},
    {"use_bias", neutral},
    {"bias", neutral},
    {"use_mrope", neutral},
    {"auto_map", neutral},
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

const KeyEntry* find_key(std::string_view key) {
    const auto found = std::ranges::find(keys, key, &KeyEntry::key);
    return found == std::end(keys) ? nullptr : &*found;
}

} // namespace octavo
