// SPDX-License-Identifier: GPL-3.0-or-later
#include "shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "base/files.h"
#include "checkpoint/safetensors.h"

namespace octavo::bench {

namespace {

constexpr std::uint64_t shard_bytes = std::uint64_t(2) << 30;

std::vector<TensorSpec> tensors(const Shape& shape) {
    std::vector<TensorSpec> out;
    const auto add = [&](std::string name, std::vector<std::int64_t> extents) {
        out.push_back({std::move(name), Dtype::bf16, std::move(extents)});
    };
    const std::int64_t kv = shape.kv_heads * shape.head_dim();
    add("model.embed_tokens.weight", {shape.vocabulary, shape.hidden});
    for (int layer = 0; layer < shape.layers; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        add(prefix + "input_layernorm.weight", {shape.hidden});
        for (const auto& [name, rows] : {std::pair("q", shape.hidden), std::pair("k", kv), std::pair("v", kv)}) {
            add(prefix + "self_attn." + name + "_proj.weight", {rows, shape.hidden});
            if (shape.attention_bias) add(prefix + "self_attn." + name + "_proj.bias", {rows});
        }
        add(prefix + "self_attn.o_proj.weight", {shape.hidden, shape.hidden});
        add(prefix + "post_attention_layernorm.weight", {shape.hidden});
        add(prefix + "mlp.gate_proj.weight", {shape.intermediate, shape.hidden});
        add(prefix + "mlp.up_proj.weight", {shape.intermediate, shape.hidden});
        add(prefix + "mlp.down_proj.weight", {shape.hidden, shape.intermediate});
    }
    add("model.norm.weight", {shape.hidden});
    if (!shape.tied) add("lm_head.weight", {shape.vocabulary, shape.hidden});
    return out;
}

/// A block of normal numbers is drawn once and laid out again and again from a random place: 16 GB take seconds.
class Weights {
public:
    Weights() {
        std::normal_distribution<float> normal(0, 1);
        for (float& value : values_) value = normal(generator_);
    }
    void write(SafetensorsWriter& writer, const TensorSpec& spec) {
        const bool norm = spec.shape.size() == 1;
        const float spread = norm ? 0.1f : 0.7f / std::sqrt(static_cast<float>(spec.shape.back()));
        std::vector<std::uint16_t> pattern(values_.size());
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const float value = values_[i] * spread + (norm ? 1.0f : 0.0f);
            std::uint32_t bits;
            std::memcpy(&bits, &value, 4);
            pattern[i] = static_cast<std::uint16_t>(bits >> 16);
        }
        for (std::uint64_t left = static_cast<std::uint64_t>(spec.elements()); left > 0;) {
            const std::size_t from = generator_() % (pattern.size() / 2);
            const std::size_t count = std::min<std::uint64_t>(left, pattern.size() - from);
            writer.write(spec.name, std::as_bytes(std::span(pattern).subspan(from, count)));
            left -= count;
        }
    }

private:
    std::mt19937 generator_{42};
    std::vector<float> values_ = std::vector<float>(std::size_t(1) << 20);
};

Json config(const Shape& shape) {
    return {{"architectures", {shape.architecture}},
            {"model_type", shape.type},
            {"hidden_size", shape.hidden},
            {"intermediate_size", shape.intermediate},
            {"num_hidden_layers", shape.layers},
            {"num_attention_heads", shape.heads},
            {"num_key_value_heads", shape.kv_heads},
            {"vocab_size", shape.vocabulary},
            {"tie_word_embeddings", shape.tied},
            {"max_position_embeddings", 8192},
            {"rms_norm_eps", 1e-5},
            {"rope_theta", 500000.0},
            {"hidden_act", "silu"},
            {"dtype", "bfloat16"}};
}

} // namespace

std::int64_t Shape::linear_parameters() const {
    const std::int64_t kv = kv_heads * head_dim();
    return layers * (2 * hidden * hidden + 2 * hidden * kv + 3 * hidden * intermediate);
}

Shape Shape::widened(int factor) const {
    Shape out = *this;
    for (std::int64_t* size : {&out.hidden, &out.intermediate, &out.heads, &out.kv_heads}) *size *= factor;
    out.name += " × " + std::to_string(factor) + " wide";
    return out;
}

Shape Shape::with_layers(int count) const {
    Shape out = *this;
    out.layers = count;
    return out;
}

const std::vector<Shape>& shapes() {
    static const std::vector<Shape> all = {
        {.name = "smollm2-135m",
         .hidden = 576,
         .intermediate = 1536,
         .heads = 9,
         .kv_heads = 3,
         .vocabulary = 49152,
         .layers = 30,
         .tied = true},
        {.name = "tinyllama-1.1b",
         .hidden = 2048,
         .intermediate = 5632,
         .heads = 32,
         .kv_heads = 4,
         .vocabulary = 32000,
         .layers = 22},
        {.name = "llama-3.2-1b",
         .hidden = 2048,
         .intermediate = 8192,
         .heads = 32,
         .kv_heads = 8,
         .vocabulary = 128256,
         .layers = 16,
         .tied = true},
        {.name = "llama-2-7b",
         .hidden = 4096,
         .intermediate = 11008,
         .heads = 32,
         .kv_heads = 32,
         .vocabulary = 32000,
         .layers = 32},
        {.name = "llama-3.1-8b",
         .hidden = 4096,
         .intermediate = 14336,
         .heads = 32,
         .kv_heads = 8,
         .vocabulary = 128256,
         .layers = 32},
        {.name = "qwen2.5-7b",
         .architecture = "Qwen2ForCausalLM",
         .type = "qwen2",
         .hidden = 3584,
         .intermediate = 18944,
         .heads = 28,
         .kv_heads = 4,
         .vocabulary = 152064,
         .layers = 28,
         .attention_bias = true},
        {.name = "llama-3.1-70b",
         .hidden = 8192,
         .intermediate = 28672,
         .heads = 64,
         .kv_heads = 8,
         .vocabulary = 128256,
         .layers = 80},
    };
    return all;
}

const Shape& shape(const std::string& name) {
    std::string known;
    for (const Shape& one : shapes()) {
        if (one.name == name) return one;
        known += (known.empty() ? "" : ", ") + one.name;
    }
    throw Error(ErrorCode::usage, msg("There is no shape %1", name), msg("Known ones: %1", known));
}

void write_model(const Shape& shape, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    write_file_atomically(folder / "config.json", config(shape).dump(2));
    std::vector<std::vector<TensorSpec>> shards(1);
    std::uint64_t filled = 0, total = 0;
    for (TensorSpec& spec : tensors(shape)) {
        if (filled > 0 && filled + spec.bytes() > shard_bytes) {
            shards.emplace_back();
            filled = 0;
        }
        filled += spec.bytes();
        total += spec.bytes();
        shards.back().push_back(std::move(spec));
    }
    Json map;
    Weights weights;
    for (std::size_t i = 0; i < shards.size(); ++i) {
        char name[64];
        std::snprintf(name, sizeof name, "model-%05zu-of-%05zu.safetensors", i + 1, shards.size());
        SafetensorsWriter writer(folder / name, shards[i]);
        for (const TensorSpec& spec : shards[i]) {
            weights.write(writer, spec);
            map[spec.name] = name;
        }
        writer.finish();
    }
    write_file_atomically(folder / "model.safetensors.index.json",
                          Json{{"metadata", {{"total_size", total}}}, {"weight_map", std::move(map)}}.dump());
}

void write_ids(const Shape& shape, std::int64_t rows, std::int64_t length, const std::filesystem::path& file) {
    std::mt19937 generator(42);
    Json all = Json::array();
    for (std::int64_t row = 0; row < rows; ++row) {
        Json ids = Json::array();
        for (std::int64_t i = 0; i < length; ++i)
            ids.push_back(generator() % static_cast<std::uint32_t>(shape.vocabulary));
        all.push_back(std::move(ids));
    }
    write_file_atomically(file, all.dump());
}

} // namespace octavo::bench
