// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/refine.h"

#include <algorithm>
#include <array>
#include <vector>

#include "quantize/kernels/cpu/vector.h"
#include "quantize/kernels/encode.h"
#include "quantize/kernels/rounding.h"

namespace octavo::kernels {

namespace {

constexpr std::int64_t tile = 16; ///< rows that share what is read of H

struct Tile {
    const RefineRows& matrix;
    const Grid& grid;
    std::array<float, 256> values; ///< number of each code
    std::int64_t first, rows;
    std::vector<float> numbers; ///< [tile, columns]: number − zero point
    std::vector<float> product; ///< [columns]: Hv of a cell

    float* gradient(std::int64_t r) const { return matrix.gradient + (first + r) * matrix.columns; }
    std::uint8_t* codes(std::int64_t r) const { return matrix.codes + (first + r) * matrix.columns; }
    float& scale(std::int64_t r, std::int64_t cell) const { return matrix.scales[(first + r) * matrix.across + cell]; }
    float zero_point(std::int64_t r, std::int64_t cell) const {
        return matrix.zero_points ? matrix.zero_points[(first + r) * matrix.across + cell] : 0.0f;
    }
};

/// y -= factor · x
OCTAVO_INLINE void subtract(float factor, const float* x, std::int64_t count, float* y) {
    for (std::int64_t i = 0; i < count; ++i) y[i] -= factor * x[i];
}

/// Scale of the cell [begin, end) by least squares: with v the numbers, δ = vᵀ(E H) / vᵀ H v.
OCTAVO_INLINE void move_scales(Tile& t, std::int64_t cell, std::int64_t begin, std::int64_t end) {
    const std::int64_t columns = t.matrix.columns;
    for (std::int64_t r = 0; r < t.rows; ++r) {
        const float *v = t.numbers.data() + r * columns, *g = t.gradient(r);
        // Row by row of H, which vectorises where a dot product may not.
        float* through = t.product.data();
        std::fill(through + begin, through + end, 0.0f);
        for (std::int64_t j = begin; j < end; ++j)
            subtract(-v[j], t.matrix.hessian + j * columns + begin, end - begin, through + begin);
        double slope = 0, curvature = 0;
        for (std::int64_t j = begin; j < end; ++j) {
            slope += static_cast<double>(v[j]) * static_cast<double>(g[j]);
            curvature += static_cast<double>(v[j]) * static_cast<double>(through[j]);
        }
        if (!(curvature > 0)) continue;
        float& scale = t.scale(r, cell);
        const auto wanted = static_cast<float>(static_cast<double>(scale) + slope / curvature);
        if (!(wanted > 0)) continue;
        const float next = stored_scale(wanted, t.grid.scale_dtype), moved = next - scale;
        // Rounded to 16 bits, a step may be one too far.
        if (moved == 0 || static_cast<double>(moved) * (static_cast<double>(moved) * curvature - 2 * slope) >= 0)
            continue;
        scale = next;
        for (std::int64_t j = begin; j < end; ++j)
            if (v[j] != 0) subtract(moved * v[j], t.matrix.hessian + j * columns, columns, t.gradient(r));
    }
}

template <Numbers numbers>
OCTAVO_INLINE void move_codes(Tile& t, std::int64_t cell, std::int64_t begin, std::int64_t end) {
    const std::int64_t columns = t.matrix.columns;
    for (std::int64_t j = begin; j < end; ++j) {
        const float* row = t.matrix.hessian + j * columns;
        for (std::int64_t r = 0; r < t.rows; ++r) {
            float &number = t.numbers[static_cast<std::size_t>(r * columns + j)], *g = t.gradient(r);
            const float scale = t.grid.effective(t.scale(r, cell)), zero = t.zero_point(r, cell);
            const float steps = number + g[j] / row[j] / scale;
            const float next = on_grid<numbers>(steps + zero, t.grid.low, t.grid.high) - zero;
            if (next == number) continue;
            const float moved = (next - number) * scale;
            if (moved * (moved * row[j] - 2 * g[j]) >= 0) continue; // a tie, or the old number was as near
            number = next;
            t.codes(r)[j] = code_on_grid<numbers>(numbers == Numbers::integer ? next + zero : next, steps < 0);
            subtract(moved, row, columns, g);
        }
    }
}

template <Numbers numbers>
OCTAVO_INLINE void sweep(Tile& t) {
    const std::int64_t columns = t.matrix.columns, width = t.grid.cell_columns;
    for (std::int64_t cell = 0; cell < t.matrix.across; ++cell)
        for (std::int64_t r = 0; r < t.rows; ++r)
            for (std::int64_t j = cell * width; j < std::min((cell + 1) * width, columns); ++j)
                t.numbers[static_cast<std::size_t>(r * columns + j)] = t.values[t.codes(r)[j]] - t.zero_point(r, cell);
    for (std::int64_t cell = 0; cell < t.matrix.across; ++cell) {
        const std::int64_t begin = cell * width, end = std::min(begin + width, columns);
        if (t.matrix.moves_scales) move_scales(t, cell, begin, end);
        move_codes<numbers>(t, cell, begin, end);
    }
}

} // namespace

OCTAVO_MULTIVERSION void refine_rows(const RefineRows& matrix, const Grid& grid, std::int64_t begin, std::int64_t end) {
    Tile t{matrix,
           grid,
           code_values(grid.numbers),
           begin,
           0,
           std::vector<float>(static_cast<std::size_t>(tile * matrix.columns)),
           std::vector<float>(static_cast<std::size_t>(matrix.columns))};
    for (; t.first < end; t.first += tile) {
        t.rows = std::min(tile, end - t.first);
        for_numbers(grid.numbers, [&]<Numbers numbers>() { sweep<numbers>(t); });
    }
}

} // namespace octavo::kernels
