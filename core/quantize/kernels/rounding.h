// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>

#include "checkpoint/dtype.h"

// Rounding on bit patterns, the same source for CPU and CUDA so that both give the same codes. Written without branches
// on data where a loop over a row has to vectorise.
#ifdef __CUDACC__
#define OCTAVO_HOST_DEVICE __host__ __device__ __forceinline__
#else
#define OCTAVO_HOST_DEVICE inline __attribute__((always_inline)) // into every copy of a loop
#endif

namespace octavo::kernels {

enum class Numbers { integer, e4m3, e2m1 };

OCTAVO_HOST_DEVICE std::uint32_t bits_of(float value) {
    std::uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

OCTAVO_HOST_DEVICE float float_of(std::uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/// Nearest bfloat16, ties to even; finite input.
OCTAVO_HOST_DEVICE float rounded_to_bf16(float value) {
    const std::uint32_t bits = bits_of(value);
    return float_of((bits + 0x7fffu + ((bits >> 16) & 1u)) & 0xffff0000u);
}

/// Nearest binary16, ties to even, for values in [0, 65504].
OCTAVO_HOST_DEVICE float rounded_to_f16(float value) {
    // Below 2⁻¹⁴ the step is 2⁻²⁴: adding and subtracting 0.5, whose step in fp32 is the same, rounds to it.
    if (value < 6.103515625e-05f) return (value + 0.5f) - 0.5f;
    const std::uint32_t bits = bits_of(value);
    return float_of((bits + 0xfffu + ((bits >> 13) & 1u)) & 0xffffe000u);
}

/// E4M3 code of a quotient: half to even, saturating at ±448.
OCTAVO_HOST_DEVICE std::uint8_t e4m3_code(float quotient) {
    const std::uint32_t bits = bits_of(quotient);
    const std::uint32_t sign = (bits >> 24) & 0x80u;
    float magnitude = float_of(bits & 0x7fffffffu);
    magnitude = magnitude > 448.0f ? 448.0f : magnitude;
    const std::uint32_t raw = bits_of(magnitude);
    // Normal: keep 3 bits of the mantissa, change the exponent's bias from 127 to 7.
    const std::uint32_t normal = ((raw + 0x7ffffu + ((raw >> 20) & 1u)) >> 20) - (120u << 3);
    // Below 2⁻⁶ the step is 2⁻⁹, which is that of 2¹⁴ in fp32.
    const std::uint32_t small = bits_of(magnitude + 16384.0f) - 0x46800000u;
    return static_cast<std::uint8_t>(sign | (magnitude < 0.015625f ? small : normal));
}

/// E2M1 code of a quotient in the low four bits: half to even, saturating at ±6. A negative quotient keeps its sign
/// when it rounds to zero; minus zero does not.
OCTAVO_HOST_DEVICE std::uint8_t e2m1_code(float quotient) {
    const std::uint32_t sign = quotient < 0 ? 8u : 0u;
    float magnitude = float_of(bits_of(quotient) & 0x7fffffffu);
    magnitude = magnitude > 6.0f ? 6.0f : magnitude;
    const std::uint32_t raw = bits_of(magnitude);
    // Normal: keep 1 bit of the mantissa, change the exponent's bias from 127 to 1.
    const std::uint32_t normal = ((raw + 0x1fffffu + ((raw >> 22) & 1u)) >> 22) - (126u << 1);
    // Below 1 the step is 0.5, which is that of 2²² in fp32.
    const std::uint32_t small = bits_of(magnitude + 4194304.0f) - 0x4a800000u;
    return static_cast<std::uint8_t>(sign | (magnitude < 1.0f ? small : normal));
}

/// Round half to even for |x| < 2²², as two additions: vectorises everywhere, needs no rounding instruction.
OCTAVO_HOST_DEVICE float round_even(float x) {
    constexpr float magic = 12582912.0f; // 1.5 · 2²³
    return (x + magic) - magic;
}

OCTAVO_HOST_DEVICE float clamped(float x, float low, float high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

/// Rounds to the E4M3 grid (4 bits of precision, exponents −6…8, subnormal step 2⁻⁹), saturating at ±448.
OCTAVO_HOST_DEVICE float round_e4m3(float x) {
    x = clamped(x, -448.0f, 448.0f);
    // Adding 1.5·2²³·ulp rounds to a multiple of ulp; ulp = 2^(max(exponent, −6) − 3).
    std::uint32_t exponent = bits_of(x) & 0x7f800000u;
    const std::uint32_t lowest = (127u - 6u) << 23;
    exponent = exponent < lowest ? lowest : exponent;
    const float magic = float_of(exponent + (20u << 23)) * 1.5f; // 1.5 · 2^(e + 20) = 1.5 · 2²³ · 2^(e − 3)
    return (x + magic) - magic;
}

/// Code of a value that lies on the E4M3 grid already.
OCTAVO_HOST_DEVICE std::uint8_t code_e4m3(float x) {
    const std::uint32_t bits = bits_of(x);
    const std::uint32_t sign = (bits >> 24) & 0x80u;
    const float magnitude = float_of(bits & 0x7fffffffu);
    // Below 2⁻⁶ the code counts steps of 2⁻⁹; above it is the float's own exponent and upper mantissa, re-biased by
    // 120.
    const std::uint32_t subnormal = static_cast<std::uint32_t>(static_cast<std::int32_t>(magnitude * 512.0f));
    const std::uint32_t normal = ((bits & 0x7fffffffu) >> 20) - (120u << 3);
    return static_cast<std::uint8_t>(sign | (magnitude < 0.015625f ? subnormal : normal));
}

/// Rounds to the E2M1 grid (0, 0.5, 1, 1.5, 2, 3, 4, 6 and their negatives), saturating.
OCTAVO_HOST_DEVICE float round_e2m1(float x) {
    x = clamped(x, -6.0f, 6.0f);
    std::uint32_t exponent = bits_of(x) & 0x7f800000u;
    exponent = exponent < (127u << 23) ? (127u << 23) : exponent;
    const float magic = float_of(exponent + (22u << 23)) * 1.5f; // 1.5 · 2²³ · 2^(e − 1)
    return (x + magic) - magic;
}

/// Code of a value that lies on the E2M1 grid already.
OCTAVO_HOST_DEVICE std::uint8_t code_e2m1(float x, bool negative) {
    const std::uint32_t bits = bits_of(x) & 0x7fffffffu;
    const float magnitude = float_of(bits);
    const std::uint32_t subnormal = static_cast<std::uint32_t>(static_cast<std::int32_t>(magnitude * 2.0f));
    const std::uint32_t normal = (bits >> 22) - (126u << 1);
    return static_cast<std::uint8_t>((negative ? 8u : 0u) | (magnitude < 1.0f ? subnormal : normal));
}

/// The grid's number nearest to x; `low` and `high` bound integers.
template <Numbers numbers>
OCTAVO_HOST_DEVICE float on_grid(float x, float low, float high) {
    if constexpr (numbers == Numbers::integer)
        return round_even(clamped(x, low, high));
    else if constexpr (numbers == Numbers::e4m3)
        return round_e4m3(x);
    else
        return round_e2m1(x);
}

/// Code of a number of the grid; `negative` is the sign of what was rounded to it.
template <Numbers numbers>
OCTAVO_HOST_DEVICE std::uint8_t code_on_grid(float number, bool negative) {
    if constexpr (numbers == Numbers::integer)
        return static_cast<std::uint8_t>(static_cast<std::int8_t>(static_cast<std::int32_t>(number)));
    else if constexpr (numbers == Numbers::e4m3)
        return code_e4m3(number);
    else
        return code_e2m1(number, negative);
}

/// Nearest code of w / scale.
template <Numbers numbers>
OCTAVO_HOST_DEVICE std::uint8_t nearest_code(float weight, float scale, float zero_point, float low, float high) {
    // Only integers have a zero point; adding zero would cost minus zero its sign.
    if constexpr (numbers == Numbers::integer)
        return code_on_grid<numbers>(on_grid<numbers>(weight / scale + zero_point, low, high), false);
    else if constexpr (numbers == Numbers::e4m3)
        return e4m3_code(weight / scale);
    else
        return e2m1_code(weight / scale);
}

/// `value` rounded to `dtype` (bf16, f16 or f32), ties to even; finite.
OCTAVO_HOST_DEVICE float rounded_scale(float value, Dtype dtype) {
    if (dtype == Dtype::f32) return value;
    const std::uint32_t sign = bits_of(value) & 0x80000000u;
    const float magnitude = float_of(bits_of(value) & 0x7fffffffu);
    const float rounded =
        dtype == Dtype::bf16 ? rounded_to_bf16(magnitude) : rounded_to_f16(magnitude < 65504.0f ? magnitude : 65504.0f);
    return float_of(bits_of(rounded) | sign);
}

/// A scale as it is stored: rounded to `dtype` (bf16, f16, else f32), zero replaced by that dtype's epsilon.
OCTAVO_HOST_DEVICE float stored_scale(float scale, Dtype dtype) {
    const float rounded = rounded_scale(scale, dtype);
    if (rounded > 0) return rounded;
    return dtype == Dtype::bf16 ? 0.0078125f : dtype == Dtype::f16 ? 0.0009765625f : 1.1920928955078125e-07f;
}

} // namespace octavo::kernels
