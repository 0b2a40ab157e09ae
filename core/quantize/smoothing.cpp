// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/smoothing.h"

#include "base/stop.h"
#include "quantize/activation_grid.h"
#include "quantize/awq.h"
#include "quantize/balance.h"
#include "quantize/kernels/balance.h"
#include "quantize/kernels/gram.h"
#include "quantize/quadratic.h"
#include "quantize/thinned.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace octavo {

namespace {

const std::vector<double> coarse{-1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95}; ///< −1 = leave as it is
const std::vector<double> fine{-0.1, -0.05, 0.05, 0.1};                ///< around the best of them

constexpr std::int64_t most_tokens = 512; ///< a strength is one number: some hundred tokens tell it well enough

/// Expected ‖Q(X D⁻¹) Q(W D)ᵀ − X Wᵀ‖² / ‖X Wᵀ‖² on the sample: what the activations lose is measured, what the weights
/// lose is a uniform error of one step. A solver makes half of that good on the calibration text, but less on another:
/// trusting it cost a twentieth of the KL divergence on the sample calibrated with chats that were unlike the text. The
/// Gram matrix WᵀW stands in for W where it is the smaller one, so a candidate costs no more than tokens · K².
class Damage {
public:
    Damage(const SmoothingProblem& problem, const std::stop_token& stop)
        : problem_(problem), sample_(thinned(problem.sample, most_tokens).contiguous()),
          column_energy_(column_sizes(sample_).square_sum), gram_(problem.weight.size(0) > problem.weight.size(1)),
          // Products of an error with bf16 numbers tell its size as well, where they are faster.
          type_(sample_.is_cpu() && kernels::prefers_bf16() ? at::kBFloat16 : at::kFloat),
          product_((gram_ ? gram(problem.weight, stop) : problem.weight.t()).to(type_)) {
        energy_ = std::max(through_weights(sample_), 1e-30);
    }

    double operator()(const at::Tensor& scales) const {
        const at::Tensor per_input = expanded(scales, problem_.expansion),
                         inverse = per_input.reciprocal().contiguous();
        double lost = 0;
        if (problem_.input)
            lost += through_weights(fake_quantized(sample_, {*problem_.input}, inverse).mul_(per_input).sub_(sample_));
        // E4M3 rounds relative to each weight: moving a scale between X and W changes nothing there.
        if (problem_.weights.type == NumberType::integer)
            lost += squared_steps(per_input) / 12 *
                    (column_energy_ * inverse.cpu().square()).sum(at::kDouble).item<double>();
        return lost / energy_;
    }

private:
    /// ‖x Wᵀ‖²
    double through_weights(const at::Tensor& x) const {
        const at::Tensor y = at::mm(x.to(type_), product_);
        return (gram_ ? x * y : y.to(at::kFloat).square_()).sum(at::kDouble).item<double>();
    }

    /// Σ of the squares of the rows' steps.
    double squared_steps(const at::Tensor& per_input) const {
        const at::Tensor& weight = problem_.weight;
        const double range = problem_.weights.half_range();
        if (!weight.is_cpu())
            return ((weight * per_input).abs().amax(1) / range).square().sum(at::kDouble).item<double>();
        const at::Tensor factors = per_input.contiguous();
        constexpr std::int64_t part = 64; // fixed, so that the sum is the same for any number of threads
        std::vector<double> sums(static_cast<std::size_t>((weight.size(0) + part - 1) / part));
        in_parallel(static_cast<std::int64_t>(sums.size()), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                sums[static_cast<std::size_t>(i)] = kernels::exact_squared_reach(
                    {weight.const_data_ptr<float>() + i * part * weight.stride(0),
                     std::min(part, weight.size(0) - i * part), weight.size(1), weight.stride(0)},
                    factors.const_data_ptr<float>());
        });
        return std::accumulate(sums.begin(), sums.end(), 0.0) / (range * range);
    }

    const SmoothingProblem& problem_;
    at::Tensor sample_, column_energy_; ///< [tokens, K] and [K]: Σ_t x_tj²
    bool gram_;
    at::ScalarType type_;
    at::Tensor product_;
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
