// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "quantize/kernels/grid.h"

// One source, compiled for what the machine at hand can do; the loader picks. Plain loops that the compiler vectorises.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define OCTAVO_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define OCTAVO_MULTIVERSION
#endif
#define OCTAVO_INLINE inline __attribute__((always_inline))

namespace octavo::kernels {

/// Round half to even for |x| < 2²², as two additions: vectorises everywhere, needs no rounding instruction.
OCTAVO_INLINE float round_even(float x) {
    constexpr float magic = 12582912.0f; // 1.5 · 2²³
    return (x + magic) - magic;
}

OCTAVO_INLINE float clamped(float x, float low, float high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

/// Rounds to the E4M3 grid (4 bits of precision, exponents −6…8, subnormal step 2⁻⁹), saturating at ±448.
OCTAVO_INLINE float round_e4m3(float x) {
    x = clamped(x, -448.0f, 448.0f);
    // Adding 1.5·2²³·ulp rounds to a multiple of ulp; ulp = 2^(max(exponent, −6) − 3).
    std::uint32_t exponent = std::bit_cast<std::uint32_t>(x) & 0x7f800000u;
    const std::uint32_t lowest = (127u - 6u) << 23;
    exponent = exponent < lowest ? lowest : exponent;
    const float magic = std::bit_cast<float>(exponent + (20u << 23)) * 1.5f; // 1.5 · 2^(e + 20) = 1.5 · 2²³ · 2^(e − 3)
    return (x + magic) - magic;
}

/// Code of a value that lies on the E4M3 grid already.
OCTAVO_INLINE std::uint8_t code_e4m3(float x) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
    const std::uint32_t sign = (bits >> 24) & 0x80u;
    const float magnitude = std::bit_cast<float>(bits & 0x7fffffffu);
    // Below 2⁻⁶ the code counts steps of 2⁻⁹; above it is the float's own exponent and upper mantissa, re-biased by
    // 120.
    const std::uint32_t subnormal = static_cast<std::uint32_t>(static_cast<std::int32_t>(magnitude * 512.0f));
    const std::uint32_t normal = ((bits & 0x7fffffffu) >> 20) - (120u << 3);
    return static_cast<std::uint8_t>(sign | (magnitude < 0.015625f ? subnormal : normal));
}

/// Rounds to the E2M1 grid (0, 0.5, 1, 1.5, 2, 3, 4, 6 and their negatives), saturating.
OCTAVO_INLINE float round_e2m1(float x) {
    x = clamped(x, -6.0f, 6.0f);
    std::uint32_t exponent = std::bit_cast<std::uint32_t>(x) & 0x7f800000u;
    exponent = exponent < (127u << 23) ? (127u << 23) : exponent;
    const float magic = std::bit_cast<float>(exponent + (22u << 23)) * 1.5f; // 1.5 · 2²³ · 2^(e − 1)
    return (x + magic) - magic;
}

/// Code of a value that lies on the E2M1 grid already.
OCTAVO_INLINE std::uint8_t code_e2m1(float x, bool negative) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(x) & 0x7fffffffu;
    const float magnitude = std::bit_cast<float>(bits);
    const std::uint32_t subnormal = static_cast<std::uint32_t>(static_cast<std::int32_t>(magnitude * 2.0f));
    const std::uint32_t normal = (bits >> 22) - (126u << 1);
    return static_cast<std::uint8_t>((negative ? 8u : 0u) | (magnitude < 1.0f ? subnormal : normal));
}

/// The grid's number nearest to x; `low` and `high` bound integers.
template <Numbers numbers>
OCTAVO_INLINE float on_grid(float x, float low, float high) {
    if constexpr (numbers == Numbers::integer) return round_even(clamped(x, low, high));
    if constexpr (numbers == Numbers::e4m3) return round_e4m3(x);
    return round_e2m1(x);
}

/// Calls work.operator()<numbers>(): one copy of a loop for each kind of numbers.
template <class Work>
OCTAVO_INLINE void for_numbers(Numbers numbers, Work&& work) {
    switch (numbers) {
    case Numbers::integer: return work.template operator()<Numbers::integer>();
    case Numbers::e4m3: return work.template operator()<Numbers::e4m3>();
    case Numbers::e2m1: return work.template operator()<Numbers::e2m1>();
    }
}

/// max|x| over a row, by comparing bit patterns (an integer reduction vectorises without -ffast-math).
OCTAVO_INLINE float row_absmax(const float* x, std::int64_t n) {
    std::int32_t best = 0;
    for (std::int64_t i = 0; i < n; ++i) {
        const std::int32_t bits = std::bit_cast<std::int32_t>(x[i]) & 0x7fffffff;
        best = bits > best ? bits : best;
    }
    return std::bit_cast<float>(best);
}

} // namespace octavo::kernels
