// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"

namespace octavo::bench {

/// Sizes of a published decoder of the Llama layout.
struct Shape {
    std::string name, architecture = "LlamaForCausalLM", type = "llama";
    std::int64_t hidden = 0, intermediate = 0, heads = 0, kv_heads = 0, vocabulary = 0;
    int layers = 0;
    bool tied = false, attention_bias = false;

    std::int64_t head_dim() const { return hidden / heads; }
    /// Of the matrices that are quantized.
    std::int64_t linear_parameters() const;
    /// Hidden and MLP widths, and the heads, times `factor`.
    Shape widened(int factor) const;
    Shape with_layers(int count) const;
};

const std::vector<Shape>& shapes();
/// Throws Error(usage) listing the names for an unknown one.
const Shape& shape(const std::string& name);

/// A folder with config.json and shards of random bfloat16 weights; no tokenizer: such a model is fed with token ids.
void write_model(const Shape& shape, const std::filesystem::path& folder);
/// rows × length random token ids as JSON.
void write_ids(const Shape& shape, std::int64_t rows, std::int64_t length, const std::filesystem::path& file);

} // namespace octavo::bench
