// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "quantize/kernels/grid.h"

namespace octavo::kernels {

/// Most columns a block may have.
inline constexpr std::int64_t widest_block = 256;
/// Rows that a CUDA device solves together, and sums their column losses.
inline constexpr std::int64_t solve_rows_per_block = 8;

/// One block of columns of the pull-form GPTQ solve (arXiv 2507.18553): with H = SᵀS, S lower triangular,
///   c_i = w_i + (Σ_{j<i} S_ij e_j) / S_ii,  q_i = quantize(c_i),  e_j = w_j − q_j,  loss_i = S_ii² (c_i − q_i)².
/// Rows are independent. All pointers are to the block's first column; matrices are row-major with their own stride.
struct SolveBlock {
    std::int64_t columns = 0;      ///< in this block
    const float* weight = nullptr; ///< [rows, …] stride `stride`
    float* error = nullptr;        ///< [rows, …] stride `stride`: receives w − q
    std::uint8_t* codes = nullptr; ///< [rows, …] stride `stride`
    std::int64_t stride = 0;
    const float* correction = nullptr; ///< [rows, columns] contiguous: Σ over the columns before the block of S_ij e_j
    const float* factor_columns =
        nullptr;                   ///< [columns, columns]: row i holds S_ji for j (the transposed diagonal block of S)
    const float* scales = nullptr; ///< [rows, across]: effective ones, fixed before the solve
    const float* zero_points = nullptr;  ///< likewise; null for symmetric grids
    const std::int32_t* cells = nullptr; ///< [columns]: which of the `across` scales a column has
    std::int64_t across = 1;
    float* row_loss = nullptr;     ///< [rows], added to
    double* column_loss = nullptr; ///< [columns], added to; private to the calling thread
};

/// Solves rows [begin, end).
void solve_block(const SolveBlock& block, const Grid& grid, std::int64_t begin, std::int64_t end);

} // namespace octavo::kernels
