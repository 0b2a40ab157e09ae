// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <optional>
#include <vector>

#include "architecture/architecture.h"
#include "checkpoint/model_folder.h"
#include "model/device.h"
#include "quantize/activation_grid.h"
#include "recipe/recipe.h"

namespace octavo {

/// y = x Wᵀ + b; weight [N, K] float32, bias [N] or undefined. With `input`, x is quantized first.
struct Linear {
    at::Tensor weight, bias;
    at::Tensor codes, row_scales; ///< [N, K] int8 and [N]: weight = codes · row_scales, which may then be undefined
                                  ///< itself; undefined for other grids
    std::optional<InputGrid> input;
};

/// The weights of one decoder layer, float32 on the device.
struct LayerWeights {
    at::Tensor attention_norm, mlp_norm; ///< [hidden]
    Linear q, k, v, o, gate, up, down;
};

/// The matrix with that role ("q_proj", …). Throws Error(internal) for an unknown one.
Linear& linear_of(LayerWeights& weights, const std::string& role);

/// Consecutive whole rows (sequences) of a token matrix, worked on together.
struct Chunk {
    std::int64_t begin = 0, end = 0;   ///< tokens
    std::vector<std::int64_t> lengths; ///< of the rows, in tokens
    std::int64_t tokens() const { return end - begin; }
};

/// Cuts rows of the given lengths into chunks of about `tokens` tokens (at least one row each).
std::vector<Chunk> cut_into_chunks(const std::vector<std::int64_t>& lengths, std::int64_t tokens);

/// The arithmetic of a Llama-type decoder (RMS norms, rotary grouped-query attention, gated MLP) as its configuration
/// describes it. Token matrices are [tokens, channels], contiguous float32.
class Decoder {
public:
    Decoder(const ModelConfig& config, Device device, std::int64_t longest_row);

    const ModelConfig& config() const { return config_; }
    const Device& device() const { return device_; }

    /// RMS norm with `weight` [hidden].
    at::Tensor normalized(const at::Tensor& x, const at::Tensor& weight) const;
    /// x Wᵀ + b, quantizing x first where the Linear says so.
    at::Tensor apply(const Linear& linear, const at::Tensor& x) const;
    /// Only the product: x is taken as it is. Codes times codes is an exact integer product, which is also what vLLM
    /// computes.
    at::Tensor multiply(const Activations& x, const Linear& linear) const;
    /// Causal attention within each row of the chunk; q [tokens, heads·d], k and v [tokens, kv_heads·d] before
    /// rotation. Returns [tokens, heads·d].
    at::Tensor attend(at::Tensor q, at::Tensor k, const at::Tensor& v, const Chunk& chunk, int layer) const;
    /// activation(gate) · up, in place of gate.
    at::Tensor gated(at::Tensor gate, const at::Tensor& up) const;
    /// One whole layer: x [tokens of the chunk, hidden] → the same shape.
    at::Tensor forward(const LayerWeights& weights, const at::Tensor& x, const Chunk& chunk, int layer) const;

private:
    ModelConfig config_;
    Device device_;
    at::Tensor cosine_, sine_; ///< [longest_row, head_dim]
};

/// Reads tensors as float32 on a device. Throws Error(not_finite) naming the tensor for NaN or infinity.
class WeightReader {
public:
    WeightReader(const ModelFolder& folder, const ModelConfig& config, Device device);

    at::Tensor tensor(const std::string& name) const;
    at::Tensor optional_tensor(const std::string& name) const; ///< undefined when absent
    LayerWeights layer(int index) const; ///< 16-bit models, or exports (then dequantized, with their input quantizers)
    /// Rows of the embedding, [ids, hidden]; only what is asked for is read. Ids are checked against the vocabulary:
    /// Error(unusable_data).
    at::Tensor embedded(const std::vector<std::int32_t>& ids) const;
    Linear head() const; ///< the embedding when tied
    void set_quantization(ResolvedRecipe resolved) { quantization_ = std::move(resolved); }
    /// Gives the pages of a layer's tensors back to the system.
    void drop_layer(int index) const;

private:
    Linear linear(const std::string& module) const;

    const ModelFolder& folder_;
    ModelConfig config_;
    Device device_;
    ResolvedRecipe quantization_;
};

} // namespace octavo
