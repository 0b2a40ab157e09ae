// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "quantize/kernels/grid.h"

// Scales from extremes: one source for CPU and CUDA, so that both store the same ones.
namespace octavo::kernels {

/// The number of an E4M3 code; NaN for 0x7f and 0xff.
OCTAVO_HOST_DEVICE float value_e4m3(std::uint8_t code) {
    const std::uint32_t sign = (code & 0x80u) << 24, magnitude = code & 0x7fu;
    if (magnitude < 8) return float_of(sign | bits_of(static_cast<float>(magnitude) * 0.001953125f)); // steps of 2⁻⁹
    return float_of(sign | (magnitude == 0x7fu ? 0x7fc00000u : (magnitude << 20) + (120u << 23)));
}

/// The number of an E2M1 code, in the low four bits.
OCTAVO_HOST_DEVICE float value_e2m1(std::uint8_t code) {
    const std::uint32_t sign = (code & 8u) << 28, magnitude = code & 7u;
    if (magnitude < 2) return float_of(sign | (magnitude ? 0x3f000000u : 0u)); // 0.5 or nothing
    return float_of(sign | ((magnitude << 22) + (126u << 23)));
}

/// The number of a code: code_values() without a table.
template <Numbers numbers>
OCTAVO_HOST_DEVICE float value_of(std::uint8_t code) {
    if constexpr (numbers == Numbers::integer)
        return static_cast<float>(static_cast<std::int8_t>(code));
    else if constexpr (numbers == Numbers::e4m3)
        return value_e4m3(code);
    else
        return value_e2m1(code);
}

/// The power of two of OCP microscaling as compressed-tensors has it: the exponent of the largest magnitude, which
/// counts as the next one from 1.75 on, less that of the largest number of the grid.
OCTAVO_HOST_DEVICE float power_of_two_scale(Numbers numbers, float absmax) {
    const std::uint32_t exponent = (bits_of(absmax) + (1u << 21)) >> 23, offset = numbers == Numbers::e2m1 ? 2 : 8;
    return float_of(exponent > offset ? (exponent - offset) << 23 : 0x00400000u); // at least 2⁻¹²⁷, a subnormal
}

OCTAVO_HOST_DEVICE ScaleAndZero asymmetric_scale(const Grid& grid, float low, float high) {
    if (!(low < high)) return {stored_scale(0, grid.scale_dtype), 0}; // nothing but zeros
    const Dtype dtype = grid.scale_dtype;
    const float scale = rounded_scale(rounded_scale(high - low, dtype) / (grid.high - grid.low), dtype);
    const float zero = clamped(rounded_scale(grid.low - rounded_scale(low / scale, dtype), dtype), grid.low, grid.high);
    // The scale may have been too small for its dtype: 0 / 0.
    return {stored_scale(scale, dtype), static_cast<std::int8_t>(zero != zero ? 0.0f : round_even(zero))};
}

/// Scale and zero point for values between `low` ≤ 0 and `high` ≥ 0, rounded to what is stored; compressed-tensors'
/// calculate_qparams, with its steps of rounding where scales are of a 16-bit dtype. A scale of zero becomes a small
/// number.
OCTAVO_HOST_DEVICE ScaleAndZero scale_for(const Grid& grid, float low, float high) {
    if (!grid.symmetric) return asymmetric_scale(grid, low, high);
    const float reach = float_of(bits_of(low) & 0x7fffffffu), absmax = reach < high ? high : reach; // never minus zero
    switch (grid.scales) {
    case Scales::e8m0: return {power_of_two_scale(grid.numbers, absmax), 0};
    case Scales::e4m3: {
        const float scale = grid.global_scale * rounded_scale(absmax / grid.half_range, grid.scale_dtype);
        const float stored = value_e4m3(e4m3_code(scale));
        return {stored > 0 ? stored : 0.125f, 0};
    }
    case Scales::plain: break;
    }
    return {stored_scale(absmax / grid.half_range, grid.scale_dtype), 0};
}

} // namespace octavo::kernels
