// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/activation.h"

#include "quantize/kernels/cpu/vector.h"
#include "quantize/kernels/encode.h"

#include <cstring>
#include <vector>

namespace octavo::kernels {

namespace {

OCTAVO_INLINE void scaled_row(const float* in, const float* inverse_scale, std::int64_t columns, float* out) {
    if (inverse_scale)
        for (std::int64_t k = 0; k < columns; ++k) out[k] = in[k] * inverse_scale[k];
    else if (in != out)
        std::memcpy(out, in, static_cast<std::size_t>(columns) * sizeof(float));
}

} // namespace

OCTAVO_MULTIVERSION void rms_norm(const float* in, const float* weight, float epsilon, std::int64_t rows,
                                  std::int64_t columns, float* out) {
    for (std::int64_t r = 0; r < rows; ++r, in += columns, out += columns) {
        // Sixteen partial sums: the compiler may not reorder a single one.
        float partial[16] = {};
        std::int64_t k = 0;
        for (; k + 16 <= columns; k += 16)
            for (int lane = 0; lane < 16; ++lane) partial[lane] += in[k + lane] * in[k + lane];
        double sum = 0;
        for (const float value : partial) sum += value;
        for (; k < columns; ++k) sum += static_cast<double>(in[k]) * in[k];
        const float factor = static_cast<float>(1.0 / std::sqrt(sum / static_cast<double>(columns) + epsilon));
        for (k = 0; k < columns; ++k) out[k] = in[k] * factor * weight[k];
    }
}

OCTAVO_MULTIVERSION void quantize_int8(const float* in, const float* inverse_scale, std::int64_t rows,
                                       std::int64_t columns, std::int8_t* codes, float* scales) {
    std::vector<float> row(static_cast<std::size_t>(columns));
    for (std::int64_t r = 0; r < rows; ++r, in += columns, codes += columns) {
        scaled_row(in, inverse_scale, columns, row.data());
        const float absmax = row_absmax(row.data(), columns) / 127.5f;
        const float scale = absmax > smallest_token_scale ? absmax : smallest_token_scale;
        scales[r] = scale;
        for (std::int64_t k = 0; k < columns; ++k)
            codes[k] = static_cast<std::int8_t>(static_cast<std::int32_t>(
                clamped(round_even(row[static_cast<std::size_t>(k)] / scale), -128.0f, 127.0f)));
    }
}

OCTAVO_MULTIVERSION void scale_products(const std::int32_t* in, const float* row_scale, const float* column_scale,
                                        std::int64_t rows, std::int64_t columns, float* out) {
    for (std::int64_t r = 0; r < rows; ++r, in += columns, out += columns) {
        const float scale = row_scale[r];
        for (std::int64_t c = 0; c < columns; ++c) out[c] = static_cast<float>(in[c]) * scale * column_scale[c];
    }
}

namespace {

/// One row of a cell, in place.
OCTAVO_MULTIVERSION void round_run(Numbers kind, float scale, float zero_point, float low, float high, float* values,
                                   std::int64_t count) {
    for_numbers(kind, [=]<Numbers numbers>() {
        for (std::int64_t i = 0; i < count; ++i)
            values[i] = (on_grid<numbers>(values[i] / scale + zero_point, low, high) - zero_point) * scale;
    });
}

} // namespace

void fake_quantize(const Grid& grid, const ScaleAndZero* fixed, const float* in, const float* inverse_scale,
                   std::int64_t rows, std::int64_t columns, float* out) {
    for (std::int64_t r = 0; r < rows; ++r, in += columns, out += columns) {
        scaled_row(in, inverse_scale, columns, out);
        for (std::int64_t begin = 0; begin < columns; begin += grid.cell_columns) {
            const std::int64_t count = grid.cell_columns < columns - begin ? grid.cell_columns : columns - begin;
            ScaleAndZero found;
            if (fixed)
                found = *fixed;
            else
                choose_scales(grid, {}, out + begin, 1, count, &found.scale, &found.zero_point);
            round_run(grid.numbers, grid.effective(found.scale), found.zero_point, grid.low, grid.high, out + begin,
                      count);
        }
    }
}

OCTAVO_MULTIVERSION void observe_channels(const float* in, std::int64_t rows, std::int64_t columns, std::int64_t begin,
                                          std::int64_t end, float* minimum, float* maximum, float* square_sum) {
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* row = in + r * columns;
        for (std::int64_t k = begin; k < end; ++k) {
            const float x = row[k];
            minimum[k] = x < minimum[k] ? x : minimum[k];
            maximum[k] = x > maximum[k] ? x : maximum[k];
            square_sum[k] += x * x;
        }
    }
}

} // namespace octavo::kernels
