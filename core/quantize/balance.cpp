// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/balance.h"

#include "base/stop.h"
#include "quantize/kernels/balance.h"
#include "quantize/thinned.h"

#include <algorithm>
#include <cmath>

namespace octavo {

namespace {

constexpr int iterations = 120;
constexpr double rate = 0.05; ///< of Adam, in units of ln s; falls to zero at the end
constexpr std::int64_t most_rows = 1024, rows_per_part = 32;
/// A step looks at this many tokens of the sample and rows of the weights, and the next one at others: as many factors
/// as there are to fit, they would learn a few hundred by heart, and what the steps see together is what counts.
constexpr std::int64_t rows_per_step = 128;

/// Rows of a matrix that a step looks at.
kernels::MatrixRows rows_of(const at::Tensor& rows) {
    return {rows.const_data_ptr<float>(), rows.size(0), rows.size(1), rows.stride(0)};
}

/// Rows dealt out so that every step has its own, [rows_per_step at most, K] each: views.
std::vector<at::Tensor> dealt(const at::Tensor& rows) {
    const std::int64_t count = parts_of(rows.size(0), rows_per_step);
    std::vector<at::Tensor> out;
    for (std::int64_t i = 0; i < count; ++i) out.push_back(every_nth(rows, count, i));
    return out;
}

/// The cost and its derivative by ln s of the consumers' input channels.
class Cost {
public:
    explicit Cost(const SmoothingProblem& problem)
        : input_(*problem.input), tokens_(dealt(problem.sample.cpu().contiguous())),
          weights_(dealt(thinned(problem.weight, most_rows).cpu())),
          gain_(column_sizes(problem.weight).square_sum.contiguous()),
          energy_(column_sizes(problem.sample).square_sum.contiguous()),
          share_(1.0 / 12 / std::pow(problem.weights.half_range(), 2)),
          all_tokens_(static_cast<double>(problem.sample.size(0))),
          all_rows_(static_cast<double>(problem.weight.size(0))), inverse_(static_cast<std::size_t>(gain_.size(0))) {}

    /// Of everything, as far as what step number `step` sees (it comes round again) tells; the derivative goes to
    /// `gradient` [K].
    double operator()(const std::vector<float>& scales, std::size_t step, std::vector<float>& gradient) {
        for (std::size_t k = 0; k < scales.size(); ++k) inverse_[k] = 1.0f / scales[k];
        const kernels::MatrixRows tokens = rows_of(tokens_[step % tokens_.size()]),
                                  weights = rows_of(weights_[step % weights_.size()]);
        const auto [damage, reach] = sums(tokens, weights, scales);
        const double whole = all_tokens_ / static_cast<double>(tokens.rows),
                     share = share_ * all_rows_ / static_cast<double>(weights.rows);
        const float* energies = energy_.const_data_ptr<float>();
        double energy = 0;
        for (std::size_t k = 0; k < scales.size(); ++k) energy += energies[k] * inverse_[k] * inverse_[k];
        const auto through_reach = static_cast<float>(share * energy),
                   through_energy = static_cast<float>(2 * share * reach), through_tokens = static_cast<float>(whole);
        for (std::size_t k = 0; k < scales.size(); ++k) {
            float of_tokens = 0, of_weights = 0;
            for (std::int64_t part = 0; part < parts(tokens); ++part) of_tokens += slope(part)[k];
            for (std::int64_t part = 0; part < parts(weights); ++part) of_weights += slope(parts(tokens) + part)[k];
            gradient[k] = through_reach * of_weights - through_energy * energies[k] * inverse_[k] * inverse_[k] -
                          through_tokens * of_tokens;
        }
        return whole * damage + share * reach * energy;
    }

private:
    static std::int64_t parts(const kernels::MatrixRows& x) { return (x.rows + rows_per_part - 1) / rows_per_part; }
    static kernels::MatrixRows part_of(const kernels::MatrixRows& x, std::int64_t part) {
        const std::int64_t first = part * rows_per_part;
        return {x.data + first * x.stride, std::min(rows_per_part, x.rows - first), x.columns, x.stride};
    }
    float* slope(std::int64_t part) { return slopes_.data() + part * gain_.size(0); }

    /// Of the tokens and of the weights, in parts of fixed size that are summed in order: the same bits for any number
    /// of threads. Leaves the derivatives of the parts in slopes_.
    std::pair<double, double> sums(const kernels::MatrixRows& tokens, const kernels::MatrixRows& weights,
                                   const std::vector<float>& scales) {
        const std::int64_t first = parts(tokens), count = first + parts(weights);
        slopes_.assign(static_cast<std::size_t>(count * gain_.size(0)), 0.0f);
        std::vector<double> values(static_cast<std::size_t>(count));
        in_turn(count, [&](std::int64_t part) {
            values[static_cast<std::size_t>(part)] =
                part < first
                    ? kernels::rounding_damage(part_of(tokens, part), inverse_.data(), gain_.const_data_ptr<float>(),
                                               input_.half_range(), input_.symmetric, slope(part))
                    : kernels::squared_reach(part_of(weights, part - first), scales.data(), slope(part));
        });
        std::pair<double, double> out;
        for (std::int64_t part = 0; part < count; ++part)
            (part < first ? out.first : out.second) += values[static_cast<std::size_t>(part)];
        return out;
    }

    QuantizationArgs input_;
    std::vector<at::Tensor> tokens_, weights_;
    at::Tensor gain_, energy_; ///< [K]: ‖W_j‖² and Σ_t x_tj²
    double share_, all_tokens_, all_rows_;
    std::vector<float> inverse_, slopes_;
};

} // namespace

bool can_be_balanced(const SmoothingProblem& problem) {
    return problem.weights.type == NumberType::integer && problem.input && problem.input->type == NumberType::integer &&
           problem.sample.size(0) > 0;
}

at::Tensor balanced_scales(const SmoothingProblem& problem, const at::Tensor& start, const std::stop_token& stop) {
    Cost cost(problem);
    const at::Tensor expansion = problem.expansion.defined() ? problem.expansion.cpu().contiguous() : at::Tensor();
    const std::int64_t* source = expansion.defined() ? expansion.const_data_ptr<std::int64_t>() : nullptr;
    const at::Tensor u = start.cpu().log().contiguous();
    float* position = u.mutable_data_ptr<float>();
    const auto channels = static_cast<std::size_t>(u.size(0)),
               inputs = static_cast<std::size_t>(problem.weight.size(1));
    std::vector<float> mean(channels), square(channels), scales(channels), all(inputs), gradient(inputs), own(channels);
    for (int i = 1; i <= iterations; ++i) {
        throw_if_stopped(stop);
        for (std::size_t k = 0; k < channels; ++k) scales[k] = std::exp(position[k]);
        for (std::size_t k = 0; k < inputs; ++k) all[k] = scales[source ? static_cast<std::size_t>(source[k]) : k];
        const double value = cost(all, static_cast<std::size_t>(i), gradient);
        if (!(value > 0)) break; // nothing is lost any more
        std::fill(own.begin(), own.end(), 0.0f);
        const auto unit = static_cast<float>(1 / value);
        for (std::size_t k = 0; k < inputs; ++k)
            own[source ? static_cast<std::size_t>(source[k]) : k] += gradient[k] * unit;
        kernels::adam_step({position, mean.data(), square.data()}, own.data(), u.size(0), i,
                           rate * (1 - static_cast<double>(i) / (iterations + 1)));
    }
    const at::Tensor found = u.exp().to(start.device());
    // A channel that was zero throughout calibration says nothing about its scale.
    return at::where((problem.reach == 0).logical_or_(at::isfinite(found).logical_not_()), start, found);
}

} // namespace octavo
