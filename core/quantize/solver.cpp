// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/solver.h"

#include "base/stop.h"
#include "quantize/kernels/solve.h"
#include "quantize/quadratic.h"
#include "quantize/tensor_kernels.h"

#include <map>
#include <mutex>

namespace octavo {

at::ScalarType scalar_type(Dtype dtype) {
    switch (dtype) {
    case Dtype::bf16: return at::kBFloat16;
    case Dtype::f16: return at::kHalf;
    default: return at::kFloat;
    }
}

at::Tensor rounded_to(const at::Tensor& values, Dtype dtype) { return values.to(scalar_type(dtype)).to(at::kFloat); }

namespace {

at::Tensor reversed(const at::Tensor& matrix) { return matrix.flip({0, 1}); }

} // namespace

HessianFactor factorize(const at::Tensor& hessian, const SolverOptions& options, const std::string& site,
                        const std::stop_token& stop) {
    HessianFactor out;
    out.hessian = hessian;
    out.shrinkage = options.shrinkage;
    at::Tensor diagonal = hessian.diagonal().clone();
    if (!at::isfinite(diagonal).all().item<bool>())
        throw Error(ErrorCode::not_finite, msg("The activations hold NaN or infinity"),
                    msg("Try shorter samples or another calibration set; the model may overflow in its own precision."),
                    Place{.layer = site});
    const double mean = diagonal.mean().item<double>();
    diagonal = at::where(diagonal == 0, at::ones_like(diagonal), diagonal);
    if (options.activation_order) {
        out.order = diagonal.argsort(/*stable=*/true, /*dim=*/0, /*descending=*/true);
        out.hessian = hessian.index_select(0, out.order).index_select(1, out.order);
        diagonal = diagonal.index_select(0, out.order);
    }
    for (out.damping = options.damping;; out.damping *= 10, ++out.escalations) {
        if (out.damping > 10)
            throw Error(ErrorCode::not_finite, msg("The Hessian cannot be factorised, whatever the damping"),
                        msg("Use more or other calibration text, or --solver rtn."), Place{.layer = site});
        out.lambda = out.damping * (mean > 0 ? mean : 1);
        at::Tensor damped = reversed(out.hessian);
        damped.diagonal().copy_((diagonal * (1 + out.shrinkage) + out.lambda).flip(0));
        const at::Tensor lower = lower_factor(std::move(damped), stop);
        if (!lower.defined()) continue;
        // J H J = L Lᵀ, hence H = (J Lᵀ J)ᵀ (J Lᵀ J) and S = J Lᵀ J is lower triangular.
        out.factor = reversed(lower.t()).contiguous();
        return out;
    }
}

namespace {

struct Sweep {               // in the order of the visits
    at::Tensor error, codes; ///< [N, K]
    at::Tensor row_loss;     ///< [N]
    at::Tensor column_loss;  ///< [K] double
};

/// A matrix while its columns are solved; everything in the order of the visits.
struct Problem {
    at::Tensor weight; ///< [N, K]
    at::Tensor factor; ///< S
    const kernels::Grid& grid;
    at::Tensor scales, zero_points; ///< [N, across]; zero points undefined for symmetric grids
    at::Tensor cells;               ///< [K] int32
};

/// The columns of a problem from `begin` on, as kernels have them. `correction` and `transposed` [columns, columns],
/// the diagonal block of Sᵀ, are contiguous.
kernels::SolveBlock block_of(const Problem& problem, const at::Tensor& correction, const at::Tensor& transposed,
                             std::int64_t begin, Sweep& sweep) {
    const float* zeros = problem.zero_points.defined() ? problem.zero_points.const_data_ptr<float>() : nullptr;
    return {transposed.size(0),
            problem.weight.const_data_ptr<float>() + begin,
            sweep.error.mutable_data_ptr<float>() + begin,
            sweep.codes.mutable_data_ptr<std::uint8_t>() + begin,
            problem.weight.size(1),
            correction.const_data_ptr<float>(),
            transposed.const_data_ptr<float>(),
            problem.scales.const_data_ptr<float>(),
            zeros,
            problem.cells.const_data_ptr<std::int32_t>() + begin,
            problem.grid.across,
            sweep.row_loss.mutable_data_ptr<float>(),
            sweep.column_loss.mutable_data_ptr<double>() + begin};
}

at::Tensor diagonal_block(const Problem& problem, std::int64_t begin, std::int64_t end) {
    return problem.factor.slice(0, begin, end).slice(1, begin, end).t().contiguous();
}

/// The columns [begin, end) on the CPU, rows in parallel.
void solve_columns(const Problem& problem, const at::Tensor& correction, std::int64_t begin, std::int64_t end,
                   Sweep& sweep) {
    const at::Tensor transposed = diagonal_block(problem, begin, end);
    const kernels::SolveBlock whole = block_of(problem, correction, transposed, begin, sweep);
    std::mutex guard;
    std::map<std::int64_t, std::vector<double>> shares; // summed in the order of the rows: same threads, same bits
    in_parallel(problem.weight.size(0), 64, [&](std::int64_t first, std::int64_t last) {
        std::vector<double> own(static_cast<std::size_t>(whole.columns), 0.0);
        kernels::SolveBlock block = whole;
        block.column_loss = own.data();
        kernels::solve_block(block, problem.grid, first, last);
        const std::lock_guard lock(guard);
        shares.emplace(first, std::move(own));
    });
    for (const auto& share : shares)
        for (std::int64_t i = 0; i < whole.columns; ++i)
            whole.column_loss[i] += share.second[static_cast<std::size_t>(i)];
}

/// The same on a device.
void solve_columns_on_device(const Problem& problem, const at::Tensor& correction, std::int64_t begin, std::int64_t end,
                             Sweep& sweep) {
    const std::int64_t rows = problem.weight.size(0), together = kernels::solve_rows_per_block;
    const at::Tensor transposed = diagonal_block(problem, begin, end),
                     share = at::empty({(rows + together - 1) / together, end - begin}, sweep.column_loss.options());
    kernels::on_device::solve_block(stream_of(problem.weight), block_of(problem, correction, transposed, begin, sweep),
                                    problem.grid, rows, share.mutable_data_ptr<double>());
}

/// The same by tensor operations, for devices without a kernel of our own and blocks that are too wide for it.
void solve_columns_generic(const Problem& problem, at::Tensor correction, std::int64_t begin, std::int64_t end,
                           Sweep& sweep) {
    const at::Tensor& weight = problem.weight;
    const at::Tensor cells = problem.cells.cpu();
    for (std::int64_t i = begin; i < end; ++i) {
        const std::int64_t cell = cells[i].item<std::int64_t>();
        const at::Tensor diagonal = problem.factor[i][i], scale = problem.scales.select(1, cell);
        const at::Tensor zero =
            problem.zero_points.defined() ? problem.zero_points.select(1, cell) : at::zeros_like(scale);
        const at::Tensor target = weight.select(1, i) + correction.select(1, i - begin) / diagonal;
        const at::Tensor steps = target / scale, numbers = on_grid(steps + zero, problem.grid);
        const at::Tensor value = (numbers - zero) * scale;
        const at::Tensor miss = ((target - value) * diagonal).square();
        sweep.error.select(1, i).copy_(weight.select(1, i) - value);
        sweep.codes.select(1, i).copy_(codes_on_grid(numbers, steps, problem.grid));
        sweep.row_loss.add_(miss);
        sweep.column_loss.select(0, i).copy_(miss.sum(at::kDouble));
        if (i + 1 < end)
            correction.slice(1, i + 1 - begin)
                .addr_(sweep.error.select(1, i), problem.factor.select(1, i).slice(0, i + 1, end));
    }
}

at::Tensor in_order(const at::Tensor& matrix, const HessianFactor& factor) {
    return factor.order.defined() ? matrix.index_select(1, factor.order.to(matrix.device())) : matrix;
}

Sweep solve_all(const Problem& problem, const SolverOptions& options, const std::stop_token& stop) {
    const at::Tensor& weight = problem.weight;
    const std::int64_t columns = weight.size(1);
    Sweep sweep{at::zeros_like(weight), at::empty(weight.sizes(), weight.options().dtype(at::kByte)),
                at::zeros({weight.size(0)}, weight.options()),
                at::zeros({columns}, weight.options().dtype(at::kDouble))};
    for (std::int64_t begin = 0; begin < columns; begin += options.block_size) {
        throw_if_stopped(stop);
        const std::int64_t end = std::min<std::int64_t>(begin + options.block_size, columns);
        const at::Tensor correction = begin > 0 ? at::mm(sweep.error.slice(1, 0, begin),
                                                         problem.factor.slice(0, begin, end).slice(1, 0, begin).t())
                                                : at::zeros({weight.size(0), end - begin}, weight.options());
        if (options.block_size > kernels::widest_block)
            solve_columns_generic(problem, correction, begin, end, sweep);
        else if (is_on_device(weight))
            solve_columns_on_device(problem, correction.contiguous(), begin, end, sweep);
        else if (weight.is_cpu())
            solve_columns(problem, correction.contiguous(), begin, end, sweep);
        else
            solve_columns_generic(problem, correction, begin, end, sweep);
    }
    return sweep;
}

} // namespace

Solution solve_gptq(const at::Tensor& weight, const HessianFactor& factor, WeightGrid grid,
                    const SolverOptions& options, const std::stop_token& stop) {
    const std::int64_t rows = weight.size(0), columns = weight.size(1);
    const at::Device device = weight.device();
    const at::Tensor zeros = grid.effective_zero_points(rows), cells = grid.column_cells(columns);
    const Problem problem{in_order(weight, factor).contiguous(),
                          factor.factor,
                          grid.grid,
                          grid.effective_scales(rows).to(device),
                          zeros.defined() ? zeros.to(device) : zeros,
                          (factor.order.defined() ? cells.index_select(0, factor.order.cpu()) : cells).to(device)};
    const Sweep sweep = solve_all(problem, options, stop);
    Solution out;
    // What was added to the diagonal is no error of the model's: take its share out again.
    const at::Tensor squares = sweep.error.square(), penalty = factor.penalty();
    out.row_error = (sweep.row_loss - at::mv(squares, penalty)).clamp_min(0);
    out.column_error =
        (sweep.column_loss - squares.sum(0, false, at::kDouble) * penalty).clamp_min(0).to(at::kFloat).cpu();
    out.error = out.row_error.sum(at::kDouble).item<double>();
    out.codes = sweep.codes;
    if (factor.order.defined()) {
        const at::Tensor back = factor.order.argsort();
        out.codes = out.codes.index_select(1, back);
        out.column_error = out.column_error.index_select(0, back.cpu());
    }
    out.weight = grid.decoded(out.codes);
    out.grid = std::move(grid);
    return out;
}

void measure_rounding(Solution& solution, const at::Tensor& weight, const HessianFactor& factor,
                      const std::stop_token& stop) {
    solution.energy = quadratic(in_order(weight, factor), factor.hessian, stop);
    const WeightGrid& grid = solution.grid;
    const at::Tensor rounded = grid.decoded(grid.nearest_codes(weight));
    solution.rounding_error = quadratic(in_order(weight - rounded, factor), factor.hessian, stop);
}

at::Tensor corrected(const at::Tensor& weight, const at::Tensor& products, const HessianFactor& factor,
                     const std::stop_token& stop) {
    const at::Tensor& lower = factor.factor; // H + λI = SᵀS
    const at::Tensor ordered = in_order(products, factor);
    at::Tensor change = at::empty_like(ordered);
    by_rows(ordered.size(0), ordered.size(1), stop, [&](std::int64_t begin, std::int64_t end) {
        const at::Tensor half = at::linalg_solve_triangular(lower, ordered.slice(0, begin, end), /*upper=*/false,
                                                            /*left=*/false);
        throw_if_stopped(stop);
        change.slice(0, begin, end).copy_(at::linalg_solve_triangular(lower.t(), half, /*upper=*/true, /*left=*/false));
    });
    return weight + (factor.order.defined() ? change.index_select(1, factor.order.argsort()) : change);
}

Solution round_to_nearest(const at::Tensor& weight, WeightGrid grid, const HessianFactor* factor,
                          const std::stop_token& stop) {
    Solution out;
    out.codes = grid.nearest_codes(weight);
    out.weight = grid.decoded(out.codes);
    out.grid = std::move(grid);
    if (!factor) return out;
    out.energy = quadratic(in_order(weight, *factor), factor->hessian, stop);
    measure_error(out, weight, *factor, stop);
    out.rounding_error = out.error;
    return out;
}

void measure_error(Solution& solution, const at::Tensor& weight, const HessianFactor& factor,
                   const std::stop_token& stop) {
    const at::Tensor error = in_order(weight - solution.weight, factor);
    const at::Tensor split = product(error, factor.hessian, stop).mul_(error);
    solution.row_error = split.sum(1);
    solution.column_error =
        factor.order.defined() ? split.sum(0).index_select(0, factor.order.argsort()) : split.sum(0);
    solution.error = split.sum(at::kDouble).item<double>();
}

} // namespace octavo
