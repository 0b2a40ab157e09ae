// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>

#include "checkpoint/dtype.h"

// Rounding on bit patterns, the same source for CPU and CUDA so that both give the same codes. Written without branches
// on data where a loop over a row has to vectorise.
#ifdef __CUDACC__
#define OCTAVO_HOST_DEVICE __host__ __device__
#else
#define OCTAVO_HOST_DEVICE
#endif

namespace octavo::kernels {

OCTAVO_HOST_DEVICE inline std::uint32_t bits_of(float value) {
    std::uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

OCTAVO_HOST_DEVICE inline float float_of(std::uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/// Nearest bfloat16, ties to even; finite input.
OCTAVO_HOST_DEVICE inline float rounded_to_bf16(float value) {
    const std::uint32_t bits = bits_of(value);
    return float_of((bits + 0x7fffu + ((bits >> 16) & 1u)) & 0xffff0000u);
}

/// Nearest binary16, ties to even, for values in [0, 65504].
OCTAVO_HOST_DEVICE inline float rounded_to_f16(float value) {
    // Below 2⁻¹⁴ the step is 2⁻²⁴: adding and subtracting 0.5, whose step in fp32 is the same, rounds to it.
    if (value < 6.103515625e-05f) return (value + 0.5f) - 0.5f;
    const std::uint32_t bits = bits_of(value);
    return float_of((bits + 0xfffu + ((bits >> 13) & 1u)) & 0xffffe000u);
}

/// int8 code of a quotient: half to even, clamped to [−128, 127].
OCTAVO_HOST_DEVICE inline std::int8_t int8_code(float quotient) {
    quotient = quotient < -128.0f ? -128.0f : quotient;
    quotient = quotient > 127.0f ? 127.0f : quotient;
    // 1.5·2²³ has a step of 1, so that the addition rounds; the integer then stands in the low bits.
    return static_cast<std::int8_t>(static_cast<std::int32_t>(bits_of(quotient + 12582912.0f)) - 0x4b400000);
}

/// E4M3 code of a quotient: half to even, saturating at ±448.
OCTAVO_HOST_DEVICE inline std::uint8_t e4m3_code(float quotient) {
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
OCTAVO_HOST_DEVICE inline std::uint8_t e2m1_code(float quotient) {
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

/// `value` rounded to `dtype` (bf16, f16 or f32), ties to even; finite.
OCTAVO_HOST_DEVICE inline float rounded_scale(float value, Dtype dtype) {
    if (dtype == Dtype::f32) return value;
    const std::uint32_t sign = bits_of(value) & 0x80000000u;
    const float magnitude = float_of(bits_of(value) & 0x7fffffffu);
    const float rounded =
        dtype == Dtype::bf16 ? rounded_to_bf16(magnitude) : rounded_to_f16(magnitude < 65504.0f ? magnitude : 65504.0f);
    return float_of(bits_of(rounded) | sign);
}

/// A scale as it is stored: rounded to `dtype` (bf16, f16, else f32), zero replaced by that dtype's epsilon.
OCTAVO_HOST_DEVICE inline float stored_scale(float scale, Dtype dtype) {
    const float rounded = rounded_scale(scale, dtype);
    if (rounded > 0) return rounded;
    return dtype == Dtype::bf16 ? 0.0078125f : dtype == Dtype::f16 ? 0.0009765625f : 1.1920928955078125e-07f;
}

} // namespace octavo::kernels
