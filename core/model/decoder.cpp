// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/decoder.h"

#include "base/error.h"
#include "model/rotary.h"
#include "quantize/kernels/activation.h"

namespace octavo {

Linear& linear_of(LayerWeights& weights, const std::string& role) {
    if (role == "q_proj") return weights.q;
    if (role == "k_proj") return weights.k;
    if (role == "v_proj") return weights.v;
    if (role == "o_proj") return weights.o;
    if (role == "gate_proj") return weights.gate;
    if (role == "up_proj") return weights.up;
    if (role == "down_proj") return weights.down;
    throw Error(ErrorCode::internal, msg("No matrix has the role %1", role));
}

std::vector<Chunk> cut_into_chunks(const std::vector<std::int64_t>& lengths, std::int64_t tokens) {
    std::vector<Chunk> chunks;
    std::int64_t at = 0;
    for (const std::int64_t length : lengths) {
        if (chunks.empty() || chunks.back().tokens() + length > tokens) chunks.push_back({at, at, {}});
        chunks.back().lengths.push_back(length);
        at += length;
        chunks.back().end = at;
    }
    return chunks;
}

Decoder::Decoder(const ModelConfig& config, Device device, std::int64_t longest_row)
    : config_(config), device_(device) {
    const RotaryTables tables = rotary_tables(config.rotary, config.head_dim, longest_row);
    cosine_ = tables.cosine.to(device.device);
    sine_ = tables.sine.to(device.device);
}

at::Tensor Decoder::normalized(const at::Tensor& x, const at::Tensor& weight) const {
    const auto epsilon = static_cast<float>(config_.norm_epsilon);
    if (!device_.is_cpu()) return x * (x.square().mean(-1, true) + epsilon).rsqrt() * weight;
    at::Tensor out = at::empty_like(x);
    const std::int64_t columns = x.size(1);
    in_parallel(x.size(0), 64, [&](std::int64_t begin, std::int64_t end) {
        kernels::rms_norm(x.const_data_ptr<float>() + begin * columns, weight.const_data_ptr<float>(), epsilon,
                          end - begin, columns, out.mutable_data_ptr<float>() + begin * columns);
    });
    return out;
}

at::Tensor Decoder::multiply(const Activations& x, const Linear& linear) const {
    if (x.codes.defined() && linear.codes.defined()) {
        at::Tensor y =
            at::_int_mm(x.codes, linear.codes.t()).to(at::kFloat).mul_(x.scales.unsqueeze(1)).mul_(linear.row_scales);
        return linear.bias.defined() ? y.add_(linear.bias) : y;
    }
    const at::Tensor values = x.codes.defined() ? x.codes.to(at::kFloat).mul_(x.scales.unsqueeze(1)) : x.values;
    if (device_.is_cpu())
        return linear.bias.defined() ? at::addmm(linear.bias, values, linear.weight.t())
                                     : at::mm(values, linear.weight.t());
    at::Tensor y = at::mm(values.to(at::kBFloat16), linear.weight.to(at::kBFloat16).t()).to(at::kFloat);
    return linear.bias.defined() ? y.add_(linear.bias) : y;
}

at::Tensor Decoder::apply(const Linear& linear, const at::Tensor& x) const {
    return multiply(quantized(x, linear.input), linear);
}

namespace {

/// [tokens, heads·d] → [rows, heads, length, d]
at::Tensor split_heads(const at::Tensor& x, std::int64_t rows, std::int64_t length, int heads) {
    return x.view({rows, length, heads, x.size(1) / heads}).transpose(1, 2);
}

at::Tensor rotated(const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine) {
    const std::int64_t half = x.size(-1) / 2;
    const at::Tensor turned = at::cat({x.slice(-1, half).neg(), x.slice(-1, 0, half)}, -1);
    return (x * cosine).add_(turned.mul_(sine));
}

/// True where a token may not look: the future, and what lies before the window.
at::Tensor window_mask(std::int64_t length, std::int64_t window, at::Device device) {
    const at::Tensor position = at::arange(length, at::TensorOptions().dtype(at::kLong).device(device));
    const at::Tensor distance = position.unsqueeze(1) - position.unsqueeze(0);
    return (distance >= 0).logical_and_(distance < window);
}

} // namespace

at::Tensor Decoder::attend(at::Tensor q, at::Tensor k, const at::Tensor& v, const Chunk& chunk, int layer) const {
    at::Tensor out = at::empty({q.size(0), q.size(1)}, q.options());
    const std::int64_t window =
        static_cast<std::size_t>(layer) < config_.windows.size() ? config_.windows[static_cast<std::size_t>(layer)] : 0;
    std::int64_t at = 0;
    for (std::size_t first = 0; first < chunk.lengths.size();) {
        // Rows of equal length go through together.
        std::size_t last = first;
        while (last < chunk.lengths.size() && chunk.lengths[last] == chunk.lengths[first]) ++last;
        const auto rows = static_cast<std::int64_t>(last - first);
        const std::int64_t length = chunk.lengths[first], end = at + rows * length;
        const at::Tensor cosine = cosine_.slice(0, 0, length), sine = sine_.slice(0, 0, length);
        const at::Tensor heads_q = rotated(split_heads(q.slice(0, at, end), rows, length, config_.heads), cosine, sine);
        const at::Tensor heads_k =
            rotated(split_heads(k.slice(0, at, end), rows, length, config_.kv_heads), cosine, sine);
        const at::Tensor heads_v = split_heads(v.slice(0, at, end), rows, length, config_.kv_heads);
        const bool windowed = window > 0 && window < length;
        std::optional<at::Tensor> mask;
        if (windowed) mask = window_mask(length, window, q.device());
        const at::Tensor attended = at::scaled_dot_product_attention(heads_q, heads_k, heads_v, mask, 0.0, !windowed,
                                                                     std::nullopt, config_.heads != config_.kv_heads);
        out.slice(0, at, end).view({rows, length, config_.heads, config_.head_dim}).copy_(attended.transpose(1, 2));
        at = end;
        first = last;
    }
    return out;
}

at::Tensor Decoder::gated(at::Tensor gate, const at::Tensor& up) const {
    switch (config_.activation) {
    case Activation::silu: return at::silu_(gate).mul_(up);
    case Activation::gelu: return at::gelu(gate).mul_(up);
    case Activation::gelu_tanh: return at::gelu(gate, "tanh").mul_(up);
    }
    throw Error(ErrorCode::internal, msg("Unknown activation"));
}

at::Tensor Decoder::forward(const LayerWeights& weights, const at::Tensor& x, const Chunk& chunk, int layer) const {
    // Matrices that read the same input share its quantization, which fused sets guarantee.
    const Activations y = quantized(normalized(x, weights.attention_norm), weights.q.input);
    const at::Tensor attended =
        attend(multiply(y, weights.q), multiply(y, weights.k), multiply(y, weights.v), chunk, layer);
    const at::Tensor middle = apply(weights.o, attended).add_(x);
    const Activations z = quantized(normalized(middle, weights.mlp_norm), weights.gate.input);
    return apply(weights.down, gated(multiply(z, weights.gate), multiply(z, weights.up))).add_(middle);
}

} // namespace octavo
