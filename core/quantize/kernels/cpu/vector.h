// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>

#include "quantize/kernels/rounding.h"

// One source, compiled for what the machine at hand can do; the loader picks. Plain loops that the compiler vectorises.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define OCTAVO_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define OCTAVO_MULTIVERSION
#endif
#define OCTAVO_INLINE inline __attribute__((always_inline))

namespace octavo::kernels {

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
