// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/decoder.h"

namespace octavo {

/// The residual stream x of a model in another basis, T x with T orthogonal (QuaRot, arXiv 2404.00456; SpinQuant's R1,
/// arXiv 2405.16406), without a change of what the model computes: a norm without its gain commutes with T, and the
/// gain goes into the matrices behind it. Only for models that check_rotatable() lets pass.
class ResidualRotation {
public:
    ResidualRotation(const ModelConfig& config, const Device& device, std::uint64_t seed);

    /// x Tᵀ for rows x [n, hidden].
    at::Tensor turned(const at::Tensor& rows) const { return at::mm(rows, turn_.t()); }
    /// Gains of the norms in front of attention and MLP become ones, what reads them W diag(gain) Tᵀ, what writes into
    /// the stream T W.
    void apply(LayerWeights& weights) const;

private:
    void reads(Linear& linear, const at::Tensor& gain) const;
    void writes(Linear& linear) const;

    const ModelConfig& config_;
    at::Tensor turn_; ///< T [hidden, hidden] float32
};

} // namespace octavo
