// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "checkpoint/dtype.h"
#include "recipe/scheme.h"

namespace octavo::kernels {

/// Per-row scale of a weight [rows, columns]: absmax / half_range, rounded to `scale_dtype` (bf16, f16 or f32); a row
/// of zeros gets that dtype's epsilon. Codes are computed with the rounded scale (compressed-tensors'
/// calculate_qparams).
void row_scales(std::span<const float> weight, std::int64_t rows, std::int64_t columns, float half_range,
                Dtype scale_dtype, std::span<float> scales);

/// int8: round half to even of w/scale, clamped to [−128, 127].
void encode_int8(std::span<const float> weight, std::int64_t rows, std::int64_t columns, std::span<const float> scales,
                 std::span<std::int8_t> codes);

/// E4M3, saturating at ±448.
void encode_e4m3(std::span<const float> weight, std::int64_t rows, std::int64_t columns, std::span<const float> scales,
                 std::span<std::uint8_t> codes);

/// The same three in one call on a CUDA device: weights are copied there, codes and scales back. Without CUDA (or
/// without a device) throws Error(device_lost). Codes equal the CPU's.
void encode_rows_on_device(int device, std::span<const float> weight, std::int64_t rows, std::int64_t columns,
                           const QuantizationArgs& args, Dtype scale_dtype, std::span<float> scales,
                           std::span<std::uint8_t> codes);

/// Number of CUDA devices that the runtime can use; 0 without CUDA or driver.
int device_count();

} // namespace octavo::kernels
