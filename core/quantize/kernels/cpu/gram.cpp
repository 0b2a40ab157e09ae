// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/gram.h"

#include "quantize/kernels/cpu/avx512.h"

#include <cstdlib>

namespace octavo::kernels {

namespace {

constexpr std::int64_t pairs_of(std::int64_t rows) { return (rows + 1) / 2; }

} // namespace

std::int64_t narrow_words(std::int64_t rows, std::int64_t columns) {
    return pairs_of(rows) * gram_panels(columns) * gram_panel;
}

#if OCTAVO_HAS_AVX512

bool multiplies_bf16() {
    static const bool can = std::getenv("OCTAVO_FLOAT32_PRODUCTS") == nullptr && __builtin_cpu_supports("avx512bf16") &&
                            __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                            __builtin_cpu_supports("avx512dq");
    return can;
}

namespace {

constexpr std::int64_t lanes = 16, vectors = gram_panel / lanes, tile = 8; ///< tile × 48 sums fill 24 registers
static_assert(gram_panel % tile == 0);

/// One tile: rows of `sum` from `row` on, columns from `column` on, `a` and `b` the panels that hold them.
OCTAVO_BF16 void add_tile(const std::uint32_t* a, const std::uint32_t* b, std::int64_t pairs, float* sum,
                          std::int64_t stride, std::int64_t rows, const __mmask16* masks) {
    __m512 total[tile][vectors];
#pragma GCC unroll 8
    for (std::int64_t r = 0; r < tile; ++r)
#pragma GCC unroll 3
        for (std::int64_t v = 0; v < vectors; ++v) total[r][v] = _mm512_setzero_ps();
    for (std::int64_t pair = 0; pair < pairs; ++pair, a += gram_panel, b += gram_panel) {
        __m512bh right[vectors];
#pragma GCC unroll 3
        for (std::int64_t v = 0; v < vectors; ++v) right[v] = (__m512bh)_mm512_loadu_si512(b + v * lanes);
#pragma GCC unroll 8
        for (std::int64_t r = 0; r < tile; ++r) {
            const __m512bh left = (__m512bh)_mm512_set1_epi32(static_cast<int>(a[r]));
#pragma GCC unroll 3
            for (std::int64_t v = 0; v < vectors; ++v) total[r][v] = _mm512_dpbf16_ps(total[r][v], left, right[v]);
        }
    }
#pragma GCC unroll 8
    for (std::int64_t r = 0; r < tile; ++r)
#pragma GCC unroll 3
        for (std::int64_t v = 0; v < vectors; ++v) {
            const __mmask16 mask = r < rows ? masks[v] : __mmask16(0);
            float* to = sum + r * stride + v * lanes;
            _mm512_mask_storeu_ps(to, mask, _mm512_add_ps(_mm512_maskz_loadu_ps(mask, to), total[r][v]));
        }
}

} // namespace

namespace {

/// What sixteen columns have been up to a row.
struct Extremes {
    __m512 minimum, maximum, squares;
};

/// A row's part of them, which is then scaled and rounded: in the low halves of the words.
OCTAVO_BF16 inline __m512i observed(const float* from, float scale, __mmask16 mask, Extremes& extremes) {
    const __m512 x = _mm512_maskz_loadu_ps(mask, from);
    // In this order a number that is none leaves them as they are.
    extremes.minimum = _mm512_mask_min_ps(extremes.minimum, mask, x, extremes.minimum);
    extremes.maximum = _mm512_mask_max_ps(extremes.maximum, mask, x, extremes.maximum);
    extremes.squares = _mm512_fmadd_ps(x, x, extremes.squares);
    return _mm512_maskz_cvtepu16_epi32(all_lanes, (__m256i)_mm512_cvtneps_pbh(_mm512_mul_ps(x, _mm512_set1_ps(scale))));
}

/// Sixteen columns of a panel.
OCTAVO_BF16 void narrow_columns(const float* x, const float* scale, std::int64_t rows, std::int64_t columns,
                                __mmask16 mask, std::uint32_t* to, const ChannelExtremes& kept, std::int64_t column) {
    Extremes extremes{_mm512_maskz_loadu_ps(mask, kept.minimum + column),
                      _mm512_maskz_loadu_ps(mask, kept.maximum + column),
                      _mm512_maskz_loadu_ps(mask, kept.square_sum + column)};
    const float* from = x + column;
    for (std::int64_t row = 0; row < rows; row += 2, to += gram_panel, from += 2 * columns) {
        const __mmask16 next = row + 1 < rows ? mask : __mmask16(0);
        const __m512i first = observed(from, scale ? scale[row] : 1.0f, mask, extremes),
                      second =
                          observed(from + columns, scale && row + 1 < rows ? scale[row + 1] : 1.0f, next, extremes);
        _mm512_storeu_si512(to, _mm512_or_si512(first, _mm512_maskz_slli_epi32(all_lanes, second, 16)));
    }
    _mm512_mask_storeu_ps(kept.minimum + column, mask, extremes.minimum);
    _mm512_mask_storeu_ps(kept.maximum + column, mask, extremes.maximum);
    _mm512_mask_storeu_ps(kept.square_sum + column, mask, extremes.squares);
}

} // namespace

void narrow_pairs(const float* x, const float* scale, std::int64_t rows, std::int64_t columns, std::int64_t begin,
                  std::int64_t end, std::uint32_t* out, const ChannelExtremes& extremes) {
    for (std::int64_t panel = begin; panel < end; ++panel) {
        std::uint32_t* to = out + panel * pairs_of(rows) * gram_panel;
        for (std::int64_t v = 0; v < vectors; ++v) {
            const std::int64_t column = panel * gram_panel + v * lanes;
            narrow_columns(x, scale, rows, columns, present(column, columns), to + v * lanes, extremes, column);
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
void narrow_pairs(const float*, const float*, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::uint32_t*,
                  const ChannelExtremes&) {}
void add_gram(const std::uint32_t*, std::int64_t, std::int64_t, std::int64_t, std::int64_t, float*) {}

#endif

} // namespace octavo::kernels
