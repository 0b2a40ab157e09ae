// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace octavo::kernels {

// XᵀX of numbers rounded to bf16: their products are exact in float32, which is what they are summed in. For CPUs that
// multiply pairs of bf16 numbers, where it is half as much to read as float32 and can be several times as fast.

/// Whether this CPU can (AVX512-BF16), unless OCTAVO_FLOAT32_PRODUCTS is set in the environment: for comparisons with
/// programs that multiply float32 numbers. The functions below must not be called where it is false.
bool multiplies_bf16();
/// Whether that is also the faster way to multiply large matrices: with tiles, and on AMD's CPUs. Those of Intel
/// without tiles start one product of bf16 vectors where they start two of float32 (seen on a Xeon with 2 cores: 167
/// GFLOP/s against 310).
bool prefers_bf16();

/// Columns that are stored side by side; of the matrix that add_gram() adds to, rows of as many are one piece of work.
inline constexpr std::int64_t gram_panel = 48;

inline constexpr std::int64_t gram_panels(std::int64_t columns) { return (columns + gram_panel - 1) / gram_panel; }

/// Words that narrow_pairs() fills for x [rows, columns].
std::int64_t narrow_words(std::int64_t rows, std::int64_t columns);

/// Running minimum, maximum and Σx² of the columns, as observe_channels() in activation.h has them.
struct ChannelExtremes {
    float *minimum, *maximum, *square_sum;
};

/// The panels [begin, end) of x [rows, columns], each row times its `scale` (null = 1), in bf16, half to even:
/// out[panel][row / 2][column in the panel] holds the numbers of two rows, the first one in the low half. Zeros stand
/// for what lies beyond x. On the way its columns are observed, without `scale`.
void narrow_pairs(const float* x, const float* scale, std::int64_t rows, std::int64_t columns, std::int64_t begin,
                  std::int64_t end, std::uint32_t* out, const ChannelExtremes& extremes);

/// Adds (XᵀX)_ij to sum [columns, columns] for the rows i of one panel and all columns from `first` on, a multiple of
/// gram_panel. Every number is summed in one order, whoever does which panel.
void add_gram(const std::uint32_t* pairs, std::int64_t rows, std::int64_t columns, std::int64_t panel,
              std::int64_t first, float* sum);

} // namespace octavo::kernels
