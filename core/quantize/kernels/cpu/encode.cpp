// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/encode.h"

#include "number/number.h"
#include "quantize/kernels/cpu/vector.h"
#include "quantize/kernels/rounding.h"

#include <algorithm>

namespace octavo::kernels {

namespace {

/// Signed integers in the order of the floats that have these bits: their extremes vectorise without -ffast-math.
OCTAVO_INLINE std::int32_t ordered(std::int32_t bits) { return bits ^ ((bits >> 31) & 0x7fffffff); }

struct Extremes {
    std::int32_t low = 0, high = 0; ///< ordered; zero is always between them
    float lowest() const { return float_of(static_cast<std::uint32_t>(ordered(low))); }
    float highest() const { return float_of(static_cast<std::uint32_t>(high)); }
};

OCTAVO_MULTIVERSION void widen(Extremes& extremes, const float* values, std::int64_t count) {
    std::int32_t low = extremes.low, high = extremes.high;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int32_t value = ordered(static_cast<std::int32_t>(bits_of(values[i])));
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    extremes.low = low;
    extremes.high = high;
}

/// One row of a cell.
OCTAVO_MULTIVERSION void encode_run(Numbers kind, const float* values, std::int64_t count, float scale,
                                    float zero_point, float low, float high, std::uint8_t* codes) {
    for_numbers(kind, [=]<Numbers numbers>() {
        for (std::int64_t i = 0; i < count; ++i)
            codes[i] = nearest_code<numbers>(values[i], scale, zero_point, low, high);
    });
}

/// Σ importance · (w − ŵ)² of one row of a cell.
OCTAVO_MULTIVERSION float miss_of_run(Numbers kind, const float* values, const float* importance, std::int64_t count,
                                      float scale, float zero_point, float low, float high) {
    constexpr int lanes = 16; // partial sums: the compiler may not reorder a single one
    float partial[lanes] = {};
    const float inverse = 1.0f / scale; // near enough to compare candidates with
    for_numbers(kind, [&, values, importance]<Numbers numbers>() {
        const auto miss = [=](std::int64_t i) {
            const float number = on_grid<numbers>(values[i] * inverse + zero_point, low, high);
            const float error = values[i] - (number - zero_point) * scale;
            return importance ? importance[i] * error * error : error * error;
        };
        std::int64_t i = 0;
        for (; i + lanes <= count; i += lanes)
            for (int lane = 0; lane < lanes; ++lane) partial[lane] += miss(i + lane);
        for (; i < count; ++i) partial[0] += miss(i);
    });
    float sum = 0;
    for (const float value : partial) sum += value;
    return sum;
}

/// A cell: part of a matrix whose rows are `stride` apart.
struct Cell {
    const float* values;
    std::int64_t rows, columns, stride;
};

double miss_of(const Grid& grid, const Cell& cell, const float* importance, ScaleAndZero candidate) {
    double sum = 0;
    for (std::int64_t row = 0; row < cell.rows; ++row)
        sum += static_cast<double>(miss_of_run(grid.numbers, cell.values + row * cell.stride, importance, cell.columns,
                                               grid.effective(candidate.scale), candidate.zero_point, grid.low,
                                               grid.high));
    return sum;
}

/// Shrunken extremes clip outliers to make the steps finer; on a grid of floating-point numbers, and where a power of
/// two has to do, wider ones may fit better as well.
ScaleAndZero best_scale(const Grid& grid, const Cell& cell, const float* importance, float low, float high) {
    ScaleAndZero best = scale_for(grid, low, high), last = best;
    double least = miss_of(grid, cell, importance, best);
    const auto consider = [&](float factor) {
        const ScaleAndZero candidate = scale_for(grid, low * factor, high * factor);
        if (candidate.scale == last.scale && candidate.zero_point == last.zero_point) return;
        last = candidate;
        const double miss = miss_of(grid, cell, importance, candidate);
        if (miss >= least) return;
        least = miss;
        best = candidate;
    };
    if (grid.scales == Scales::e8m0) {
        for (const float factor : {2.0f, 0.5f, 0.25f}) consider(factor);
        return best;
    }
    if (grid.numbers != Numbers::integer)
        for (const float factor : {1.5f, 1.4f, 1.3f, 1.2f}) consider(factor);
    for (int step = 44; step >= 20; --step)
        if (step != 40) consider(static_cast<float>(step) / 40.0f); // 1.1 … 0.5
    return best;
}

} // namespace

float absolute_maximum(const float* weight, std::int64_t count) {
    Extremes extremes;
    widen(extremes, weight, count);
    return std::max(-extremes.lowest(), extremes.highest());
}

void choose_scales(const Grid& grid, const ScaleSearch& search, const float* weight, std::int64_t rows,
                   std::int64_t columns, float* scales, std::int8_t* zero_points) {
    for (std::int64_t first = 0; first < rows; first += grid.cell_rows)
        for (std::int64_t begin = 0; begin < columns; begin += grid.cell_columns) {
            const Cell cell{weight + first * columns + begin, std::min(grid.cell_rows, rows - first),
                            std::min(grid.cell_columns, columns - begin), columns};
            Extremes extremes;
            for (std::int64_t row = 0; row < cell.rows; ++row)
                widen(extremes, cell.values + row * cell.stride, cell.columns);
            const float low = extremes.lowest(), high = extremes.highest();
            const ScaleAndZero found =
                search.on ? best_scale(grid, cell, search.importance ? search.importance + begin : nullptr, low, high)
                          : scale_for(grid, low, high);
            *scales++ = found.scale;
            if (zero_points) *zero_points++ = found.zero_point;
        }
}

void encode(const Grid& grid, const float* weight, std::int64_t rows, std::int64_t columns, const float* scales,
            const std::int8_t* zero_points, std::uint8_t* codes) {
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t begin = 0, cell = row / grid.cell_rows * grid.across; begin < columns;
             begin += grid.cell_columns, ++cell)
            encode_run(grid.numbers, weight + row * columns + begin, std::min(grid.cell_columns, columns - begin),
                       grid.effective(scales[cell]), zero_points ? zero_points[cell] : 0.0f, grid.low, grid.high,
                       codes + row * columns + begin);
}

void decode(const Grid& grid, const std::uint8_t* codes, std::int64_t rows, std::int64_t columns, const float* scales,
            const std::int8_t* zero_points, float* out) {
    const std::array<float, 256> values = code_values(grid.numbers);
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t begin = 0, cell = row / grid.cell_rows * grid.across; begin < columns;
             begin += grid.cell_columns, ++cell) {
            const float scale = grid.effective(scales[cell]), zero = zero_points ? zero_points[cell] : 0.0f;
            const std::int64_t end = row * columns + std::min(begin + grid.cell_columns, columns);
            for (std::int64_t i = row * columns + begin; i < end; ++i) out[i] = (values[codes[i]] - zero) * scale;
        }
}

std::array<float, 256> code_values(Numbers numbers) {
    constexpr std::array<float, 8> e2m1{0.0f, 0.5f, 1.0f, 1.5f, 2.0f, 3.0f, 4.0f, 6.0f};
    std::array<float, 256> values{};
    for (int byte = 0; byte < 256; ++byte) {
        const auto code = static_cast<std::uint8_t>(byte);
        const float magnitude = e2m1[code & 7u];
        values[code] = numbers == Numbers::integer ? static_cast<float>(static_cast<std::int8_t>(code))
                       : numbers == Numbers::e4m3  ? float_from_e4m3(code)
                       : (code & 8u) != 0          ? -magnitude
                                                   : magnitude;
    }
    return values;
}

} // namespace octavo::kernels
