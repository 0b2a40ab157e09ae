// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "quantize/kernels/cuda/dialect.h"
#include "quantize/kernels/cuda/launch.h"

namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE {

constexpr int rows_together = static_cast<int>(solve_rows_per_block);
constexpr int solve_threads = rows_together * warp_size;

/// Where a row stands, spread over the lanes of a warp: strip s of lane l belongs to column 32 s + l of the block.
template <int strips>
struct SolvingRow {
    float weight[strips], pending[strips], scale[strips], zero_point[strips], loss[strips];
};

template <int strips>
__device__ __forceinline__ void load_row(SolvingRow<strips>& row, const SolveBlock& block, std::int64_t r, int lane) {
    OCTAVO_UNROLL
    for (int strip = 0; strip < strips; ++strip) {
        const int column = strip * warp_size + lane;
        const bool there = column < block.columns;
        const std::int64_t cell = there ? r * block.across + block.cells[column] : 0;
        row.weight[strip] = there ? block.weight[r * block.stride + column] : 0.0f;
        row.pending[strip] = there ? block.correction[r * block.columns + column] : 0.0f;
        row.scale[strip] = there ? block.scales[cell] : 1.0f;
        row.zero_point[strip] = there && block.zero_points ? block.zero_points[cell] : 0.0f;
        row.loss[strip] = 0.0f;
    }
}

/// The columns of one strip, one after another. Every lane rounds its own column at each step; only the owner's result
/// counts, and its error goes to all. Sums as the CPU's, term by term, fused where the CPU can.
template <Numbers numbers, int strips, class Factor>
__device__ __forceinline__ void solve_strip(SolvingRow<strips>& row, const SolveBlock& block, const Factor& factor,
                                            int strip, std::int64_t r, bool present, float low, float high) {
    const int lane = static_cast<int>(threadIdx.x) % warp_size, first = strip * warp_size;
    const int count = block.columns - first < warp_size ? static_cast<int>(block.columns) - first : warp_size;
    const float weight = row.weight[strip], scale = row.scale[strip], zero = row.zero_point[strip];
    for (int owner = 0; owner < count; ++owner) {
        const int below = owner * strips * warp_size;
        const float diagonal = factor[below + first + owner];
        const float target = __fadd_rn(weight, __fdiv_rn(row.pending[strip], diagonal));
        const float steps = __fdiv_rn(target, scale);
        const float number = on_grid<numbers>(__fadd_rn(steps, zero), low, high), off = __fsub_rn(number, zero);
        const float error = __fmaf_rn(-off, scale, weight);
        if (lane == owner && present) {
            const std::int64_t at = r * block.stride + first + owner;
            const float miss = __fmul_rn(diagonal, __fmaf_rn(-off, scale, target));
            row.loss[strip] = __fmul_rn(miss, miss);
            block.error[at] = error;
            block.codes[at] = code_on_grid<numbers>(number, steps < 0);
        }
        const float spread = __shfl_sync(whole_warp, error, owner);
        // Columns before the owner's get something too; nobody looks at them again.
        OCTAVO_UNROLL
        for (int later = 0; later < strips; ++later)
            if (later >= strip)
                row.pending[later] = __fmaf_rn(factor[below + later * warp_size + lane], spread, row.pending[later]);
    }
}

/// The sums of a block's rows: of each row over the columns, of each column over the rows (into `column_share`,
/// [gridDim.x, columns]). `part` has room for rows_together · strips · 32 numbers.
template <int strips, class Part>
__device__ __forceinline__ void add_losses(const SolvingRow<strips>& row, const SolveBlock& block, Part& part,
                                           std::int64_t r, bool present, double* column_share) {
    const int lane = static_cast<int>(threadIdx.x) % warp_size, warp = static_cast<int>(threadIdx.x) / warp_size;
    float sum = 0;
    __syncthreads(); // the last strip's factor is in use until here
    OCTAVO_UNROLL
    for (int strip = 0; strip < strips; ++strip) {
        sum = __fadd_rn(sum, row.loss[strip]);
        part[(warp * strips + strip) * warp_size + lane] = row.loss[strip];
    }
    sum = over_warp(sum, [](float a, float b) { return __fadd_rn(a, b); });
    if (lane == 0 && present) block.row_loss[r] = __fadd_rn(block.row_loss[r], sum);
    __syncthreads();
    for (int column = static_cast<int>(threadIdx.x); column < block.columns; column += solve_threads) {
        double all = 0;
        for (int other = 0; other < rows_together; ++other)
            all += static_cast<double>(part[other * strips * warp_size + column]);
        column_share[blockIdx.x * block.columns + column] = all;
    }
}

/// One warp per row; 32 rows of the factor at a time in shared memory.
template <Numbers numbers, int strips>
__global__ void solve_rows(SolveBlock block, std::int64_t rows, float low, float high, double* column_share) {
    OCTAVO_SHARED(float, factor, warp_size* strips* warp_size);
    constexpr int width = strips * warp_size;
    const std::int64_t r = static_cast<std::int64_t>(blockIdx.x) * rows_together + threadIdx.x / warp_size;
    const bool present = r < rows; // the others take part in what the block does together
    SolvingRow<strips> row;
    load_row(row, block, present ? r : rows - 1, static_cast<int>(threadIdx.x) % warp_size);
    OCTAVO_UNROLL
    for (int strip = 0; strip < strips; ++strip) {
        const int first = strip * warp_size;
        if (first < block.columns) {
            __syncthreads();
            for (int i = static_cast<int>(threadIdx.x); i < warp_size * width; i += solve_threads) {
                const int from = first + i / width, to = i % width;
                factor[i] =
                    from < block.columns && to < block.columns ? block.factor_columns[from * block.columns + to] : 0.0f;
            }
            __syncthreads();
            solve_strip<numbers>(row, block, factor, strip, r, present, low, high);
        }
    }
    add_losses(row, block, factor, r, present, column_share);
}

/// column_loss [columns] += the sum of `share` [parts, columns], in the order of the parts.
__global__ void add_columns(const double* share, std::int64_t parts, std::int64_t columns, double* column_loss) {
    OCTAVO_SHARED(double, partial, solve_threads);
    constexpr int lanes = solve_threads / warp_size;
    const int thread = static_cast<int>(threadIdx.x), lane = thread / warp_size;
    const std::int64_t column = static_cast<std::int64_t>(blockIdx.x) * warp_size + thread % warp_size;
    double sum = 0;
    if (column < columns)
        for (std::int64_t part = lane; part < parts; part += lanes) sum += share[part * columns + column];
    partial[thread] = sum;
    __syncthreads();
    if (lane > 0 || column >= columns) return;
    for (int other = 1; other < lanes; ++other) sum += partial[other * warp_size + thread];
    column_loss[column] += sum;
}

template <Numbers numbers>
const char* solve_numbers(const SolveBlock& block, const Grid& grid, std::int64_t rows, double* share, void* stream) {
    const std::int64_t blocks = (rows + rows_together - 1) / rows_together;
    return block.columns <= 4 * warp_size
               ? launch(solve_rows<numbers, 4>, blocks, solve_threads, stream, block, rows, grid.low, grid.high, share)
               : launch(solve_rows<numbers, 8>, blocks, solve_threads, stream, block, rows, grid.low, grid.high, share);
}

const char* solve_block(const SolveBlock& block, const Grid& grid, std::int64_t rows, double* share, void* stream) {
    if (rows == 0 || block.columns == 0) return nullptr;
    const char* failure =
        grid.numbers == Numbers::integer ? solve_numbers<Numbers::integer>(block, grid, rows, share, stream)
        : grid.numbers == Numbers::e4m3  ? solve_numbers<Numbers::e4m3>(block, grid, rows, share, stream)
                                         : solve_numbers<Numbers::e2m1>(block, grid, rows, share, stream);
    if (failure) return failure;
    return launch(add_columns, (block.columns + warp_size - 1) / warp_size, solve_threads, stream, share,
                  (rows + rows_together - 1) / rows_together, block.columns, block.column_loss);
}

} // namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE
