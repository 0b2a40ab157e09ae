// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/grid.h"

#include "number/number.h"
#include "quantize/kernels/encode.h"
#include "quantize/kernels/rounding.h"

#include <algorithm>
#include <cmath>

namespace octavo::kernels {

Grid grid_of(const QuantizationArgs& args, Dtype scale_dtype, std::int64_t rows, std::int64_t columns) {
    Grid grid;
    grid.scale_dtype = scale_dtype;
    grid.symmetric = args.symmetric;
    grid.half_range = args.half_range();
    if (args.type == NumberType::integer) {
        grid.low = -std::ldexp(1.0f, args.bits - 1);
        grid.high = -grid.low - 1;
    } else {
        grid.numbers = args.bits == 4 ? Numbers::e2m1 : Numbers::e4m3;
        grid.high = grid.half_range;
        grid.low = -grid.high;
    }
    grid.scales = args.scale_dtype == "torch.uint8"           ? Scales::e8m0
                  : args.scale_dtype == "torch.float8_e4m3fn" ? Scales::e4m3
                                                              : Scales::plain;
    const ScaleCells cells = scale_cells(args, rows, columns);
    grid.cell_rows = cells.rows;
    grid.cell_columns = cells.columns;
    grid.across = cells.across;
    return grid;
}

namespace {

/// The power of two of OCP microscaling as compressed-tensors has it: the exponent of the largest magnitude, which
/// counts as the next one from 1.75 on, less that of the largest number of the grid.
float power_of_two_scale(Numbers numbers, float absmax) {
    const std::uint32_t exponent = (bits_of(absmax) + (1u << 21)) >> 23, offset = numbers == Numbers::e2m1 ? 2 : 8;
    return std::ldexp(1.0f, static_cast<int>(std::max(exponent, offset) - offset) - 127);
}

ScaleAndZero asymmetric(const Grid& grid, float low, float high) {
    if (!(low < high)) return {stored_scale(0, grid.scale_dtype), 0}; // nothing but zeros
    const auto rounded = [&](float value) { return rounded_scale(value, grid.scale_dtype); };
    const float scale = rounded(rounded(high - low) / (grid.high - grid.low));
    const float zero = std::clamp(rounded(grid.low - rounded(low / scale)), grid.low, grid.high);
    // The scale may have been too small for its dtype: 0 / 0.
    return {stored_scale(scale, grid.scale_dtype),
            static_cast<std::int8_t>(std::isnan(zero) ? 0.0f : std::nearbyint(zero))};
}

} // namespace

ScaleAndZero scale_for(const Grid& grid, float low, float high) {
    if (!grid.symmetric) return asymmetric(grid, low, high);
    const float absmax = std::max(std::fabs(low), high); // never minus zero
    switch (grid.scales) {
    case Scales::e8m0: return {power_of_two_scale(grid.numbers, absmax), 0};
    case Scales::e4m3: {
        const float scale = grid.global_scale * rounded_scale(absmax / grid.half_range, grid.scale_dtype);
        const float stored = float_from_e4m3(e4m3_code(scale));
        return {stored > 0 ? stored : 0.125f, 0};
    }
    case Scales::plain: break;
    }
    return {stored_scale(absmax / grid.half_range, grid.scale_dtype), 0};
}

float global_scale_for(float absmax, Dtype dtype) {
    // fp16 is too small for it. torch, and so compressed-tensors, divides a number by a tensor in two rounded steps.
    const Dtype kept = dtype == Dtype::bf16 ? Dtype::bf16 : Dtype::f32;
    const float inverse = rounded_scale(1.0f / std::max(absmax, 0x1p-126f), kept);
    const float scale = rounded_scale(inverse * (448.0f * 6.0f), kept);
    return std::isfinite(scale) ? scale : 1.0f;
}

} // namespace octavo::kernels
