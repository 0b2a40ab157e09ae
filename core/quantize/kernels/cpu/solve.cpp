// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/solve.h"

#include "quantize/kernels/cpu/vector.h"

#include <algorithm>

namespace octavo::kernels {

namespace {

constexpr std::int64_t tile = 32; ///< rows solved together, one per vector lane

struct Tile {
    alignas(64) float pending[widest_block][tile]; ///< Σ S_ij e_j so far, for each column of the block
    alignas(64) float scale[tile], loss[tile];
    alignas(64) float error[tile], code[tile];
};

OCTAVO_INLINE void solve_column(Tile& t, const float* weight, const float* pending, float diagonal, bool integer) {
    for (std::int64_t r = 0; r < tile; ++r) {
        const float target = weight[r] + pending[r] / diagonal;
        const float steps = target / t.scale[r];
        t.code[r] =
            integer ? clamped(round_even(clamped(steps, -200000.0f, 200000.0f)), -128.0f, 127.0f) : round_e4m3(steps);
        const float value = t.code[r] * t.scale[r];
        const float miss = diagonal * (target - value);
        t.loss[r] = miss * miss;
        t.error[r] = weight[r] - value;
    }
}

} // namespace

OCTAVO_MULTIVERSION void solve_block(const SolveBlock& block, CodeGrid grid, std::int64_t begin, std::int64_t end) {
    const std::int64_t columns = block.columns;
    const bool integer = grid == CodeGrid::int8;
    Tile t;
    alignas(64) float weight[tile];
    for (std::int64_t first = begin; first < end; first += tile) {
        const std::int64_t rows = std::min(tile, end - first);
        for (std::int64_t r = 0; r < tile; ++r) {
            // Lanes past the end repeat the last row; their results are thrown away.
            const std::int64_t row = first + std::min(r, rows - 1);
            t.scale[r] = block.scales[row];
            for (std::int64_t i = 0; i < columns; ++i) t.pending[i][r] = block.correction[row * columns + i];
        }
        for (std::int64_t i = 0; i < columns; ++i) {
            const float* below = block.factor_columns + i * columns;
            for (std::int64_t r = 0; r < tile; ++r)
                weight[r] = block.weight[(first + std::min(r, rows - 1)) * block.stride + i];
            solve_column(t, weight, t.pending[i], below[i], integer);
            for (std::int64_t j = i + 1; j < columns; ++j) {
                const float s = below[j];
                for (std::int64_t r = 0; r < tile; ++r) t.pending[j][r] += s * t.error[r];
            }
            for (std::int64_t r = 0; r < rows; ++r) {
                const std::int64_t at = (first + r) * block.stride + i;
                block.error[at] = t.error[r];
                block.codes[at] =
                    integer ? static_cast<std::uint8_t>(static_cast<std::int8_t>(t.code[r])) : code_e4m3(t.code[r]);
                block.row_loss[first + r] += t.loss[r];
                block.column_loss[i] += static_cast<double>(t.loss[r]);
            }
        }
    }
}

} // namespace octavo::kernels
