// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "quantize/kernels/cuda/extremes.cuh"
#include "quantize/kernels/cuda/launch.h"

namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE {

constexpr int row_threads = 256;

__device__ __forceinline__ float smoothed(const float* in, const float* inverse_scale, std::int64_t column) {
    return inverse_scale ? __fmul_rn(in[column], inverse_scale[column]) : in[column];
}

/// One row per block.
__global__ void norm_row(const float* in, const float* weight, float epsilon, std::int64_t columns, float* out) {
    const std::int64_t first = blockIdx.x * columns;
    float own = 0;
    for (std::int64_t k = threadIdx.x; k < columns; k += blockDim.x) own = __fmaf_rn(in[first + k], in[first + k], own);
    const double sum = over_block(static_cast<double>(own), [](double a, double b) { return a + b; });
    const auto factor = static_cast<float>(1.0 / sqrt(sum / static_cast<double>(columns) + epsilon));
    for (std::int64_t k = threadIdx.x; k < columns; k += blockDim.x)
        out[first + k] = __fmul_rn(__fmul_rn(in[first + k], factor), weight[k]);
}

const char* rms_norm(const float* in, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns,
                     float* out, void* stream) {
    return launch(norm_row, rows, row_threads, stream, in, weight, epsilon, columns, out);
}

/// One row per block.
__global__ void quantize_row(const float* in, const float* inverse_scale, std::int64_t columns, std::int8_t* codes,
                             float* scales) {
    const float* row = in + blockIdx.x * columns;
    std::int32_t largest = 0; // magnitudes have the order of their bits
    for (std::int64_t k = threadIdx.x; k < columns; k += blockDim.x)
        largest = Most()(largest, static_cast<std::int32_t>(bits_of(smoothed(row, inverse_scale, k)) & 0x7fffffffu));
    largest = over_block(largest, Most());
    const float absmax = __fdiv_rn(float_of(static_cast<std::uint32_t>(largest)), 127.5f);
    const float scale = absmax > smallest_token_scale ? absmax : smallest_token_scale;
    if (threadIdx.x == 0) scales[blockIdx.x] = scale;
    for (std::int64_t k = threadIdx.x; k < columns; k += blockDim.x)
        codes[blockIdx.x * columns + k] = static_cast<std::int8_t>(static_cast<std::int32_t>(
            clamped(round_even(__fdiv_rn(smoothed(row, inverse_scale, k), scale)), -128.0f, 127.0f)));
}

const char* quantize_int8(const float* in, const float* inverse_scale, std::int64_t rows, std::int64_t columns,
                          std::int8_t* codes, float* scales, void* stream) {
    return launch(quantize_row, rows, row_threads, stream, in, inverse_scale, columns, codes, scales);
}

/// One row per block.
__global__ void scale_row(const std::int32_t* in, const float* row_scale, const float* column_scale,
                          std::int64_t columns, float* out) {
    const std::int64_t first = blockIdx.x * columns;
    for (std::int64_t c = threadIdx.x; c < columns; c += blockDim.x)
        out[first + c] =
            __fmul_rn(__fmul_rn(static_cast<float>(in[first + c]), row_scale[blockIdx.x]), column_scale[c]);
}

const char* scale_products(const std::int32_t* in, const float* row_scale, const float* column_scale, std::int64_t rows,
                           std::int64_t columns, float* out, void* stream) {
    return launch(scale_row, rows, row_threads, stream, in, row_scale, column_scale, columns, out);
}

/// What a cell of an input is rounded with.
struct Rounding {
    Grid grid;
    bool is_fixed;
    ScaleAndZero fixed;
};

/// One cell of one row per warp or per block; `cells` is that of all rows.
template <Numbers numbers, bool warp_per_cell>
__global__ void fake_quantize_cell(Rounding rounding, const float* in, const float* inverse_scale, std::int64_t columns,
                                   std::int64_t cells, float* out) {
    const Grid& grid = rounding.grid;
    const int lanes = warp_per_cell ? warp_size : static_cast<int>(blockDim.x);
    const int lane = static_cast<int>(threadIdx.x) % lanes;
    const std::int64_t own = static_cast<std::int64_t>(blockIdx.x) * (blockDim.x / lanes) + threadIdx.x / lanes;
    const std::int64_t cell = own < cells ? own : cells - 1; // all lanes stay for what they do together
    const std::int64_t row = cell / grid.across * columns, begin = cell % grid.across * grid.cell_columns;
    const std::int64_t end = begin + grid.cell_columns < columns ? begin + grid.cell_columns : columns;
    ScaleAndZero found = rounding.fixed;
    if (!rounding.is_fixed) {
        Extremes extremes{0, 0};
        for (std::int64_t k = begin + lane; k < end; k += lanes) widen(extremes, smoothed(in + row, inverse_scale, k));
        extremes = together<warp_per_cell>(extremes);
        found = scale_for(grid, lowest(extremes), highest(extremes));
    }
    if (own >= cells) return;
    const float scale = grid.effective(found.scale), zero = found.zero_point;
    for (std::int64_t k = begin + lane; k < end; k += lanes) {
        const float steps = __fdiv_rn(smoothed(in + row, inverse_scale, k), scale);
        out[row + k] = __fmul_rn(on_grid<numbers>(__fadd_rn(steps, zero), grid.low, grid.high) - zero, scale);
    }
}

template <Numbers numbers>
const char* fake_quantize_numbers(const Rounding& rounding, const float* in, const float* inverse_scale,
                                  std::int64_t rows, std::int64_t columns, float* out, void* stream) {
    const std::int64_t cells = rows * rounding.grid.across;
    constexpr int per_block = row_threads / warp_size;
    if (rounding.grid.cell_columns <= 512)
        return launch(fake_quantize_cell<numbers, true>, (cells + per_block - 1) / per_block, row_threads, stream,
                      rounding, in, inverse_scale, columns, cells, out);
    return launch(fake_quantize_cell<numbers, false>, cells, row_threads, stream, rounding, in, inverse_scale, columns,
                  cells, out);
}

const char* fake_quantize(const Grid& grid, const ScaleAndZero* fixed, const float* in, const float* inverse_scale,
                          std::int64_t rows, std::int64_t columns, float* out, void* stream) {
    const Rounding rounding{grid, fixed != nullptr, fixed ? *fixed : ScaleAndZero()};
    switch (grid.numbers) {
    case Numbers::integer:
        return fake_quantize_numbers<Numbers::integer>(rounding, in, inverse_scale, rows, columns, out, stream);
    case Numbers::e4m3:
        return fake_quantize_numbers<Numbers::e4m3>(rounding, in, inverse_scale, rows, columns, out, stream);
    case Numbers::e2m1: break;
    }
    return fake_quantize_numbers<Numbers::e2m1>(rounding, in, inverse_scale, rows, columns, out, stream);
}

} // namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE
