// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include "checkpoint/dtype.h"
#include "quantize/kernels/grid.h"
#include "recipe/recipe.h"

namespace octavo {

struct ScaleOptions {
    Dtype dtype = Dtype::f32; ///< in which plain scales are stored
    ScaleMethod method = ScaleMethod::extremes;
    at::Tensor importance = {}; ///< [K] mean square of the input; for weighted_least_squares
    float absmax = 0;           ///< largest |w| of the matrices that share a global scale; 0 = of this matrix alone
};

/// Grid and scales of one matrix [N, K], on the CPU whatever the device of the weight.
struct WeightGrid {
    kernels::Grid grid;
    at::Tensor scales;      ///< [down, across] float32, as stored
    at::Tensor zero_points; ///< likewise int8; undefined for symmetric weights

    /// [N, across]: what numbers are multiplied by.
    at::Tensor effective_scales(std::int64_t rows) const;
    at::Tensor effective_zero_points(std::int64_t rows) const; ///< float32; undefined for symmetric weights
    /// [K] int32: which of the `across` scales a column has.
    at::Tensor column_cells(std::int64_t columns) const;

    at::Tensor nearest_codes(const at::Tensor& weight) const; ///< [N, K] uint8, on the weight's device
    at::Tensor decoded(const at::Tensor& codes) const;        ///< [N, K] float32, on the device of the codes
};

/// Scales for `weight` [N, K], fixed before anything is solved.
WeightGrid weight_grid(const at::Tensor& weight, const QuantizationArgs& args, const ScaleOptions& options);

/// Tensor operations for devices without a kernel: the number of the grid nearest to each step, and its code.
at::Tensor on_grid(const at::Tensor& steps, const kernels::Grid& grid);
at::Tensor codes_on_grid(const at::Tensor& numbers, const at::Tensor& steps, const kernels::Grid& grid);

} // namespace octavo
