// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/awq.h"

#include "quantize/weight_grid.h"

namespace octavo {

namespace {

at::Tensor gram(const SmoothingProblem& problem) {
    return problem.hessian.defined() ? problem.hessian : at::mm(problem.sample.t(), problem.sample);
}

double through(const at::Tensor& rows, const at::Tensor& hessian) {
    return (at::mm(rows, hessian) * rows).sum(at::kDouble).item<double>();
}

} // namespace

at::Tensor awq_scales(const SmoothingProblem& problem, double alpha) {
    const at::Tensor ones = at::ones_like(problem.reach);
    if (alpha < 0) return ones;
    at::Tensor energy = gram(problem).diagonal();
    if (problem.expansion.defined())
        energy = at::zeros_like(problem.reach).scatter_reduce(0, problem.expansion, energy, "amax");
    const at::Tensor heard = (energy > 0).logical_and_(problem.reach > 0);
    if (!heard.any().item<bool>()) return ones;
    const at::Tensor scales = energy.sqrt().pow(alpha), own = scales.masked_select(heard);
    return at::where(heard, scales / (own.max() * own.min()).sqrt(), ones);
}

std::function<double(const at::Tensor& scales)> scaled_rounding_damage(const SmoothingProblem& problem) {
    const at::Tensor hessian = gram(problem);
    const double energy = std::max(through(problem.weight, hessian), 1e-30);
    return [&problem, hessian, energy](const at::Tensor& scales) {
        const at::Tensor per_input = expanded(scales, problem.expansion), scaled = problem.weight * per_input;
        const WeightGrid grid = weight_grid(scaled, problem.weights, {.dtype = problem.scale_dtype});
        const at::Tensor rounded = grid.decoded(grid.nearest_codes(scaled)).to(scaled.device());
        return through(rounded / per_input - problem.weight, hessian) / energy;
    };
}

} // namespace octavo
