// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "model/decoder.h"

namespace octavo {

/// What a matrix read and gave on the way through a layer, and the gradient of a scalar with respect to what it gave.
struct TracedProduct {
    const Linear* linear;     ///< of the weights that went through
    at::Tensor input, output; ///< [rows, K], [rows, N]
    at::Tensor gradient;      ///< [rows, N]
    at::Tensor tokens;        ///< [rows] long: the rows' tokens in the chunk; undefined = all, in their order
};

struct LayerGradient {
    std::vector<TracedProduct>
        products;     ///< in the order of execution; those that the scalar does not depend on are left out
    at::Tensor input; ///< of the layer's input [tokens, hidden]
};

/// Takes a chunk through a layer again, x [tokens, hidden], and the gradient [tokens, hidden] of a scalar with respect
/// to the layer's output back through it. Leaves the decoder as it was. Not in an InferenceMode, nor with tensors made
/// in one.
LayerGradient layer_gradient(Decoder& decoder, const LayerWeights& weights, const at::Tensor& x, const Chunk& chunk,
                             int layer, const at::Tensor& gradient);

/// ±1 for every logit, [tokens, vocabulary] int8, from a generator on the CPU: the same on every device and however
/// the tokens are cut.
at::Tensor random_signs(std::int64_t tokens, std::int64_t vocabulary, at::Generator& generator);

/// z [tokens, vocabulary] with E[z zᵀ] = diag(p) − p pᵀ over the signs, p = softmax(logits): the Fisher matrix of the
/// next token. e_label − p of a label drawn from p has the same second moments; z = √p ⊙ signs − p Σ(√p ⊙ signs)
/// scatters less where one token is nearly certain.
at::Tensor fisher_directions(const at::Tensor& logits, const at::Tensor& signs);

/// Gradient of Σ z ⊙ logits, z = fisher_directions(), with respect to the last layer's output x [tokens, hidden].
at::Tensor head_gradient(Decoder& decoder, const Linear& head, const Norm& norm, const at::Tensor& x,
                         const at::Tensor& signs);

} // namespace octavo
