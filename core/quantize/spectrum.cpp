// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/spectrum.h"

#include <algorithm>
#include <random>

namespace octavo {

namespace {

constexpr std::int64_t all_below = 64;   ///< channels up to which all eigenvalues are computed
constexpr int powers = 16, inverses = 8; ///< of the Krylov space
constexpr double lost = 1e-5;            ///< what is left of a vector that the space holds already, relative

/// ±1 for each channel, normalised; the same in every run.
at::Tensor probe(std::int64_t channels) {
    std::mt19937_64 random(channels);
    at::Tensor out = at::empty({channels});
    auto* values = out.mutable_data_ptr<float>();
    for (std::int64_t i = 0; i < channels; ++i) values[i] = random() >> 63 ? 1.0f : -1.0f;
    return out / out.norm();
}

class KrylovSpace {
public:
    explicit KrylovSpace(const HessianFactor& factor)
        : factor_(factor),
          basis_(at::zeros({factor.hessian.size(0), 1 + powers + inverses}, factor.hessian.options())) {
        basis_.select(1, size_++).copy_(probe(factor.hessian.size(0)).to(factor.hessian.device()));
        at::Tensor last = basis_.select(1, 0);
        for (int i = 0; i < powers && last.defined(); ++i) last = added(at::mv(factor_.hessian, last));
        last = basis_.select(1, 0);
        for (int i = 0; i < inverses && last.defined(); ++i) last = added(solved(last));
    }

    at::Tensor basis() const { return basis_.slice(1, 0, size_); }

private:
    /// (H + λI)⁻¹ x with H + λI = SᵀS.
    at::Tensor solved(const at::Tensor& x) const {
        const at::Tensor half = at::linalg_solve_triangular(factor_.factor.t(), x.unsqueeze(1), /*upper=*/true);
        return at::linalg_solve_triangular(factor_.factor, half, /*upper=*/false).squeeze(1);
    }

    /// What is new of x joins the basis and is returned; undefined when there is nothing.
    at::Tensor added(at::Tensor x) {
        const double length = x.norm().item<double>();
        if (!(length > 0)) return {};
        x = x / length;
        for (int twice = 0; twice < 2; ++twice) x = x - at::mv(basis(), at::mv(basis().t(), x));
        const double left = x.norm().item<double>();
        if (!(left > lost)) return {};
        basis_.select(1, size_).copy_(x / left);
        return basis_.select(1, size_++);
    }

    const HessianFactor& factor_;
    at::Tensor basis_;
    std::int64_t size_ = 0;
};

} // namespace

std::vector<float> hessian_spectrum(const HessianFactor& factor) {
    const at::Tensor& hessian = factor.hessian;
    const std::int64_t channels = hessian.size(0);
    const double mean = hessian.diagonal().mean().item<double>();
    if (!(mean > 0)) return {};
    at::Tensor values, shares;
    if (channels <= all_below) {
        values = at::linalg_eigvalsh(hessian.to(at::kCPU, at::kDouble));
        shares = at::full({channels}, 1.0 / static_cast<double>(channels), at::kDouble);
    } else {
        const at::Tensor basis = KrylovSpace(factor).basis();
        const at::Tensor projected = at::mm(basis.t(), at::mm(hessian, basis)).to(at::kCPU, at::kDouble);
        at::Tensor vectors;
        std::tie(values, vectors) = at::linalg_eigh((projected + projected.t()) / 2);
        shares = vectors.select(0, 0).square();
    }
    // No Gram has a negative eigenvalue: that is rounding.
    const at::Tensor both = at::cat({(values / mean).clamp_min(0).flip(0), shares.flip(0)}).to(at::kFloat).contiguous();
    return {both.const_data_ptr<float>(), both.const_data_ptr<float>() + both.numel()};
}

} // namespace octavo
