// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/solve.h"

#include "quantize/kernels/cpu/vector.h"

#include <algorithm>

namespace octavo::kernels {

namespace {

constexpr std::int64_t tile = 32; ///< rows solved together, one per vector lane

/// Rows beside each other, column by column: rows of a wide matrix lie a multiple of 4 KiB apart, and reading or
/// writing down one column of it would go through a single set of the cache.
struct Tile {
    alignas(64) float pending[widest_block][tile]; ///< Σ S_ij e_j so far for each column of the block, then e_i
    alignas(64) float weight[widest_block][tile];
    alignas(64) std::uint8_t codes[widest_block][tile];
    alignas(64) float scale[tile], zero_point[tile], loss[tile], row_loss[tile];
    alignas(64) float number[tile], steps[tile];
    std::int64_t row[tile]; ///< lanes past the end repeat the last row; their results are thrown away
};

OCTAVO_INLINE void load_tile(Tile& t, const SolveBlock& block, std::int64_t first, std::int64_t rows) {
    for (std::int64_t r = 0; r < tile; ++r) {
        t.row[r] = first + std::min(r, rows - 1);
        t.zero_point[r] = 0;
        t.row_loss[r] = block.row_loss[t.row[r]];
        const float *weight = block.weight + t.row[r] * block.stride,
                    *correction = block.correction + t.row[r] * block.columns;
        for (std::int64_t i = 0; i < block.columns; ++i) {
            t.weight[i][r] = weight[i];
            t.pending[i][r] = correction[i];
        }
    }
}

OCTAVO_INLINE void store_tile(const Tile& t, const SolveBlock& block, std::int64_t first, std::int64_t rows) {
    for (std::int64_t r = 0; r < rows; ++r) {
        float* error = block.error + (first + r) * block.stride;
        std::uint8_t* codes = block.codes + (first + r) * block.stride;
        for (std::int64_t i = 0; i < block.columns; ++i) {
            error[i] = t.pending[i][r];
            codes[i] = t.codes[i][r];
        }
        block.row_loss[first + r] = t.row_loss[r];
    }
}

OCTAVO_INLINE void load_scales(Tile& t, const SolveBlock& block, std::int32_t cell) {
    for (std::int64_t r = 0; r < tile; ++r) t.scale[r] = block.scales[t.row[r] * block.across + cell];
    if (block.zero_points)
        for (std::int64_t r = 0; r < tile; ++r) t.zero_point[r] = block.zero_points[t.row[r] * block.across + cell];
}

template <Numbers numbers>
OCTAVO_INLINE void solve_column(Tile& t, std::int64_t i, float diagonal, float low, float high) {
    float *pending = t.pending[i], *weight = t.weight[i];
    for (std::int64_t r = 0; r < tile; ++r) {
        const float target = weight[r] + pending[r] / diagonal;
        t.steps[r] = target / t.scale[r];
        t.number[r] = on_grid<numbers>(t.steps[r] + t.zero_point[r], low, high);
        const float value = (t.number[r] - t.zero_point[r]) * t.scale[r];
        const float miss = diagonal * (target - value);
        t.loss[r] = miss * miss;
        t.row_loss[r] += t.loss[r];
        pending[r] = weight[r] - value;
    }
    for (std::int64_t r = 0; r < tile; ++r) t.codes[i][r] = code_on_grid<numbers>(t.number[r], t.steps[r] < 0);
}

template <Numbers numbers>
OCTAVO_INLINE void solve_rows(const SolveBlock& block, float low, float high, std::int64_t begin, std::int64_t end) {
    const std::int64_t columns = block.columns;
    Tile t;
    for (std::int64_t first = begin; first < end; first += tile) {
        const std::int64_t rows = std::min(tile, end - first);
        load_tile(t, block, first, rows);
        for (std::int64_t i = 0; i < columns; ++i) {
            if (i == 0 || block.cells[i] != block.cells[i - 1]) load_scales(t, block, block.cells[i]);
            const float* below = block.factor_columns + i * columns;
            solve_column<numbers>(t, i, below[i], low, high);
            const float* error = t.pending[i];
            for (std::int64_t j = i + 1; j < columns; ++j) {
                const float s = below[j];
                for (std::int64_t r = 0; r < tile; ++r) t.pending[j][r] += s * error[r];
            }
            for (std::int64_t r = 0; r < rows; ++r) block.column_loss[i] += static_cast<double>(t.loss[r]);
        }
        store_tile(t, block, first, rows);
    }
}

} // namespace

OCTAVO_MULTIVERSION void solve_block(const SolveBlock& block, const Grid& grid, std::int64_t begin, std::int64_t end) {
    const float low = grid.low, high = grid.high;
    switch (grid.numbers) {
    case Numbers::integer: return solve_rows<Numbers::integer>(block, low, high, begin, end);
    case Numbers::e4m3: return solve_rows<Numbers::e4m3>(block, low, high, begin, end);
    case Numbers::e2m1: return solve_rows<Numbers::e2m1>(block, low, high, begin, end);
    }
}

} // namespace octavo::kernels
