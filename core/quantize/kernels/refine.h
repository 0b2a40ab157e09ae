// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "quantize/kernels/grid.h"

namespace octavo::kernels {

/// A solved matrix whose codes and scales are moved one at a time to where tr(E H Eᵀ), E = W − Ŵ, is least while all
/// others stay: coordinate descent (as in arXiv 2309.01885) over the codes and, cell by cell, the scales. Rows are
/// independent; matrices are contiguous.
struct RefineRows {
    std::int64_t columns = 0, across = 1;
    const float* hessian = nullptr;     ///< [columns, columns], symmetric, damped
    std::uint8_t* codes = nullptr;      ///< [rows, columns]
    float* gradient = nullptr;          ///< [rows, columns]: E H; kept up to date
    float* scales = nullptr;            ///< [rows, across] as they are stored
    const float* zero_points = nullptr; ///< [rows, across]; null for symmetric grids
    bool moves_scales = false;          ///< only where a cell is part of one row and the scales are plain
};

/// One sweep over rows [begin, end): each cell's scale, then its codes.
void refine_rows(const RefineRows& matrix, const Grid& grid, std::int64_t begin, std::int64_t end);

} // namespace octavo::kernels
