// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/awq.h"

#include "quantize/quadratic.h"
#include "quantize/weight_grid.h"

namespace octavo {

at::Tensor awq_scales(const SmoothingProblem& problem, double alpha) {
    const at::Tensor ones = at::ones_like(problem.reach);
    if (alpha < 0) return ones;
    at::Tensor energy = problem.hessian.defined() ? problem.hessian.diagonal() : problem.sample.square().sum(0);
    if (problem.expansion.defined())
        energy = at::zeros_like(problem.reach).scatter_reduce(0, problem.expansion, energy, "amax");
    const at::Tensor heard = (energy > 0).logical_and_(problem.reach > 0);
    if (!heard.any().item<bool>()) return ones;
    const at::Tensor scales = energy.sqrt().pow(alpha), own = scales.masked_select(heard);
    return at::where(heard, scales / (own.max() * own.min()).sqrt(), ones);
}

std::function<double(const at::Tensor& scales)> scaled_rounding_damage(const SmoothingProblem& problem,
                                                                       const std::stop_token& stop) {
    const at::Tensor hessian = problem.hessian.defined() ? problem.hessian : gram(problem.sample, stop);
    const double energy = std::max(quadratic(problem.weight, hessian, stop), 1e-30);
    return [&problem, stop, hessian, energy](const at::Tensor& scales) {
        const at::Tensor per_input = expanded(scales, problem.expansion), scaled = problem.weight * per_input;
        const WeightGrid grid = weight_grid(scaled, problem.weights, {.dtype = problem.scale_dtype});
        const at::Tensor rounded = grid.decoded(grid.nearest_codes(scaled));
        return quadratic(rounded / per_input - problem.weight, hessian, stop) / energy;
    };
}

} // namespace octavo
