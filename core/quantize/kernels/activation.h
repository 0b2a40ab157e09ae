// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "quantize/kernels/grid.h"

namespace octavo::kernels {

// Row-wise CPU kernels on contiguous float matrices [rows, columns]. They do the work of one thread: callers split the
// rows.

/// y = x / sqrt(mean(x²) + epsilon) · weight; `weight` [columns].
void rms_norm(const float* in, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns, float* out);

/// What quantizing activations does to them: codes and back to float, with the scale that each cell's extremes ask for
/// or, with static quantization, the same one everywhere (`fixed`, else null). `inverse_scale` [columns] or null: x is
/// multiplied by it first (smoothing). In place is allowed.
void fake_quantize(const Grid& grid, const ScaleAndZero* fixed, const float* in, const float* inverse_scale,
                   std::int64_t rows, std::int64_t columns, float* out);

/// Least scale of a token in int8.
inline constexpr float smallest_token_scale = 1e-12f;

/// Dynamic per-token int8, kept as codes [rows, columns] and scales [rows]: value = code · scale, scale = max|x| /
/// 127.5, codes half to even in −128…127.
void quantize_int8(const float* in, const float* inverse_scale, std::int64_t rows, std::int64_t columns,
                   std::int8_t* codes, float* scales);

/// What products of codes stand for: out[r][c] = in[r][c] · row_scale[r] · column_scale[c], in that order.
void scale_products(const std::int32_t* in, const float* row_scale, const float* column_scale, std::int64_t rows,
                    std::int64_t columns, float* out);

/// Parts that a CUDA device divides the rows of a chunk into when it observes them.
inline constexpr std::int64_t observe_parts = 16;

/// Running per-channel minimum, maximum and Σx² over the columns [begin, end) of `rows` rows.
void observe_channels(const float* in, std::int64_t rows, std::int64_t columns, std::int64_t begin, std::int64_t end,
                      float* minimum, float* maximum, float* square_sum);

} // namespace octavo::kernels
