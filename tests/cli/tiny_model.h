// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/json.h"
#include "checkpoint/safetensors.h"

/// A llama model of two layers with random weights, small enough to be written for every test: no tokenizer, untied
/// bf16 head.
inline void write_tiny_model(const std::filesystem::path& folder,
                             const std::string& architecture = "LlamaForCausalLM") {
    using octavo::Dtype;
    using octavo::TensorSpec;
    constexpr std::int64_t hidden = 64, inner = 128, vocabulary = 96, kv = 32;
    std::filesystem::create_directories(folder);
    octavo::Json config;
    config["architectures"] = {architecture};
    config["model_type"] = architecture == "LlamaForCausalLM" ? "llama" : "unheard_of";
    config["hidden_size"] = hidden;
    config["intermediate_size"] = inner;
    config["num_hidden_layers"] = 2;
    config["num_attention_heads"] = 4;
    config["num_key_value_heads"] = 2;
    config["head_dim"] = 16;
    config["vocab_size"] = vocabulary;
    config["rms_norm_eps"] = 1e-5;
    config["rope_theta"] = 10000.0;
    config["hidden_act"] = "silu";
    config["max_position_embeddings"] = 256;
    config["tie_word_embeddings"] = false;
    config["torch_dtype"] = "bfloat16";
    std::ofstream(folder / "config.json") << config.dump(2);

    std::vector<TensorSpec> specs{{"model.embed_tokens.weight", Dtype::bf16, {vocabulary, hidden}},
                                  {"model.norm.weight", Dtype::bf16, {hidden}},
                                  {"lm_head.weight", Dtype::bf16, {vocabulary, hidden}}};
    for (const std::string prefix : {"model.layers.0.", "model.layers.1."}) {
        specs.push_back({prefix + "input_layernorm.weight", Dtype::bf16, {hidden}});
        specs.push_back({prefix + "post_attention_layernorm.weight", Dtype::bf16, {hidden}});
        specs.push_back({prefix + "self_attn.q_proj.weight", Dtype::bf16, {hidden, hidden}});
        specs.push_back({prefix + "self_attn.k_proj.weight", Dtype::bf16, {kv, hidden}});
        specs.push_back({prefix + "self_attn.v_proj.weight", Dtype::bf16, {kv, hidden}});
        specs.push_back({prefix + "self_attn.o_proj.weight", Dtype::bf16, {hidden, hidden}});
        specs.push_back({prefix + "mlp.gate_proj.weight", Dtype::bf16, {inner, hidden}});
        specs.push_back({prefix + "mlp.up_proj.weight", Dtype::bf16, {inner, hidden}});
        specs.push_back({prefix + "mlp.down_proj.weight", Dtype::bf16, {hidden, inner}});
    }
    octavo::SafetensorsWriter writer(folder / "model.safetensors", specs);
    std::mt19937 random(7);
    for (const TensorSpec& spec : specs) {
        // bf16 between 2^-7 and 1 with either sign: sign bit, exponent 120…126, any mantissa.
        std::vector<std::uint16_t> values(static_cast<std::size_t>(spec.elements()));
        for (std::uint16_t& value : values)
            value = static_cast<std::uint16_t>((random() & 0x8000u) | ((120 + random() % 7) << 7) | (random() & 0x7Fu));
        writer.write(spec.name, std::as_bytes(std::span(values)));
    }
    writer.finish();
}
