// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/reference_stream.h"

namespace octavo {

namespace {

Activations exact(const at::Tensor& x) { return {x, {}, {}}; }

} // namespace

ReferenceStream::ReferenceStream(const Decoder& decoder, at::Tensor hidden, bool residual)
    : decoder_(decoder), residual_(residual), hidden_(std::move(hidden)) {}

void ReferenceStream::embed(const Chunk& chunk, const at::Tensor& embedded) { rows(chunk).copy_(embedded); }

at::Tensor ReferenceStream::attention_input(const Chunk& chunk, const Norm& norm) const {
    return decoder_.normalized(rows(chunk), norm);
}

at::Tensor ReferenceStream::mlp_input(const Chunk& chunk) const {
    return decoder_.normalized(rows(chunk), weights_.mlp_norm);
}

at::Tensor ReferenceStream::attention(const Chunk& chunk, int layer, const at::Tensor& hidden) {
    const Activations x = exact(attention_input(chunk, weights_.attention_norm));
    return add(chunk, decoder_.attend(decoder_.projected(x, weights_), chunk, layer), weights_.o,
               weights_.attention_output_norm, hidden);
}

at::Tensor ReferenceStream::mlp(const Chunk& chunk, const at::Tensor& hidden) {
    return add(chunk, decoder_.inner(exact(mlp_input(chunk)), weights_.mlp), weights_.mlp.down,
               weights_.mlp_output_norm, hidden);
}

at::Tensor ReferenceStream::add(const Chunk& chunk, const at::Tensor& inner, const Linear& linear, const Norm& norm,
                                const at::Tensor& hidden) {
    at::Tensor output = decoder_.multiply(exact(inner), linear);
    at::Tensor own = rows(chunk);
    // A norm between the matrix and the residual stream is not linear: what it should give there has no one inverse.
    const bool corrects = residual_ && !norm.weight.defined();
    const at::Tensor drift = corrects ? (own - hidden) / decoder_.config().residual_scale : at::Tensor();
    own.add_(decoder_.addition(output, norm));
    if (linear.bias.defined()) output.sub_(linear.bias);
    return corrects ? output.add_(drift) : output;
}

} // namespace octavo
