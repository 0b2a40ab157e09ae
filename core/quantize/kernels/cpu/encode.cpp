// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/encode.h"

#include <algorithm>

#include "quantize/kernels/rounding.h"

// One binary for every x86-64: the loader picks the widest version that the CPU has.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define OCTAVO_WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define OCTAVO_WIDEST
#endif

namespace octavo::kernels {

namespace {

/// Largest |w| of a row. Magnitudes of floats order like their bits, and an integer maximum vectorises without
/// -ffast-math.
OCTAVO_WIDEST float absolute_maximum(const float* row, std::int64_t columns) {
    std::int32_t largest = 0;
    for (std::int64_t column = 0; column < columns; ++column) {
        const auto magnitude = static_cast<std::int32_t>(bits_of(row[column]) & 0x7fffffffu);
        largest = magnitude > largest ? magnitude : largest;
    }
    return float_of(static_cast<std::uint32_t>(largest));
}

OCTAVO_WIDEST void int8_row(const float* row, std::int64_t columns, float scale, std::int8_t* codes) {
    for (std::int64_t column = 0; column < columns; ++column) codes[column] = int8_code(row[column] / scale);
}

OCTAVO_WIDEST void e4m3_row(const float* row, std::int64_t columns, float scale, std::uint8_t* codes) {
    for (std::int64_t column = 0; column < columns; ++column) codes[column] = e4m3_code(row[column] / scale);
}

} // namespace

void row_scales(std::span<const float> weight, std::int64_t rows, std::int64_t columns, float half_range,
                Dtype scale_dtype, std::span<float> scales) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const float scale = absolute_maximum(weight.data() + row * columns, columns) / half_range;
        scales[static_cast<std::size_t>(row)] = stored_scale(scale, scale_dtype);
    }
}

void encode_int8(std::span<const float> weight, std::int64_t rows, std::int64_t columns, std::span<const float> scales,
                 std::span<std::int8_t> codes) {
    for (std::int64_t row = 0; row < rows; ++row)
        int8_row(weight.data() + row * columns, columns, scales[static_cast<std::size_t>(row)],
                 codes.data() + row * columns);
}

void encode_e4m3(std::span<const float> weight, std::int64_t rows, std::int64_t columns, std::span<const float> scales,
                 std::span<std::uint8_t> codes) {
    for (std::int64_t row = 0; row < rows; ++row)
        e4m3_row(weight.data() + row * columns, columns, scales[static_cast<std::size_t>(row)],
                 codes.data() + row * columns);
}

} // namespace octavo::kernels
