// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For kernels that are written for AVX-512 because loops would not come near what it can do. They are compiled in any
// build for x86-64 and called where the machine at hand has it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define OCTAVO_HAS_AVX512 1
#include <cstdint>
#include <immintrin.h>
#include <initializer_list>
#define OCTAVO_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#define OCTAVO_BF16 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16")))
#define OCTAVO_VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))

namespace octavo::kernels {

// Masked forms here and there: GCC 12 warns of the register that the others leave undefined.
inline constexpr __mmask16 all_lanes = 0xffff;

/// Which of 16 numbers from `at` on there are.
inline __mmask16 present(std::int64_t at, std::int64_t count) {
    const std::int64_t left = count - at;
    return left >= 16 ? all_lanes : left <= 0 ? __mmask16(0) : __mmask16((1U << left) - 1);
}

/// 2^x to within a few units of the last place; 0 and infinity beyond what float32 holds.
OCTAVO_AVX512 inline __m512 power_of_two(__m512 x) {
    const __m512 whole = _mm512_maskz_roundscale_ps(all_lanes, x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC),
                 rest = _mm512_sub_ps(x, whole);
    // Taylor series of 2^rest, |rest| ≤ 1/2.
    __m512 y = _mm512_set1_ps(1.5403530e-4f);
    for (const float coefficient : {1.3333558e-3f, 9.6181291e-3f, 5.5504109e-2f, 2.4022651e-1f, 6.9314718e-1f, 1.0f})
        y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(coefficient));
    return _mm512_maskz_scalef_ps(all_lanes, y, whole);
}

} // namespace octavo::kernels

#else
#define OCTAVO_HAS_AVX512 0
#endif
