// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/balance.h"

#include "base/stop.h"
#include "quantize/kernels/balance.h"
#include "quantize/thinned.h"

#include <cmath>
#include <functional>

namespace octavo {

namespace {

constexpr int iterations = 120;
constexpr double rate = 0.05; ///< of Adam, in units of ln s; falls to zero at the end
constexpr std::int64_t most_rows = 1024, rows_per_part = 32;
/// A step looks at this many tokens of the sample and rows of the weights, and the next one at others: as many factors
/// as there are to fit, they would learn a few hundred by heart, and what the steps see together is what counts.
constexpr std::int64_t rows_per_step = 128;

struct Slope {
    double value = 0;
    at::Tensor gradient; ///< [K], by the logarithm of the factor
};

using Kernel = std::function<double(const float* rows, std::int64_t count, float* gradient)>;

/// Parts of fixed size, summed in order: the same bits for any number of threads.
Slope in_parts(const at::Tensor& rows, const Kernel& kernel) {
    const std::int64_t columns = rows.size(1), parts = (rows.size(0) + rows_per_part - 1) / rows_per_part;
    const at::Tensor gradients = at::zeros({parts, columns});
    std::vector<double> values(static_cast<std::size_t>(parts));
    in_parallel(parts, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t part = begin; part < end; ++part) {
            const std::int64_t first = part * rows_per_part, count = std::min(rows_per_part, rows.size(0) - first);
            values[static_cast<std::size_t>(part)] = kernel(rows.const_data_ptr<float>() + first * columns, count,
                                                            gradients.mutable_data_ptr<float>() + part * columns);
        }
    });
    Slope out{0, gradients.sum(0)};
    for (const double value : values) out.value += value;
    return out;
}

/// Rows dealt out so that every step has its own, [rows_per_step at most, K] each, contiguous and on the CPU.
std::vector<at::Tensor> dealt(const at::Tensor& rows) {
    const std::int64_t count = parts_of(rows.size(0), rows_per_step);
    std::vector<at::Tensor> out;
    for (std::int64_t i = 0; i < count; ++i) out.push_back(every_nth(rows, count, i).cpu().contiguous());
    return out;
}

/// The cost and its derivative by ln s of the consumers' input channels.
class Cost {
public:
    explicit Cost(const SmoothingProblem& problem)
        : input_(*problem.input), tokens_(dealt(problem.sample)), weights_(dealt(thinned(problem.weight, most_rows))),
          gain_(problem.weight.square().sum(0).cpu().contiguous()), energy_(problem.sample.square().sum(0).cpu()),
          share_(1.0 / 12 / std::pow(problem.weights.half_range(), 2)),
          all_tokens_(static_cast<double>(problem.sample.size(0))),
          all_rows_(static_cast<double>(problem.weight.size(0))) {}

    /// Of everything, as far as what step number `step` sees (it comes round again) tells.
    Slope operator()(const at::Tensor& scales, std::size_t step) const {
        const at::Tensor inverse = scales.reciprocal(), squares = energy_ * inverse.square();
        const at::Tensor &tokens = tokens_[step % tokens_.size()], &weights = weights_[step % weights_.size()];
        const double whole = all_tokens_ / static_cast<double>(tokens.size(0)),
                     share = share_ * all_rows_ / static_cast<double>(weights.size(0));
        const Slope activations = in_parts(tokens, [&](const float* rows, std::int64_t count, float* gradient) {
            return kernels::rounding_damage(rows, inverse.const_data_ptr<float>(), gain_.const_data_ptr<float>(),
                                            input_.half_range(), input_.symmetric, count, inverse.size(0), gradient);
        });
        const Slope reach = in_parts(weights, [&](const float* rows, std::int64_t count, float* gradient) {
            return kernels::squared_reach(rows, scales.const_data_ptr<float>(), count, scales.size(0), gradient);
        });
        const double energy = squares.sum(at::kDouble).item<double>();
        return {whole * activations.value + share * reach.value * energy,
                share * (energy * reach.gradient - 2 * reach.value * squares) - whole * activations.gradient};
    }

private:
    QuantizationArgs input_;
    std::vector<at::Tensor> tokens_, weights_;
    at::Tensor gain_, energy_; ///< [K]: ‖W_j‖² and Σ_t x_tj²
    double share_, all_tokens_, all_rows_;
};

} // namespace

bool can_be_balanced(const SmoothingProblem& problem) {
    return problem.weights.type == NumberType::integer && problem.input && problem.input->type == NumberType::integer &&
           problem.sample.size(0) > 0;
}

at::Tensor balanced_scales(const SmoothingProblem& problem, const at::Tensor& start, const std::stop_token& stop) {
    const Cost cost(problem);
    const at::Tensor expansion = problem.expansion.defined() ? problem.expansion.cpu() : at::Tensor();
    at::Tensor u = start.cpu().log(), mean = at::zeros_like(u), spread = at::zeros_like(u);
    for (int i = 1; i <= iterations; ++i) {
        throw_if_stopped(stop);
        const Slope slope = cost(expanded(u.exp(), expansion).contiguous(), static_cast<std::size_t>(i));
        if (!(slope.value > 0)) break; // nothing is lost any more
        at::Tensor gradient = slope.gradient / slope.value;
        if (expansion.defined()) gradient = at::zeros_like(u).index_add(0, expansion, gradient);
        mean = 0.9 * mean + 0.1 * gradient;
        spread = 0.99 * spread + 0.01 * gradient.square();
        const double step = rate * (1 - static_cast<double>(i) / (iterations + 1));
        u = u - step * (mean / (1 - std::pow(0.9, i))) / ((spread / (1 - std::pow(0.99, i))).sqrt() + 1e-6);
    }
    const at::Tensor scales = u.exp().to(start.device());
    // A channel that was zero throughout calibration says nothing about its scale.
    return at::where((problem.reach == 0).logical_or_(at::isfinite(scales).logical_not_()), start, scales);
}

} // namespace octavo
