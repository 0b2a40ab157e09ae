// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/smoothing.h"

#include "base/stop.h"
#include "quantize/activation_grid.h"
#include "quantize/awq.h"
#include "quantize/balance.h"
#include "quantize/quadratic.h"
#include "quantize/thinned.h"

#include <algorithm>
#include <map>

namespace octavo {

namespace {

const std::vector<double> coarse{-1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95}; ///< −1 = leave as it is
const std::vector<double> fine{-0.1, -0.05, 0.05, 0.1};                ///< around the best of them

/// Expected ‖Q(X D⁻¹) Q(W D)ᵀ − X Wᵀ‖² / ‖X Wᵀ‖² on the sample: what the activations lose is measured, what the weights
/// lose is a uniform error of one step. A solver makes half of that good on the calibration text, but less on another:
/// trusting it cost a twentieth of the KL divergence on the sample calibrated with chats that were unlike the text. The
/// Gram matrix WᵀW stands in for W where it is the smaller one, so a candidate costs no more than tokens · K².
class Damage {
public:
    Damage(const SmoothingProblem& problem, const std::stop_token& stop)
        : problem_(problem), sample_(thinned(problem.sample, 512)),
          gram_(problem.weight.size(0) > problem.weight.size(1)),
          product_(gram_ ? gram(problem.weight, stop) : problem.weight.t()),
          magnitude_(problem.weights.type == NumberType::integer ? problem.weight.abs() : at::Tensor()) {
        energy_ = std::max(through_weights(sample_), 1e-30);
    }

    double operator()(const at::Tensor& scales) const {
        const at::Tensor per_input = expanded(scales, problem_.expansion), divided = sample_ / per_input;
        double lost = 0;
        if (problem_.input) lost += through_weights((fake_quantized(divided, {*problem_.input}) - divided) * per_input);
        // E4M3 rounds relative to each weight: moving a scale between X and W changes nothing there.
        if (magnitude_.defined()) {
            const at::Tensor step = (magnitude_ * per_input).amax(1) / problem_.weights.half_range();
            lost +=
                step.square().sum(at::kDouble).item<double>() / 12 * divided.square().sum(at::kDouble).item<double>();
        }
        return lost / energy_;
    }

private:
    /// ‖x Wᵀ‖²
    double through_weights(const at::Tensor& x) const {
        const at::Tensor y = at::mm(x, product_);
        return (gram_ ? y * x : y.square()).sum(at::kDouble).item<double>();
    }

    const SmoothingProblem& problem_;
    at::Tensor sample_; ///< [tokens, K]; a strength is one number: some hundred tokens tell it well enough
    bool gram_;
    at::Tensor product_, magnitude_;
    double energy_ = 1;
};

} // namespace

at::Tensor expanded(const at::Tensor& scales, const at::Tensor& expansion) {
    return expansion.defined() ? scales.index_select(0, expansion) : scales;
}

at::Tensor smoothing_scales(const SmoothingProblem& problem, double alpha) {
    if (alpha < 0) return at::ones_like(problem.reach);
    const at::Tensor scales = problem.reach.pow(alpha) / problem.weight_reach.pow(1 - alpha);
    const at::Tensor bounded = at::where(problem.weight_reach == 0, problem.reach, scales).clamp_min(1e-5);
    return at::where(problem.reach == 0, at::ones_like(bounded), bounded);
}

SmoothingChoice choose_smoothing(const SmoothingProblem& problem, const SmoothingOptions& options,
                                 const std::string& site, const std::stop_token& stop) {
    SmoothingChoice choice;
    choice.scales = at::ones_like(problem.reach);
    const auto pinned = std::find_if(options.strengths.begin(), options.strengths.end(),
                                     [&](const auto& entry) { return entry.first == site; });
    if (options.mode == SmoothingMode::off && pinned == options.strengths.end()) return choice;
    // The curve is measured for a fixed strength too: it is what the picture of the strength shows.
    const bool awq = options.rule == SmoothingRule::awq;
    const std::function<double(const at::Tensor&)> damage =
        awq ? scaled_rounding_damage(problem, stop) : std::function<double(const at::Tensor&)>(Damage(problem, stop));
    const auto scales_of = [&](double alpha) {
        return awq ? awq_scales(problem, alpha) : smoothing_scales(problem, alpha);
    };
    std::map<double, double> curve;
    const auto best = [&] {
        return std::min_element(curve.begin(), curve.end(),
                                [](const auto& a, const auto& b) { return a.second < b.second; })
            ->first;
    };
    const auto measure = [&](double alpha) {
        throw_if_stopped(stop);
        curve[alpha] = damage(scales_of(alpha));
    };
    const bool searched = options.mode == SmoothingMode::automatic && pinned == options.strengths.end();
    const bool balances = searched && !awq && options.balance && can_be_balanced(problem);
    for (const double alpha : coarse) measure(alpha);
    // The balance walks on from wherever it starts.
    if (const double centre = best(); centre >= 0 && !balances)
        for (const double step : fine)
            if (centre + step <= 1) measure(centre + step);
    for (const auto& [alpha, error] : curve) {
        choice.strengths.push_back(alpha);
        choice.errors.push_back(error);
    }
    if (pinned != options.strengths.end())
        choice.alpha = pinned->second;
    else
        choice.alpha = options.mode == SmoothingMode::automatic ? best() : options.strength;
    choice.scales = scales_of(choice.alpha);
    if (!balances) return choice;
    at::Tensor balanced = balanced_scales(problem, choice.scales, stop);
    choice.balanced_error = damage(balanced);
    choice.balanced = choice.balanced_error < curve.at(choice.alpha);
    if (choice.balanced) choice.scales = std::move(balanced);
    return choice;
}

} // namespace octavo
