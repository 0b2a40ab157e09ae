// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace octavo::kernels {

// Row-wise CPU kernels on contiguous float matrices [rows, columns]. They do the work of one thread: callers split the
// rows.

/// y = x / sqrt(mean(x²) + epsilon) · weight; `weight` [columns].
void rms_norm(const float* in, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns, float* out);

/// What a dynamic per-token int8 quantizer does to activations: scale = max|x| / 127.5 per row, codes half to even in
/// −128…127, back to float. `inverse_scale` [columns] or null: x is multiplied by it first (smoothing). In place is
/// allowed.
void fake_quantize_int8(const float* in, const float* inverse_scale, std::int64_t rows, std::int64_t columns,
                        float* out);

/// The same, kept as codes [rows, columns] and scales [rows]: value = code · scale.
void quantize_int8(const float* in, const float* inverse_scale, std::int64_t rows, std::int64_t columns,
                   std::int8_t* codes, float* scales);

/// The same on the E4M3 grid: scale = max|x| / 448.
void fake_quantize_e4m3(const float* in, const float* inverse_scale, std::int64_t rows, std::int64_t columns,
                        float* out);

/// Running per-channel minimum, maximum and Σx² over the columns [begin, end) of `rows` rows.
void observe_channels(const float* in, std::int64_t rows, std::int64_t columns, std::int64_t begin, std::int64_t end,
                      float* minimum, float* maximum, float* square_sum);

} // namespace octavo::kernels
