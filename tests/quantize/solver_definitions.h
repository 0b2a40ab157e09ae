// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "number/number.h"
#include "quantize/solver.h"

// What the tests of the solver hold it against: grids and scales by their definitions, in double.

namespace octavo {

inline QuantizationArgs channel_args(bool floating) {
    QuantizationArgs args;
    args.type = floating ? NumberType::floating : NumberType::integer;
    return args;
}

/// Correlated inputs with a few loud channels.
inline at::Tensor inputs(int tokens, int columns) {
    const at::Tensor mixed =
        at::mm(at::randn({tokens, columns}), at::randn({columns, columns})) * 0.1 + at::randn({tokens, columns});
    mixed.select(1, columns / 3).mul_(20);
    return mixed.contiguous();
}

/// The nearest number of the grid, by its definition.
inline double number_near(double steps, const QuantizationArgs& args) {
    const double top = std::ldexp(1.0, args.bits - 1);
    if (args.type == NumberType::integer) return std::nearbyint(std::clamp(steps, -top, top - 1));
    if (args.bits == 8) return float_from_e4m3(e4m3_from_float(static_cast<float>(steps)));
    const double magnitude = std::abs(steps);
    double best = 0;
    for (const double number : {0.0, 1.0, 2.0, 4.0, 0.5, 1.5, 3.0, 6.0}) // even codes first: they win ties
        if (std::abs(number - magnitude) < std::abs(best - magnitude)) best = number;
    return steps < 0 ? -best : best;
}

/// All numbers of a grid.
inline std::vector<double> numbers_of(const QuantizationArgs& args) {
    std::vector<double> out;
    if (args.type == NumberType::integer)
        for (double number = -std::ldexp(1.0, args.bits - 1); number < std::ldexp(1.0, args.bits - 1); ++number)
            out.push_back(number);
    else if (args.bits == 8)
        for (int byte = 0; byte < 256; ++byte) {
            const double number = float_from_e4m3(static_cast<std::uint8_t>(byte));
            if (std::isfinite(number)) out.push_back(number);
        }
    else
        for (const double number : {0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0}) out.insert(out.end(), {number, -number});
    return out;
}

/// Scale and zero point of every element [N, K], spread by the definition of the strategies.
struct Spread {
    at::Tensor scales, zeros;
};

inline Spread spread(const Solution& solution, const QuantizationArgs& args, std::int64_t rows, std::int64_t columns) {
    const bool blocks = args.strategy == Strategy::block, grouped = args.group_size > 0;
    const std::int64_t high = blocks                              ? (*args.block)[0]
                              : args.strategy == Strategy::tensor ? rows
                                                                  : 1,
                       wide = blocks    ? (*args.block)[1]
                              : grouped ? args.group_size
                                        : columns;
    const at::Tensor row = at::floor_divide(at::arange(rows), high),
                     column = at::floor_divide(at::arange(columns), wide);
    const auto expand = [&](const at::Tensor& cells) {
        return cells.to(at::kDouble).index_select(0, row).index_select(1, column);
    };
    const WeightGrid& grid = solution.grid;
    const double divisor = args.strategy == Strategy::tensor_group ? double(grid.grid.global_scale) : 1.0;
    // Effective scales are float32.
    return {(expand(grid.scales) / divisor).to(at::kFloat).to(at::kDouble),
            grid.zero_points.defined() ? expand(grid.zero_points) : at::zeros({rows, columns}, at::kDouble)};
}

inline Solution solve(const at::Tensor& weight, const HessianFactor& factor, const QuantizationArgs& args, Dtype dtype,
                      const SolverOptions& options) {
    Solution out = solve_gptq(weight, factor, weight_grid(weight, args, {.dtype = dtype}), options);
    measure_rounding(out, weight, factor);
    return out;
}

inline double quadratic(const at::Tensor& error, const at::Tensor& hessian) {
    return (at::mm(error.to(at::kDouble), hessian.to(at::kDouble)) * error).sum().item<double>();
}

inline SolverOptions options_with(double damping, bool order = false) {
    SolverOptions options;
    options.damping = damping;
    options.activation_order = order;
    return options;
}

} // namespace octavo
