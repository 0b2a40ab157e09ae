// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/decoder.h"

#include "base/error.h"
#include "model/products.h"
#include "quantize/kernels/attention.h"
#include "quantize/kernels/gram.h"

#include <cmath>
#include <numbers>

// What a decoder does in fewer passes over memory than one operation after another.
namespace octavo {

void Decoder::add_product(at::Tensor residual, const Activations& x, const Linear& linear, const Norm& norm) const {
    if (!is_packed_product(x, linear) || norm.weight.defined() || config_.residual_scale != 1) {
        residual.add_(addition(multiply(x, linear), norm));
        return;
    }
    count(x, linear);
    packed_product(x, linear, true, residual);
}

void Decoder::inner(at::Tensor out, const Activations& x, const MlpWeights& weights) const {
    if (config_.mlp != MlpType::gated || config_.activation != Activation::silu ||
        !is_packed_product(x, weights.gate) || !is_packed_product(x, weights.up)) {
        out.copy_(inner(x, weights));
        return;
    }
    count(x, weights.gate);
    count(x, weights.up);
    packed_gated_product(x, weights.gate, weights.up, out);
}

void Decoder::attend(at::Tensor out, const Projected& heads, const Chunk& chunk, int layer,
                     const CacheHook& cached) const {
    if (narrow_attention_ && cached)
        throw Error(ErrorCode::internal, msg("Attention in bf16 does not show its keys and values"));
    if (narrow_attention_ && device_.is_cpu() && kernels::multiplies_bf16() && config_.attention_softcap == 0 &&
        config_.head_dim % 2 == 0)
        attend_narrow(out, heads, chunk, layer);
    else
        out.copy_(attend(heads, chunk, layer, cached));
}

namespace {

/// Number `index` of the heads side by side in x [tokens, …], for the tokens of a row.
kernels::HeadRows head_rows(const at::Tensor& x, std::int64_t first, std::int64_t length, std::int64_t index,
                            std::int64_t width) {
    return {x.const_data_ptr<float>() + first * x.stride(0) + index * width, x.stride(0), length, width};
}

} // namespace

void Decoder::attend_narrow(at::Tensor& out, const Projected& heads, const Chunk& chunk, int layer) const {
    require_contiguous(out);
    std::int64_t first = 0;
    for (const std::int64_t length : chunk.lengths) {
        attend_row(out, heads, first, length, layer);
        first += length;
    }
}

void Decoder::attend_row(at::Tensor& out, const Projected& heads, std::int64_t first, std::int64_t length,
                         int layer) const {
    const std::int64_t queries = config_.heads, keys = config_.kv_heads, width = config_.head_dim,
                       value_width = config_.value_dim(), query_words = kernels::query_words(length, width),
                       key_words = kernels::key_words(length, width),
                       value_words = kernels::value_words(length, value_width);
    const double scale = config_.attention_scale > 0 ? config_.attention_scale : 1 / std::sqrt(width);
    const RotaryTables tables = this->tables(layer, length);
    kernels::Rotation rotation;
    if (tables.cosine.defined())
        rotation = {tables.cosine.const_data_ptr<float>(), tables.sine.const_data_ptr<float>(), tables.cosine.size(1),
                    config_.rotary.interleaved};
    packed_.resize(static_cast<std::size_t>(queries * query_words + keys * (key_words + value_words)));
    std::uint32_t *query = packed_.data(), *key = query + queries * query_words, *value = key + keys * key_words;
    in_turn(queries + 2 * keys, [&](std::int64_t i) {
        // Powers of two are what the kernel computes.
        if (i < queries)
            kernels::pack_queries(head_rows(heads.q, first, length, i, width), rotation,
                                  static_cast<float>(scale * std::numbers::log2e), query + i * query_words);
        else if (i < queries + keys)
            kernels::pack_keys(head_rows(heads.k, first, length, i - queries, width), rotation,
                               key + (i - queries) * key_words);
        else
            kernels::pack_values(head_rows(heads.v, first, length, i - queries - keys, value_width),
                                 value + (i - queries - keys) * value_words);
    });
    const std::int64_t window = config_.window(layer), stride = out.stride(0),
                       blocks = (length + kernels::attention_block - 1) / kernels::attention_block;
    float* to = out.mutable_data_ptr<float>() + first * stride;
    in_turn(blocks * queries, [&](std::int64_t i) {
        const std::int64_t head = i % queries, shared = head / (queries / keys),
                           begin = (blocks - 1 - i / queries) * kernels::attention_block;
        kernels::attend({query + head * query_words, key + shared * key_words, value + shared * value_words, length,
                         width, value_width, window},
                        begin, std::min(begin + kernels::attention_block, length), to + head * value_width, stride);
    });
    const auto reach = static_cast<double>(window > 0 ? std::min(window, length) : length);
    products_.narrow += 2.0 * static_cast<double>(queries) * reach * (static_cast<double>(length) - reach / 2) *
                        static_cast<double>(width + value_width);
}

} // namespace octavo
