// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/gram.h"

#include "quantize/kernels/aligned.h"
#include "quantize/kernels/cpu/amx.h"

#include <algorithm>
#include <cstdlib>

namespace octavo::kernels {

namespace {

constexpr std::int64_t pairs_in_tile = 16;

/// Pairs of rows of a panel, whole tiles of them.
constexpr std::int64_t pairs_of(std::int64_t rows) {
    return (rows + 2 * pairs_in_tile - 1) / (2 * pairs_in_tile) * pairs_in_tile;
}

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

bool prefers_bf16() { return multiplies_bf16() && (multiplies_tiles() || __builtin_cpu_is("amd")); }

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
    for (std::int64_t pair = (rows + 1) / 2; pair < pairs_of(rows); ++pair, to += gram_panel)
        _mm512_storeu_si512(to, _mm512_setzero_si512());
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

namespace {

void add_by_registers(const std::uint32_t* pairs, std::int64_t count, std::int64_t columns, std::int64_t panel,
                      std::int64_t first, float* sum) {
    const std::int64_t words = count * gram_panel, top = panel * gram_panel;
    for (std::int64_t right = first / gram_panel; right < gram_panels(columns); ++right) {
        const std::int64_t column = right * gram_panel;
        __mmask16 masks[vectors];
        for (std::int64_t v = 0; v < vectors; ++v) masks[v] = present(column + v * lanes, columns);
        for (std::int64_t inner = 0; inner < gram_panel && top + inner < columns; inner += tile)
            add_tile(pairs + panel * words + inner, pairs + right * words, count,
                     sum + (top + inner) * columns + column, columns, columns - top - inner, masks);
    }
}

#if OCTAVO_HAS_AMX

constexpr std::int64_t pairs_at_once = 8 * pairs_in_tile; ///< of two panels, which a first-level cache holds

/// Columns of 16 rows of 16 words, `stride` words apart, as rows without gaps.
OCTAVO_AMX inline void turn_block(const std::uint32_t* from, std::int64_t stride, std::uint32_t* out) {
    constexpr __mmask8 all_pairs = 0xff;
    __m512i rows[16], mixed[16];
#pragma GCC unroll 16
    for (int i = 0; i < 16; ++i) rows[i] = _mm512_loadu_si512(from + i * stride);
#pragma GCC unroll 8
    for (int i = 0; i < 16; i += 2) {
        mixed[i] = _mm512_maskz_unpacklo_epi32(all_lanes, rows[i], rows[i + 1]);
        mixed[i + 1] = _mm512_maskz_unpackhi_epi32(all_lanes, rows[i], rows[i + 1]);
    }
    // rows[4 g + j]: column j of each quarter, of the four rows of group g.
#pragma GCC unroll 4
    for (int g = 0; g < 16; g += 4)
#pragma GCC unroll 2
        for (int i = 0; i < 2; ++i) {
            rows[g + 2 * i] = _mm512_maskz_unpacklo_epi64(all_pairs, mixed[g + i], mixed[g + i + 2]);
            rows[g + 2 * i + 1] = _mm512_maskz_unpackhi_epi64(all_pairs, mixed[g + i], mixed[g + i + 2]);
        }
#pragma GCC unroll 4
    for (int j = 0; j < 4; ++j) {
        const __m512i first = _mm512_maskz_shuffle_i32x4(all_lanes, rows[j], rows[4 + j], 0x88),
                      second = _mm512_maskz_shuffle_i32x4(all_lanes, rows[j], rows[4 + j], 0xdd),
                      third = _mm512_maskz_shuffle_i32x4(all_lanes, rows[8 + j], rows[12 + j], 0x88),
                      fourth = _mm512_maskz_shuffle_i32x4(all_lanes, rows[8 + j], rows[12 + j], 0xdd);
        _mm512_storeu_si512(out + 16 * j, _mm512_maskz_shuffle_i32x4(all_lanes, first, third, 0x88));
        _mm512_storeu_si512(out + 16 * (4 + j), _mm512_maskz_shuffle_i32x4(all_lanes, second, fourth, 0x88));
        _mm512_storeu_si512(out + 16 * (8 + j), _mm512_maskz_shuffle_i32x4(all_lanes, first, third, 0xdd));
        _mm512_storeu_si512(out + 16 * (12 + j), _mm512_maskz_shuffle_i32x4(all_lanes, second, fourth, 0xdd));
    }
}

/// The panel for the left side of tiles: out[pair / 16][column][pair % 16].
OCTAVO_AMX void turn_panel(const std::uint32_t* panel, std::int64_t count, std::uint32_t* out) {
    for (std::int64_t pair = 0; pair < count; pair += pairs_in_tile, panel += pairs_in_tile * gram_panel)
        for (std::int64_t column = 0; column < gram_panel; column += lanes, out += lanes * pairs_in_tile)
            turn_block(panel + column, gram_panel, out);
}

/// Adds the product of `count` pairs of two panels to sums [48, 48]; `count` is a multiple of 16.
OCTAVO_AMX void add_tiles(const std::uint32_t* left, const std::uint32_t* right, std::int64_t count, float* sums) {
    constexpr std::int64_t stride = gram_panel * sizeof(float);
    for (std::int64_t row = 0; row < gram_panel;
         row += tile_rows, left += tile_rows * pairs_in_tile, sums += tile_rows * gram_panel) {
        _tile_loadd(0, sums, stride);
        _tile_loadd(1, sums + lanes, stride);
        _tile_loadd(2, sums + 2 * lanes, stride);
        const std::uint32_t *a = left, *b = right;
        for (std::int64_t pair = 0; pair < count;
             pair += pairs_in_tile, a += pairs_in_tile * gram_panel, b += pairs_in_tile * gram_panel) {
            _tile_loadd(3, a, pairs_in_tile * sizeof(std::uint32_t));
            _tile_loadd(4, b, stride);
            _tile_dpbf16ps(0, 3, 4);
            _tile_loadd(5, b + lanes, stride);
            _tile_dpbf16ps(1, 3, 5);
            _tile_loadd(6, b + 2 * lanes, stride);
            _tile_dpbf16ps(2, 3, 6);
        }
        _tile_stored(0, sums, stride);
        _tile_stored(1, sums + lanes, stride);
        _tile_stored(2, sums + 2 * lanes, stride);
    }
}

OCTAVO_AMX void add_by_tiles(const std::uint32_t* pairs, std::int64_t count, std::int64_t columns, std::int64_t panel,
                             std::int64_t first, float* sum) {
    const TileScope tiles;
    const std::int64_t words = count * gram_panel, top = panel * gram_panel,
                       height = std::min(gram_panel, columns - top);
    AlignedVector<std::uint32_t> left(static_cast<std::size_t>(words));
    turn_panel(pairs + panel * words, count, left.data());
    for (std::int64_t right = first / gram_panel; right < gram_panels(columns); ++right) {
        alignas(64) float sums[gram_panel * gram_panel] = {};
        for (std::int64_t pair = 0; pair < count; pair += pairs_at_once)
            add_tiles(left.data() + pair * gram_panel, pairs + right * words + pair * gram_panel,
                      std::min(pairs_at_once, count - pair), sums);
        const std::int64_t column = right * gram_panel;
        for (std::int64_t r = 0; r < height; ++r)
            for (std::int64_t v = 0; v < vectors; ++v) {
                const __mmask16 mask = present(column + v * lanes, columns);
                float* to = sum + (top + r) * columns + column + v * lanes;
                _mm512_mask_storeu_ps(
                    to, mask,
                    _mm512_add_ps(_mm512_maskz_loadu_ps(mask, to), _mm512_loadu_ps(sums + r * gram_panel + v * lanes)));
            }
    }
}

#endif

} // namespace

void add_gram(const std::uint32_t* pairs, std::int64_t rows, std::int64_t columns, std::int64_t panel,
              std::int64_t first, float* sum) {
#if OCTAVO_HAS_AMX
    if (multiplies_tiles()) return add_by_tiles(pairs, pairs_of(rows), columns, panel, first, sum);
#endif
    add_by_registers(pairs, pairs_of(rows), columns, panel, first, sum);
}

#else

bool multiplies_bf16() { return false; }
bool prefers_bf16() { return false; }
void narrow_pairs(const float*, const float*, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::uint32_t*,
                  const ChannelExtremes&) {}
void add_gram(const std::uint32_t*, std::int64_t, std::int64_t, std::int64_t, std::int64_t, float*) {}

#endif

} // namespace octavo::kernels
