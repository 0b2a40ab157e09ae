// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/decoder.h"

#include "base/error.h"
#include "model/product_trace.h"
#include "model/products.h"
#include "model/rotary.h"
#include "quantize/kernels/activation.h"
#include "quantize/tensor_kernels.h"

#include <charconv>
#include <cmath>

namespace octavo {

namespace {

MlpWeights& mlp_of(LayerWeights& weights, const std::string& name) {
    static constexpr std::string_view mark = ".experts.";
    const std::size_t at = name.find(mark);
    if (at == std::string::npos) return weights.mlp;
    std::size_t expert = weights.experts.size();
    std::from_chars(name.data() + at + mark.size(), name.data() + name.size(), expert);
    return weights.experts.at(expert);
}

} // namespace

Linear& linear_of(LayerWeights& weights, const Module& module) {
    const std::string& role = module.role;
    if (role == "q_proj" || role == "qkv_proj" || role == "q_b_proj") return weights.q;
    if (role == "k_proj") return weights.k;
    if (role == "v_proj") return weights.v;
    if (role == "q_a_proj") return weights.query_a;
    if (role == "kv_a_proj_with_mqa") return weights.key_value_a;
    if (role == "kv_b_proj") return weights.key_value_b;
    if (role == "o_proj") return weights.o;
    if (role == "gate") return weights.router;
    if (role == "shared_expert_gate") return weights.shared_gate;
    MlpWeights& mlp = mlp_of(weights, module.name);
    if (role == "gate_proj" || role == "gate_up_proj" || role == "w1") return mlp.gate;
    if (role == "up_proj" || role == "c_fc" || role == "w3") return mlp.up;
    if (role == "down_proj" || role == "c_proj" || role == "w2") return mlp.down;
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
    const auto fixed = [&](const RotaryConfig& rotary) {
        if (depends_on_length(rotary)) return RotaryTables();
        const RotaryTables tables = rotary_tables(rotary, config.head_dim, longest_row);
        return RotaryTables{tables.cosine.to(device.device), tables.sine.to(device.device)};
    };
    full_ = fixed(config.rotary);
    sliding_ = config.sliding_rotary ? fixed(*config.sliding_rotary) : full_;
}

RotaryTables Decoder::tables(int layer, std::int64_t length) const {
    if (!config_.is_turned(layer)) return {};
    const bool sliding = config_.window(layer) > 0;
    const RotaryConfig& rotary = sliding && config_.sliding_rotary ? *config_.sliding_rotary : config_.rotary;
    const RotaryTables& fixed = sliding ? sliding_ : full_;
    if (fixed.cosine.defined()) return {fixed.cosine.slice(0, 0, length), fixed.sine.slice(0, 0, length)};
    const RotaryTables own = rotary_tables(rotary, config_.head_dim, length);
    return {own.cosine.to(device_.device), own.sine.to(device_.device)};
}

at::Tensor Decoder::normalized(const at::Tensor& x, const Norm& norm) const {
    if (!norm.weight.defined()) return x;
    const auto epsilon = static_cast<float>(norm.epsilon);
    if (config_.norm == NormType::layer) return at::layer_norm(x, {x.size(-1)}, norm.weight, norm.bias, norm.epsilon);
    const bool on_device = is_on_device(x);
    if (differentiable_ || (!x.is_cpu() && !on_device))
        return x * (x.square().mean(-1, true) + epsilon).rsqrt() * norm.weight;
    const at::Tensor rows = x.contiguous();
    at::Tensor out = at::empty_like(rows);
    const std::int64_t columns = x.size(1);
    if (on_device) {
        kernels::on_device::rms_norm(stream_of(rows), rows.const_data_ptr<float>(), norm.weight.const_data_ptr<float>(),
                                     epsilon, rows.size(0), columns, out.mutable_data_ptr<float>());
        return out;
    }
    in_parallel(x.size(0), 64, [&](std::int64_t begin, std::int64_t end) {
        kernels::rms_norm(rows.const_data_ptr<float>() + begin * columns, norm.weight.const_data_ptr<float>(), epsilon,
                          end - begin, columns, out.mutable_data_ptr<float>() + begin * columns);
    });
    return out;
}

namespace {

/// int32 products [tokens, N] times the scales of their rows [tokens] and columns [N].
at::Tensor scaled(const at::Tensor& products, const at::Tensor& tokens, const at::Tensor& rows) {
    const bool on_device = is_on_device(products);
    if (!products.is_cpu() && !on_device) return products.to(at::kFloat).mul_(tokens.unsqueeze(1)).mul_(rows);
    at::Tensor out = at::empty(products.sizes(), tokens.options());
    const std::int64_t columns = products.size(1);
    const at::Tensor row_scales = rows.contiguous();
    if (on_device) {
        kernels::on_device::scale_products(stream_of(products), products.const_data_ptr<std::int32_t>(),
                                           tokens.const_data_ptr<float>(), row_scales.const_data_ptr<float>(),
                                           products.size(0), columns, out.mutable_data_ptr<float>());
        return out;
    }
    in_parallel(products.size(0), 32, [&](std::int64_t begin, std::int64_t end) {
        kernels::scale_products(products.const_data_ptr<std::int32_t>() + begin * columns,
                                tokens.const_data_ptr<float>() + begin, row_scales.const_data_ptr<float>(), end - begin,
                                columns, out.mutable_data_ptr<float>() + begin * columns);
    });
    return out;
}

} // namespace

void Decoder::count(const Activations& x, const Linear& linear) const {
    const bool codes = x.codes.defined(), integers = codes && (linear.codes.defined() || linear.packed.defined());
    const at::Tensor& left = codes ? x.codes : x.values;
    const std::int64_t rows = integers ? linear.row_scales.size(0) : linear.weight.size(0);
    (integers ? products_.integer : products_.floating) +=
        2.0 * static_cast<double>(left.numel()) * static_cast<double>(rows);
}

at::Tensor Decoder::product(const Activations& x, const Linear& linear) const {
    count(x, linear);
    if (is_packed_product(x, linear)) {
        at::Tensor y = at::empty({x.codes.size(0), linear.row_scales.size(0)}, x.scales.options());
        packed_product(x, linear, false, y);
        return y;
    }
    if (x.codes.defined() && linear.codes.defined()) {
        const std::int64_t least = device_.is_cpu() ? 0 : least_code_rows;
        at::Tensor y = scaled(integer_product(x.codes, linear.codes, least), x.scales, linear.row_scales);
        return linear.bias.defined() ? y.add_(linear.bias) : y;
    }
    const at::Tensor values = x.codes.defined() ? x.codes.to(at::kFloat).mul_(x.scales.unsqueeze(1)) : x.values;
    if (device_.is_cpu())
        return linear.bias.defined() ? at::addmm(linear.bias, values, linear.weight.t())
                                     : at::mm(values, linear.weight.t());
    const at::Tensor narrow = values.to(at::kBFloat16), matrix = linear.weight.to(at::kBFloat16).t();
    // Autograd knows no products with a wider result.
    at::Tensor y = differentiable_ ? at::mm(narrow, matrix).to(at::kFloat) : wide_product(narrow, matrix);
    return linear.bias.defined() ? y.add_(linear.bias) : y;
}

at::Tensor Decoder::multiply(const Activations& x, const Linear& linear) const {
    if (trace_ && trace_->repeats())
        if (at::Tensor y = trace_->next(x.values, linear.weight); y.defined()) return y;
    at::Tensor y = product(x, linear);
    if (trace_ && !trace_->repeats()) trace_->keep(x.values, linear.weight, y);
    if (product_hook_ && x.values.defined()) product_hook_({linear, x.values, expert_tokens_}, y);
    return y;
}

at::Tensor Decoder::apply(const Linear& linear, const at::Tensor& x) const {
    return multiply(quantized(x, linear.input), linear);
}

namespace {

/// [tokens, heads·d] → [rows, heads, length, d]
at::Tensor split_heads(const at::Tensor& x, std::int64_t rows, std::int64_t length, int heads) {
    return x.view({rows, length, heads, x.size(1) / heads}).transpose(1, 2);
}

/// True where the tokens [first, length) may look: not at the future, nor at what lies before the window (0 = none).
at::Tensor window_mask(std::int64_t first, std::int64_t length, std::int64_t window, at::Device device) {
    const at::Tensor position = at::arange(length, at::TensorOptions().dtype(at::kLong).device(device));
    const at::Tensor distance = position.slice(0, first).unsqueeze(1) - position.unsqueeze(0);
    const at::Tensor past = distance >= 0;
    return window > 0 ? past.logical_and(distance < window) : past;
}

} // namespace

Projected Decoder::projected(const Activations& x, const LayerWeights& weights) const {
    Projected out;
    if (config_.fused_qkv) {
        const at::Tensor all = multiply(x, weights.q);
        const std::int64_t q = std::int64_t(config_.heads) * config_.head_dim,
                           kv = std::int64_t(config_.kv_heads) * config_.head_dim;
        out = {all.slice(1, 0, q), all.slice(1, q, q + kv), all.slice(1, q + kv)};
    } else {
        out = {multiply(x, weights.q), multiply(x, weights.k), multiply(x, weights.v)};
    }
    const auto normed = [&](const at::Tensor& heads, const Norm& norm) {
        if (config_.qk_norm == QkNorm::none) return heads;
        const std::int64_t width = config_.qk_norm == QkNorm::per_head ? config_.head_dim : heads.size(1);
        return normalized(heads.contiguous().view({-1, width}), norm).view({heads.size(0), heads.size(1)});
    };
    out.q = normed(out.q, weights.q_norm);
    out.k = normed(out.k, weights.k_norm);
    return out;
}

Latent Decoder::compressed(const Activations& x, const LayerWeights& weights) const {
    const at::Tensor both = multiply(x, weights.key_value_a);
    const std::int64_t rank = config_.latent->rank;
    return {config_.latent->query_rank ? normalized(multiply(x, weights.query_a), weights.query_a_norm)
                                       : multiply(x, weights.q),
            normalized(both.slice(1, 0, rank), weights.key_value_a_norm), both.slice(1, rank)};
}

Projected Decoder::unfolded(const at::Tensor& queries, const at::Tensor& keys_values, const at::Tensor& turned) const {
    const std::int64_t tokens = queries.size(0), heads = config_.heads, plain = config_.latent->plain_dim;
    const at::Tensor q = queries.view({tokens, heads, config_.head_dim}),
                     kv = keys_values.view({tokens, heads, plain + config_.latent->value_dim});
    const at::Tensor shared = turned.unsqueeze(1).expand({tokens, heads, turned.size(1)});
    return {at::cat({q.slice(2, plain), q.slice(2, 0, plain)}, 2).flatten(1),
            at::cat({shared, kv.slice(2, 0, plain)}, 2).flatten(1), kv.slice(2, plain).flatten(1)};
}

namespace {

/// cap · tanh(x), in place of x unless a gradient needs what lies between.
at::Tensor softcapped(at::Tensor x, double cap, bool differentiable) {
    return differentiable ? x.tanh() * cap : x.tanh_().mul_(cap);
}

} // namespace

at::Tensor Decoder::mixed(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                          const std::optional<at::Tensor>& mask) const {
    const bool grouped = config_.heads != config_.kv_heads;
    const double scale = config_.attention_scale > 0 ? config_.attention_scale : 1 / std::sqrt(config_.head_dim);
    if (config_.attention_softcap == 0) {
        if (device_.is_cpu() || differentiable_)
            return at::scaled_dot_product_attention(q, k, v, mask, 0.0, !mask, scale, grouped);
        // Like all products on a device. Of float32 LibTorch would keep all scores in memory.
        const auto narrow = [](const at::Tensor& x) { return x.to(at::kBFloat16); };
        return at::scaled_dot_product_attention(narrow(q), narrow(k), narrow(v), mask, 0.0, !mask, scale, grouped)
            .to(at::kFloat);
    }
    const std::int64_t repeat = config_.heads / config_.kv_heads;
    const at::Tensor keys = grouped ? k.repeat_interleave(repeat, 1) : k,
                     values = grouped ? v.repeat_interleave(repeat, 1) : v;
    at::Tensor scores = at::matmul(q, keys.transpose(2, 3)).mul_(scale / config_.attention_softcap);
    scores = softcapped(scores, config_.attention_softcap, differentiable_);
    return at::matmul(at::softmax(scores.masked_fill_(mask->logical_not(), -INFINITY), -1), values);
}

at::Tensor Decoder::attend(const Projected& heads, const Chunk& chunk, int layer, const CacheHook& cached) const {
    at::Tensor out = at::empty({heads.q.size(0), config_.attended()}, heads.q.options());
    const std::int64_t window = config_.window(layer);
    std::int64_t at = 0;
    for (std::size_t first = 0; first < chunk.lengths.size();) {
        // Rows of equal length go through together.
        std::size_t last = first;
        while (last < chunk.lengths.size() && chunk.lengths[last] == chunk.lengths[first]) ++last;
        const auto rows = static_cast<std::int64_t>(last - first);
        const std::int64_t length = chunk.lengths[first], end = at + rows * length;
        const RotaryTables rotary = tables(layer, length);
        const auto part = [&](const at::Tensor& x, int count) {
            return split_heads(x.slice(0, at, end), rows, length, count);
        };
        const at::Tensor q = turned(part(heads.q, config_.heads), rotary, config_.rotary.interleaved);
        at::Tensor k = turned(part(heads.k, config_.kv_heads), rotary, config_.rotary.interleaved),
                   v = part(heads.v, config_.kv_heads);
        if (cached) cached(k, v);
        const bool windowed = window > 0 && window < length;
        std::optional<at::Tensor> mask;
        if (windowed || config_.attention_softcap > 0)
            mask = window_mask(0, length, windowed ? window : 0, heads.q.device());
        const auto reach = static_cast<double>(windowed ? window : length), width = static_cast<double>(q.size(3));
        products_.floating += 2.0 * static_cast<double>(rows * config_.heads) * reach *
                              (static_cast<double>(length) - reach / 2) *
                              (width + static_cast<double>(config_.value_dim()));
        out.slice(0, at, end)
            .view({rows, length, config_.heads, config_.value_dim()})
            .copy_(mixed(q, k, v, mask).transpose(1, 2));
        at = end;
        first = last;
    }
    return out;
}

at::Tensor Decoder::attend(const Projected& heads, std::int64_t rows, int layer, LayerCache& past,
                           const CacheHook& cached) const {
    const std::int64_t fresh = heads.q.size(0) / rows, before = past.keys.defined() ? past.keys.size(2) : 0,
                       length = before + fresh, window = config_.window(layer);
    RotaryTables rotary = tables(layer, length);
    if (rotary.cosine.defined())
        rotary = {rotary.cosine.slice(0, before, length), rotary.sine.slice(0, before, length)};
    const auto part = [&](const at::Tensor& x, int count) { return split_heads(x, rows, fresh, count); };
    const at::Tensor q = turned(part(heads.q, config_.heads), rotary, config_.rotary.interleaved);
    at::Tensor k = turned(part(heads.k, config_.kv_heads), rotary, config_.rotary.interleaved),
               v = part(heads.v, config_.kv_heads);
    if (cached) cached(k, v);
    past.keys = before > 0 ? at::cat({past.keys, k}, 2) : k;
    past.values = before > 0 ? at::cat({past.values, v}, 2) : v;
    const bool windowed = window > 0 && window < length;
    const at::Tensor mask = window_mask(before, length, windowed ? window : 0, heads.q.device());
    return mixed(q, past.keys, past.values, mask).transpose(1, 2).reshape({rows * fresh, config_.attended()});
}

at::Tensor Decoder::gated(at::Tensor gate, const at::Tensor& up) const {
    switch (config_.activation) {
    case Activation::silu: gate = differentiable_ ? at::silu(gate) : at::silu_(gate); break;
    case Activation::gelu: gate = at::gelu(gate); break;
    case Activation::gelu_tanh: gate = at::gelu(gate, "tanh"); break;
    }
    if (!up.defined()) return gate;
    return differentiable_ ? gate * up : gate.mul_(up);
}

at::Tensor Decoder::inner(const Activations& x, const MlpWeights& weights) const {
    switch (config_.mlp) {
    case MlpType::gated: break;
    case MlpType::plain: return gated(multiply(x, weights.up), {});
    case MlpType::fused_gated: {
        const at::Tensor both = multiply(x, weights.gate);
        const std::int64_t half = both.size(1) / 2;
        return gated(both.slice(1, 0, half).contiguous(), both.slice(1, half));
    }
    }
    return gated(multiply(x, weights.gate), multiply(x, weights.up));
}

at::Tensor Decoder::mlp(const MlpWeights& weights, const at::Tensor& x) const {
    const Linear& first = config_.mlp == MlpType::plain ? weights.up : weights.gate;
    return apply(weights.down, inner(quantized(x, first.input), weights));
}

at::Tensor Decoder::addition(const at::Tensor& output, const Norm& norm) const {
    const at::Tensor out = normalized(output, norm);
    return config_.residual_scale == 1 ? out : out * config_.residual_scale;
}

namespace {

/// As a server writes them into its cache and reads them back.
CacheHook cache_hook(const LayerWeights& weights) {
    if (!weights.cache) return {};
    return [&scales = *weights.cache](at::Tensor& keys, at::Tensor& values) {
        for (const auto& [x, scale] : {std::pair(&keys, &scales.keys), std::pair(&values, &scales.values)})
            *x = (*x / *scale).clamp_(-448, 448).to(at::kFloat8_e4m3fn).to(at::kFloat).mul_(*scale);
    };
}

} // namespace

Projected Decoder::heads(const LayerWeights& weights, const at::Tensor& x) const {
    // Matrices that read the same input share its quantization, which fused sets guarantee.
    if (!config_.latent) return projected(quantized(x, weights.q.input), weights);
    const bool narrow_queries = config_.latent->query_rank > 0;
    const Latent narrow =
        compressed(quantized(x, narrow_queries ? weights.query_a.input : weights.key_value_a.input), weights);
    return unfolded(narrow_queries ? apply(weights.q, narrow.queries) : narrow.queries,
                    apply(weights.key_value_b, narrow.keys_values), narrow.turned);
}

at::Tensor Decoder::forward(const LayerWeights& weights, const at::Tensor& x, const Chunk& chunk, int layer) const {
    return rest(weights, x,
                attend(heads(weights, normalized(x, weights.attention_norm)), chunk, layer, cache_hook(weights)));
}

at::Tensor Decoder::forward(const LayerWeights& weights, const at::Tensor& x, std::int64_t rows, int layer,
                            LayerCache& past) const {
    return rest(weights, x,
                attend(heads(weights, normalized(x, weights.attention_norm)), rows, layer, past, cache_hook(weights)));
}

at::Tensor Decoder::rest(const LayerWeights& weights, const at::Tensor& x, const at::Tensor& attended) const {
    const at::Tensor middle = addition(apply(weights.o, attended), weights.attention_output_norm) + x;
    const at::Tensor y = normalized(middle, weights.mlp_norm);
    return addition(weights.experts.empty() ? mlp(weights.mlp, y) : mixture(weights, y), weights.mlp_output_norm) +
           middle;
}

at::Tensor Decoder::logits(const Linear& head, const at::Tensor& x) const {
    at::Tensor out = apply(head, x);
    if (config_.logit_scale != 1) out.mul_(config_.logit_scale);
    return config_.logit_softcap > 0
               ? softcapped(out.div_(config_.logit_softcap), config_.logit_softcap, differentiable_)
               : out;
}

} // namespace octavo
