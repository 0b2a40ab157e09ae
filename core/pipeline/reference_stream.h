// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/decoder.h"

namespace octavo {

/// The original model beside the quantized one on the same tokens: what each matrix would read and write if nothing in
/// front of it had been quantized. Only the residual stream is kept, everything else lives for a chunk. Dense decoders
/// without latent attention.
class ReferenceStream {
public:
    /// `residual` = what is written into the residual stream also makes good how far that has drifted.
    /// `hidden` [tokens, hidden] = room for it.
    ReferenceStream(const Decoder& decoder, at::Tensor hidden, bool residual);

    void embed(const Chunk& chunk, const at::Tensor& embedded);
    /// The layer to come, before anything of it is replaced.
    void enter(const LayerWeights& weights) { weights_ = weights; }

    /// What the norm in front of attention (of `weights`, the layer to come) and MLP gives here, [tokens, hidden].
    at::Tensor attention_input(const Chunk& chunk, const Norm& norm) const;
    at::Tensor mlp_input(const Chunk& chunk) const;
    /// Walks past attention or MLP. Returns what o or down should give, without bias, [tokens, hidden]; `hidden` is the
    /// residual stream of the quantized model in front of it.
    at::Tensor attention(const Chunk& chunk, int layer, const at::Tensor& hidden);
    at::Tensor mlp(const Chunk& chunk, const at::Tensor& hidden);

private:
    at::Tensor rows(const Chunk& chunk) const { return hidden_.slice(0, chunk.begin, chunk.end); }
    at::Tensor add(const Chunk& chunk, const at::Tensor& inner, const Linear& linear, const Norm& norm,
                   const at::Tensor& hidden);

    const Decoder& decoder_;
    bool residual_;
    LayerWeights weights_;
    at::Tensor hidden_; ///< [tokens, hidden]
};

} // namespace octavo
