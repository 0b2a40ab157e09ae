// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/smoothing.h"

#include "base/stop.h"
#include "model/decoder.h"
#include "quantize/solver.h"

#include <algorithm>
#include <map>

namespace octavo {

namespace {

const std::vector<double> coarse{-1, 0.2, 0.35, 0.5, 0.65, 0.8}; ///< −1 = leave as it is
const std::vector<double> fine{-0.1, -0.05, 0.05, 0.1};             ///< around the best of them

/// ‖Q(X D⁻¹) Q(W D)ᵀ − X Wᵀ‖² / ‖X Wᵀ‖² on the sample.
double damage(const SmoothingProblem& problem, const at::Tensor& exact, const at::Tensor& scales) {
    const at::Tensor per_input = expanded(scales, problem.expansion);
    const at::Tensor weight = problem.weight * per_input;
    const at::Tensor rounded = rounded_weight(weight, row_scales(weight, problem.weights, problem.scale_dtype), problem.weights);
    const at::Tensor seen = problem.input ? fake_quantized(problem.sample, *problem.input, per_input.reciprocal()) : problem.sample / per_input;
    return (at::mm(seen, rounded.t()) - exact).square().sum(at::kDouble).item<double>();
}

} // namespace

at::Tensor expanded(const at::Tensor& scales, const at::Tensor& expansion) { return expansion.defined() ? scales.index_select(0, expansion) : scales; }

at::Tensor smoothing_scales(const SmoothingProblem& problem, double alpha) {
    if (alpha < 0) return at::ones_like(problem.reach);
    const at::Tensor scales = problem.reach.pow(alpha) / problem.weight_reach.pow(1 - alpha);
    return at::where(problem.weight_reach == 0, problem.reach, scales).clamp_min(1e-5);
}

SmoothingChoice choose_smoothing(const SmoothingProblem& problem, const SmoothingOptions& options, const std::string& site, const std::stop_token& stop) {
    SmoothingChoice choice;
    choice.scales = at::ones_like(problem.reach);
    const auto pinned = std::find_if(options.strengths.begin(), options.strengths.end(), [&](const auto& entry) { return entry.first == site; });
    if (options.mode == SmoothingMode::off && pinned == options.strengths.end()) return choice;
    // The curve is measured for a fixed strength too: it is what the picture of the strength shows.
    const at::Tensor exact = at::mm(problem.sample, problem.weight.t());
    const double energy = std::max(exact.square().sum(at::kDouble).item<double>(), 1e-30);
    std::map<double, double> curve;
    const auto best = [&] { return std::min_element(curve.begin(), curve.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first; };
    const auto measure = [&](double alpha) {
        throw_if_stopped(stop);
        curve[alpha] = damage(problem, exact, smoothing_scales(problem, alpha)) / energy;
    };
    for (const double alpha : coarse) measure(alpha);
    if (const double centre = best(); centre >= 0)
        for (const double step : fine) measure(centre + step);
    for (const auto& [alpha, error] : curve) {
        choice.strengths.push_back(alpha);
        choice.errors.push_back(error);
    }
    if (pinned != options.strengths.end()) choice.alpha = pinned->second;
    else choice.alpha = options.mode == SmoothingMode::automatic ? best() : options.strength;
    choice.scales = smoothing_scales(problem, choice.alpha);
    return choice;
}

} // namespace octavo
