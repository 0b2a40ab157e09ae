// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace octavo::kernels {

// XᵀX of numbers rounded to bfloat16, with sums in float32: what tensor cores do, on CPUs that have such products. They
// are exact in float32, and the rounding (2⁻⁹ of each number, at random) is far below that of any quantized input.

/// Whether this machine multiplies bfloat16 (AVX512_BF16).
bool multiplies_bf16();

inline constexpr std::int64_t gram_panel = 48; ///< channels that lie together in the packed form

/// Length of the packed form of x [rows, columns]: two rows to a number, columns in panels, zeros where there are none.
std::int64_t gram_packed_size(std::int64_t rows, std::int64_t columns);

/// Packs the pairs of rows [first, last) of x, each row times its scale [rows] (null = 1).
void gram_pack(const float* x, const float* scale, std::int64_t rows, std::int64_t columns, std::int64_t first,
               std::int64_t last, std::uint32_t* packed);

/// Blocks of one panel by one on and above the diagonal, in the order of their rows.
std::int64_t gram_blocks(std::int64_t columns);

/// gram [columns, columns] += XᵀX in the blocks [first, last): the upper triangle, and whole blocks on the diagonal.
void gram_add(const std::uint32_t* packed, std::int64_t rows, std::int64_t columns, std::int64_t first,
              std::int64_t last, float* gram);

} // namespace octavo::kernels
