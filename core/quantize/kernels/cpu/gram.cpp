// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/gram.h"

#include <cstdlib>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define OCTAVO_HAS_GRAM 1
#include <immintrin.h>
#define OCTAVO_BF16 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16")))
#else
#define OCTAVO_HAS_GRAM 0
#endif

namespace octavo::kernels {

namespace {

constexpr std::int64_t pairs_of(std::int64_t rows) { return (rows + 1) / 2; }

} // namespace

std::int64_t narrow_words(std::int64_t rows, std::int64_t columns) {
    return pairs_of(rows) * gram_panels(columns) * gram_panel;
}

#if OCTAVO_HAS_GRAM

bool multiplies_bf16() {
    static const bool can = std::getenv("OCTAVO_FLOAT32_PRODUCTS") == nullptr && __builtin_cpu_supports("avx512bf16") &&
                            __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                            __builtin_cpu_supports("avx512dq");
    return can;
}

namespace {

constexpr std::int64_t lanes = 16, vectors = gram_panel / lanes, tile = 8; ///< tile × 48 sums fill 24 registers
static_assert(gram_panel % tile == 0);

/// Which of 16 columns from `column` on there are.
__mmask16 present(std::int64_t column, std::int64_t columns) {
    const std::int64_t left = columns - column;
    return left >= lanes ? __mmask16(0xffff) : left <= 0 ? __mmask16(0) : __mmask16((1U << left) - 1);
}

/// One tile: rows of `sum` from `row` on, columns from `column` on, `a` and `b` the panels that hold them.
OCTAVO_BF16 void add_tile(const std::uint32_t* a, const std::uint32_t* b, std::int64_t pairs, float* sum,
                          std::int64_t stride, std::int64_t rows, const __mmask16* masks) {
    __m512 total[tile][vectors];
    for (auto& row : total)
        for (__m512& part : row) part = _mm512_setzero_ps();
    for (std::int64_t pair = 0; pair < pairs; ++pair, a += gram_panel, b += gram_panel) {
        __m512bh right[vectors];
        for (std::int64_t v = 0; v < vectors; ++v) right[v] = (__m512bh)_mm512_loadu_si512(b + v * lanes);
        for (std::int64_t r = 0; r < tile; ++r) {
            const __m512bh left = (__m512bh)_mm512_set1_epi32(static_cast<int>(a[r]));
            for (std::int64_t v = 0; v < vectors; ++v) total[r][v] = _mm512_dpbf16_ps(total[r][v], left, right[v]);
        }
    }
    for (std::int64_t r = 0; r < tile && r < rows; ++r)
        for (std::int64_t v = 0; v < vectors; ++v) {
            float* to = sum + r * stride + v * lanes;
            _mm512_mask_storeu_ps(to, masks[v], _mm512_add_ps(_mm512_maskz_loadu_ps(masks[v], to), total[r][v]));
        }
}

} // namespace

OCTAVO_BF16 void narrow_pairs(const float* x, std::int64_t rows, std::int64_t columns, std::int64_t begin,
                              std::int64_t end, std::uint32_t* out) {
    for (std::int64_t panel = begin; panel < end; ++panel) {
        std::uint32_t* to = out + panel * pairs_of(rows) * gram_panel;
        for (std::int64_t row = 0; row < rows; row += 2, to += gram_panel)
            for (std::int64_t v = 0; v < vectors; ++v) {
                const std::int64_t column = panel * gram_panel + v * lanes;
                const __mmask16 mask = present(column, columns);
                const float* from = x + row * columns + column;
                const __m512 low = _mm512_maskz_loadu_ps(mask, from),
                             high = _mm512_maskz_loadu_ps(row + 1 < rows ? mask : __mmask16(0), from + columns);
                // The masked forms, for GCC 12 warns of the register that the others leave undefined.
                const __mmask16 all = 0xffff;
                const __m512i first = _mm512_maskz_cvtepu16_epi32(all, (__m256i)_mm512_cvtneps_pbh(low)),
                              second = _mm512_maskz_cvtepu16_epi32(all, (__m256i)_mm512_cvtneps_pbh(high));
                _mm512_storeu_si512(to + v * lanes, _mm512_or_si512(first, _mm512_maskz_slli_epi32(all, second, 16)));
            }
    }
}

void add_gram(const std::uint32_t* pairs, std::int64_t rows, std::int64_t columns, std::int64_t panel,
              std::int64_t first, float* sum) {
    const std::int64_t count = pairs_of(rows), words = count * gram_panel, top = panel * gram_panel;
    for (std::int64_t right = first / gram_panel; right < gram_panels(columns); ++right) {
        const std::int64_t column = right * gram_panel;
        __mmask16 masks[vectors];
        for (std::int64_t v = 0; v < vectors; ++v) masks[v] = present(column + v * lanes, columns);
        for (std::int64_t inner = 0; inner < gram_panel && top + inner < columns; inner += tile)
            add_tile(pairs + panel * words + inner, pairs + right * words, count,
                     sum + (top + inner) * columns + column, columns, columns - top - inner, masks);
    }
}

#else

bool multiplies_bf16() { return false; }
void narrow_pairs(const float*, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::uint32_t*) {}
void add_gram(const std::uint32_t*, std::int64_t, std::int64_t, std::int64_t, std::int64_t, float*) {}

#endif

} // namespace octavo::kernels
