// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "checkpoint/dtype.h"

namespace octavo {

// Conversions between float and the small formats, round to nearest, ties to even. Definitions: OCP 8-bit floating
// point specification (E4M3: no infinity, ±448 is the largest, 0x7f/0xff is NaN), IEEE 754 binary16, bfloat16.

float float_from_f16(std::uint16_t bits);
std::uint8_t e4m3_from_float(float value); ///< saturates at ±448; NaN stays NaN
float float_from_e4m3(std::uint8_t bits);
/// OCP scale E8M0, 2^(byte − 127): the exponent of a positive number, rounded down, from −127 to 127.
std::uint8_t e8m0_from_float(float value);
float float_from_e8m0(std::uint8_t bits); ///< 0xff is NaN

/// Rounds to what `dtype` (f32, f16 or bf16) can hold.
float rounded_to(Dtype dtype, float value);

/// Bulk conversions; `in` and `out` hold the same number of elements. Supported dtypes: f64 (read only), f32, f16,
/// bf16, f8_e4m3, i8. Throw Error(unusable_model) for any other.
void to_float(Dtype dtype, std::span<const std::byte> in, std::span<float> out);
void from_float(Dtype dtype, std::span<const float> in, std::span<std::byte> out);

/// Index of the first NaN or infinity, or −1.
std::int64_t first_not_finite(std::span<const float> values);

} // namespace octavo
