// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "quantize/kernels/grid.h"
#include "quantize/kernels/scale.h"
#include "recipe/scheme.h"

namespace octavo::kernels {

// Scales and codes of weights [rows, columns]. All do the work of one thread: callers split the rows, at whole cells.
// Scales are the numbers that are stored: a matrix has [⌈rows / cell_rows⌉, across] of them; zero points likewise, and
// null for symmetric grids.

/// What E4M3 scales are multiplied by when stored, so that the largest of them is 448: 448 · 6 / absmax in `dtype`
/// (compressed-tensors' generate_gparam); 1 for a tensor of zeros.
float global_scale_for(float absmax, Dtype dtype);

/// Largest |w|.
float absolute_maximum(const float* weight, std::int64_t count);

/// How a scale is found: from the extremes of its cell, or as the one among shrunken (and a few widened) extremes whose
/// codes are nearest to the weights in squared error, columns weighted by `importance` [columns] when given.
struct ScaleSearch {
    bool on = false;
    const float* importance = nullptr;
};

void choose_scales(const Grid& grid, const ScaleSearch& search, const float* weight, std::int64_t rows,
                   std::int64_t columns, float* scales, std::int8_t* zero_points);

/// Nearest codes, one per byte: integers in two's complement, E4M3 bytes, E2M1 in the low four bits.
void encode(const Grid& grid, const float* weight, std::int64_t rows, std::int64_t columns, const float* scales,
            const std::int8_t* zero_points, std::uint8_t* codes);

/// (number − zero point) · scale.
void decode(const Grid& grid, const std::uint8_t* codes, std::int64_t rows, std::int64_t columns, const float* scales,
            const std::int8_t* zero_points, float* out);

/// The number that each byte stands for.
std::array<float, 256> code_values(Numbers numbers);

/// choose_scales() by extremes and encode() in one call on a CUDA device: weights are copied there, scales, zero points
/// (empty for symmetric grids) and codes back. The same as on the CPU. Throws Error(device_lost), also without CUDA.
void encode_on_device(int device, const Grid& grid, std::span<const float> weight, std::int64_t rows,
                      std::int64_t columns, std::span<float> scales, std::span<std::int8_t> zero_points,
                      std::span<std::uint8_t> codes);

} // namespace octavo::kernels
