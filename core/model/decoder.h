// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <optional>
#include <vector>

#include "architecture/architecture.h"
#include "checkpoint/model_folder.h"
#include "model/device.h"
#include "model/rotary.h"
#include "quantize/activation_grid.h"
#include "quantize/kernels/aligned.h"
#include "recipe/recipe.h"

namespace octavo {

/// y = x Wᵀ + b; weight [N, K] float32, bias [N] or undefined. With `input`, x is quantized first.
struct Linear {
    at::Tensor weight, bias;
    at::Tensor codes, row_scales; ///< [N, K] int8 and [N]: weight = codes · row_scales, which may then be undefined
                                  ///< itself; undefined for other grids
    at::Tensor packed;            ///< the codes as products.h has them, in the place of `codes`; undefined = not there
    std::optional<InputGrid> input;
};

/// Weight [n] (its gain as it multiplies: 1 + w where the checkpoint stores w), bias [n] or undefined. Without a weight
/// there is no norm.
struct Norm {
    at::Tensor weight, bias;
    double epsilon = 1e-6;
};

/// Which of them are there depends on MlpType.
struct MlpWeights {
    Linear gate, up, down;
};

/// What keys and values in E4M3 are multiplied by: [1] or [kv_heads, 1, 1].
struct CacheScales {
    at::Tensor keys, values;
};

/// The weights of one decoder layer, float32 on the device. What the architecture does not have is undefined.
struct LayerWeights {
    Norm attention_norm, attention_output_norm, mlp_norm, mlp_output_norm, q_norm, k_norm;
    Linear q, k, v, o; ///< fused q, k, v: all rows in q; latent attention: q reads query_a's output, if any
    Linear query_a, key_value_a, key_value_b; ///< latent attention
    Norm query_a_norm, key_value_a_norm;
    MlpWeights mlp; ///< or the shared expert
    Linear router, shared_gate;
    at::Tensor router_bias; ///< [experts]
    std::vector<MlpWeights> experts;
    std::optional<CacheScales> cache; ///< none: keys and values are cached as they are
};

/// Before rotation: q [tokens, heads·d], k [tokens, kv_heads·d], v [tokens, kv_heads·value_dim].
struct Projected {
    at::Tensor q, k, v;
};

/// Latent attention between its two steps: queries [tokens, query_rank] or [tokens, heads·d] without query_a, keys and
/// values [tokens, rank], both normalised, and the key channels that are turned [tokens, turned_dim].
struct Latent {
    at::Tensor queries, keys_values, turned;
};

/// Looks at keys (turned) and values [rows, kv_heads, length, channels] on their way into the cache, or changes them.
using CacheHook = std::function<void(at::Tensor& keys, at::Tensor& values)>;

/// What a layer keeps of the tokens so far while a text is written, [rows, kv_heads, tokens, channels].
struct LayerCache {
    at::Tensor keys, values;
};

/// A product on its way: the matrix, what it read [rows, K] and which tokens of the chunk these rows are [rows] long,
/// undefined = all in their order.
struct Product {
    const Linear& linear;
    const at::Tensor &input, &tokens;
};

/// Looks at what a matrix gave, y [rows, N], before anything reads it, or changes it.
using ProductHook = std::function<void(const Product& product, at::Tensor& y)>;

/// Experts that every token goes through and what their outputs are multiplied by: [tokens, used] long and float.
struct Routing {
    at::Tensor experts, weights;
};

/// The matrix that `module` names. Throws Error(internal) for an unknown role.
Linear& linear_of(LayerWeights& weights, const Module& module);

/// Consecutive whole rows (sequences) of a token matrix, worked on together.
struct Chunk {
    std::int64_t begin = 0, end = 0;   ///< tokens
    std::vector<std::int64_t> lengths; ///< of the rows, in tokens
    std::int64_t tokens() const { return end - begin; }
};

/// Cuts rows of the given lengths into chunks of about `tokens` tokens (at least one row each).
std::vector<Chunk> cut_into_chunks(const std::vector<std::int64_t>& lengths, std::int64_t tokens);

class ProductTrace;

/// FLOP of float32 products and of products of bf16 numbers, OP of int8 products; a multiplication and an addition are
/// two.
struct ProductCount {
    double floating = 0, narrow = 0, integer = 0;
};

/// The arithmetic of a decoder as its configuration describes it: norms, grouped-query or latent attention with rotary
/// embedding, MLP or experts. Token matrices are [tokens, channels], contiguous float32. One thread at a time.
class Decoder {
public:
    Decoder(const ModelConfig& config, Device device, std::int64_t longest_row);

    const ModelConfig& config() const { return config_; }
    const Device& device() const { return device_; }
    /// Of all products so far.
    const ProductCount& products() const { return products_; }

    /// From now on with operations that autograd knows (none of our own kernels, nothing in place that a gradient
    /// needs), of float32 or float64 weights alike. For models in 16 bit; what quantizes has no gradient.
    void set_differentiable(bool on) { differentiable_ = on; }
    /// From now on attend() into a tensor may multiply numbers rounded to bf16, as servers do, where this CPU does that
    /// faster: for calibration, where what is multiplied by quantized matrices matters more. It takes no CacheHook
    /// then.
    void set_narrow_attention(bool on) { narrow_attention_ = on; }
    /// Called for every product of unquantized inputs; none: an empty function.
    void set_product_hook(ProductHook hook) { product_hook_ = std::move(hook); }
    /// From now on products are written down in `trace`, or taken from it; null: neither.
    void set_trace(ProductTrace* trace) { trace_ = trace; }

    /// x itself where there is no norm.
    at::Tensor normalized(const at::Tensor& x, const Norm& norm) const;
    /// x Wᵀ + b, quantizing x first where the Linear says so.
    at::Tensor apply(const Linear& linear, const at::Tensor& x) const;
    /// Only the product: x is taken as it is. Codes times codes is an exact integer product, which is also what vLLM
    /// computes.
    at::Tensor multiply(const Activations& x, const Linear& linear) const;
    /// Queries, keys and values of the layer's normalised input, with their norms.
    Projected projected(const Activations& x, const LayerWeights& weights) const;
    /// Latent attention: the first step …
    Latent compressed(const Activations& x, const LayerWeights& weights) const;
    /// … and the second, of its outputs multiplied by q and key_value_b; the turned channels come first.
    Projected unfolded(const at::Tensor& queries, const at::Tensor& keys_values, const at::Tensor& turned) const;
    /// Causal attention within each row of the chunk. Returns [tokens, heads·value_dim].
    at::Tensor attend(const Projected& heads, const Chunk& chunk, int layer, const CacheHook& cached = {}) const;
    /// The same into out [tokens, heads·value_dim], contiguous rows.
    void attend(at::Tensor out, const Projected& heads, const Chunk& chunk, int layer, const CacheHook& cached) const;
    /// activation(gate) · up, in place of gate.
    at::Tensor gated(at::Tensor gate, const at::Tensor& up) const;
    /// What `down` multiplies.
    at::Tensor inner(const Activations& x, const MlpWeights& weights) const;
    /// The same into out, contiguous.
    void inner(at::Tensor out, const Activations& x, const MlpWeights& weights) const;
    /// For x [tokens, hidden], the normalised input of the experts.
    Routing route(const at::Tensor& x, const LayerWeights& weights) const;
    /// sigmoid(w x) [tokens, 1] of the shared expert, undefined where it is not scaled.
    at::Tensor shared_scale(const at::Tensor& x, const LayerWeights& weights) const;
    /// What a branch (the output of o or down) adds to the residual stream.
    at::Tensor addition(const at::Tensor& output, const Norm& norm) const;
    /// residual [tokens, hidden], contiguous, += addition(multiply(x, linear), norm)
    void add_product(at::Tensor residual, const Activations& x, const Linear& linear, const Norm& norm) const;
    /// One whole layer: x [tokens of the chunk, hidden] → the same shape.
    at::Tensor forward(const LayerWeights& weights, const at::Tensor& x, const Chunk& chunk, int layer) const;
    /// The same for the next tokens of rows of equal length: x [rows · tokens, hidden]; what came before is in `past`,
    /// to which they are added.
    at::Tensor forward(const LayerWeights& weights, const at::Tensor& x, std::int64_t rows, int layer,
                       LayerCache& past) const;
    /// Of the last layer's output, normalised.
    at::Tensor logits(const Linear& head, const at::Tensor& x) const;

private:
    at::Tensor product(const Activations& x, const Linear& linear) const;
    /// Adds the product of x and the matrix to products().
    void count(const Activations& x, const Linear& linear) const;
    at::Tensor mlp(const MlpWeights& weights, const at::Tensor& x) const;
    at::Tensor mixture(const LayerWeights& weights, const at::Tensor& x) const;
    /// Queries, keys and values of x, the layer's normalised input.
    Projected heads(const LayerWeights& weights, const at::Tensor& x) const;
    at::Tensor attend(const Projected& heads, std::int64_t rows, int layer, LayerCache& past,
                      const CacheHook& cached) const;
    void attend_narrow(at::Tensor& out, const Projected& heads, const Chunk& chunk, int layer) const;
    void attend_row(at::Tensor& out, const Projected& heads, std::int64_t first, std::int64_t length, int layer) const;
    /// What follows attention in a layer.
    at::Tensor rest(const LayerWeights& weights, const at::Tensor& x, const at::Tensor& attended) const;
    RotaryTables tables(int layer, std::int64_t length) const;
    at::Tensor mixed(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                     const std::optional<at::Tensor>& mask) const;

    ModelConfig config_;
    Device device_;
    mutable ProductCount products_;
    bool differentiable_ = false, narrow_attention_ = false;
    ProductHook product_hook_;
    ProductTrace* trace_ = nullptr;
    mutable at::Tensor expert_tokens_;                     ///< of the expert at work; undefined outside
    mutable kernels::AlignedVector<std::uint32_t> packed_; ///< heads of the row at work
    RotaryTables full_, sliding_; ///< of all positions; undefined where they depend on the length of the row
};

/// Reads tensors as float32 on a device. Throws Error(not_finite) naming the tensor for NaN or infinity.
class WeightReader {
public:
    WeightReader(const ModelFolder& folder, const ModelConfig& config, Device device);

    at::Tensor tensor(const std::string& name) const;
    at::Tensor optional_tensor(const std::string& name) const; ///< undefined when absent
    /// Undefined for an empty name. The epsilon is the model's unless another is given.
    Norm norm(const std::string& name, std::optional<double> epsilon = {}) const;
    LayerWeights layer(int index) const; ///< 16-bit models, or exports (then dequantized, with their input quantizers)
    /// Rows of the embedding as they enter the first layer, [ids, hidden]; only what is asked for is read. Ids are
    /// checked against the vocabulary: Error(unusable_data).
    at::Tensor embedded(const std::vector<std::int32_t>& ids) const;
    Linear head() const; ///< the embedding when tied
    void set_quantization(ResolvedRecipe resolved) { quantization_ = std::move(resolved); }
    /// Gives the pages of a layer's tensors back to the system.
    void drop_layer(int index) const;

private:
    Linear linear(const std::string& module) const; ///< nothing for an empty name
    MlpWeights mlp(const MlpNames& names) const;
    void read_latent(const std::string& attention, LayerWeights& out) const;
    void read_experts(int index, LayerWeights& out) const;

    const ModelFolder& folder_;
    ModelConfig config_;
    Device device_;
    ResolvedRecipe quantization_;
};

} // namespace octavo
