// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "quantize/kernels/cuda/extremes.cuh"
#include "quantize/kernels/cuda/launch.h"

namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE {

constexpr int encode_threads = 256;

/// One cell per warp or per block.
template <bool warp_per_cell>
__global__ void choose_cell_scales(Grid grid, const float* weight, std::int64_t rows, std::int64_t columns,
                                   std::int64_t cells, float* scales, std::int8_t* zero_points) {
    const int lanes = warp_per_cell ? warp_size : static_cast<int>(blockDim.x);
    const std::int64_t own = static_cast<std::int64_t>(blockIdx.x) * (blockDim.x / lanes) + threadIdx.x / lanes;
    const std::int64_t cell = own < cells ? own : cells - 1; // all lanes stay for what they do together
    const std::int64_t first_row = cell / grid.across * grid.cell_rows;
    const std::int64_t first = cell % grid.across * grid.cell_columns;
    const std::int64_t last_row = first_row + grid.cell_rows < rows ? first_row + grid.cell_rows : rows;
    const std::int64_t last = first + grid.cell_columns < columns ? first + grid.cell_columns : columns;
    const int lane = static_cast<int>(threadIdx.x) % lanes;
    Extremes extremes{0, 0};
    for (std::int64_t row = first_row; row < last_row; ++row)
        for (std::int64_t column = first + lane; column < last; column += lanes)
            widen(extremes, weight[row * columns + column]);
    extremes = together<warp_per_cell>(extremes);
    if (lane > 0 || own >= cells) return;
    const ScaleAndZero found = scale_for(grid, lowest(extremes), highest(extremes));
    scales[cell] = found.scale;
    if (zero_points) zero_points[cell] = found.zero_point;
}

const char* choose_scales(const Grid& grid, const float* weight, std::int64_t rows, std::int64_t columns, float* scales,
                          std::int8_t* zero_points, void* stream) {
    const std::int64_t cells = (rows + grid.cell_rows - 1) / grid.cell_rows * grid.across;
    if (rows == 0 || columns == 0) return nullptr;
    constexpr int per_block = encode_threads / warp_size;
    const double size = static_cast<double>(grid.cell_rows) * static_cast<double>(grid.cell_columns);
    if (size <= 1024)
        return launch(choose_cell_scales<true>, (cells + per_block - 1) / per_block, encode_threads, stream, grid,
                      weight, rows, columns, cells, scales, zero_points);
    return launch(choose_cell_scales<false>, cells, size <= 65536 ? encode_threads : 1024, stream, grid, weight, rows,
                  columns, cells, scales, zero_points);
}

/// One row per block.
template <Numbers numbers>
__global__ void encode_rows(Grid grid, const float* weight, std::int64_t columns, const float* scales,
                            const std::int8_t* zero_points, std::uint8_t* codes) {
    const std::int64_t row = blockIdx.x, cells = row / grid.cell_rows * grid.across;
    for (std::int64_t column = threadIdx.x; column < columns; column += blockDim.x) {
        const std::int64_t cell = cells + column / grid.cell_columns, at = row * columns + column;
        codes[at] = nearest_code<numbers>(weight[at], grid.effective(scales[cell]),
                                          zero_points ? zero_points[cell] : 0.0f, grid.low, grid.high);
    }
}

const char* encode(const Grid& grid, const float* weight, std::int64_t rows, std::int64_t columns, const float* scales,
                   const std::int8_t* zero_points, std::uint8_t* codes, void* stream) {
    const auto kernel = grid.numbers == Numbers::integer ? encode_rows<Numbers::integer>
                        : grid.numbers == Numbers::e4m3  ? encode_rows<Numbers::e4m3>
                                                         : encode_rows<Numbers::e2m1>;
    return launch(kernel, rows, encode_threads, stream, grid, weight, columns, scales, zero_points, codes);
}

template <Numbers numbers>
__global__ void decode_rows(Grid grid, const std::uint8_t* codes, std::int64_t columns, const float* scales,
                            const std::int8_t* zero_points, float* out) {
    const std::int64_t row = blockIdx.x, cells = row / grid.cell_rows * grid.across;
    for (std::int64_t column = threadIdx.x; column < columns; column += blockDim.x) {
        const std::int64_t cell = cells + column / grid.cell_columns, at = row * columns + column;
        out[at] =
            (value_of<numbers>(codes[at]) - (zero_points ? zero_points[cell] : 0.0f)) * grid.effective(scales[cell]);
    }
}

const char* decode(const Grid& grid, const std::uint8_t* codes, std::int64_t rows, std::int64_t columns,
                   const float* scales, const std::int8_t* zero_points, float* out, void* stream) {
    const auto kernel = grid.numbers == Numbers::integer ? decode_rows<Numbers::integer>
                        : grid.numbers == Numbers::e4m3  ? decode_rows<Numbers::e4m3>
                                                         : decode_rows<Numbers::e2m1>;
    return launch(kernel, rows, encode_threads, stream, grid, codes, columns, scales, zero_points, out);
}

/// One byte of the packed rows per thread: the codes that reach into its bits.
__global__ void pack_bytes(const std::uint8_t* codes, std::int64_t rows, std::int64_t columns, int bits,
                           std::uint8_t flip, std::int64_t row_bytes, std::uint8_t* out) {
    const std::int64_t at = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (at >= rows * row_bytes) return;
    const std::int64_t row = at / row_bytes, first_bit = at % row_bytes * 8;
    const unsigned mask = (1u << bits) - 1;
    unsigned byte = 0;
    for (std::int64_t column = first_bit / bits; column < columns && column * bits < first_bit + 8; ++column) {
        const unsigned code = (codes[row * columns + column] ^ flip) & mask;
        const int shift = static_cast<int>(column * bits - first_bit);
        byte |= shift < 0 ? code >> -shift : code << shift;
    }
    out[at] = static_cast<std::uint8_t>(byte & 0xffu);
}

const char* pack_codes(const std::uint8_t* codes, std::int64_t rows, std::int64_t columns, int bits, std::uint8_t flip,
                       std::int64_t row_bytes, std::uint8_t* out, void* stream) {
    return launch(pack_bytes, (rows * row_bytes + encode_threads - 1) / encode_threads, encode_threads, stream, codes,
                  rows, columns, bits, flip, row_bytes, out);
}

} // namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE
