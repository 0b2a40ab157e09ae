// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/grid.h"

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

float global_scale_for(float absmax, Dtype dtype) {
    // fp16 is too small for it. torch, and so compressed-tensors, divides a number by a tensor in two rounded steps.
    const Dtype kept = dtype == Dtype::bf16 ? Dtype::bf16 : Dtype::f32;
    const float inverse = rounded_scale(1.0f / std::max(absmax, 0x1p-126f), kept);
    const float scale = rounded_scale(inverse * (448.0f * 6.0f), kept);
    return std::isfinite(scale) ? scale : 1.0f;
}

} // namespace octavo::kernels
