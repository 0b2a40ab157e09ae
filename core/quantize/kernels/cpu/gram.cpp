// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/gram.h"

#include "quantize/kernels/cpu/vector.h"
#include "quantize/kernels/rounding.h"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define OCTAVO_BF16_PRODUCTS __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))
#endif

namespace octavo::kernels {

namespace {

constexpr std::int64_t panel = gram_panel, lanes = 16, across = panel / lanes;
constexpr std::int64_t tile = 8;             ///< rows whose sums stay in registers: 8 × 48 of them
constexpr std::int64_t pairs_per_pass = 128; ///< 24 KiB of a panel, which stay in the nearest cache

std::int64_t panels_of(std::int64_t columns) { return (columns + panel - 1) / panel; }
std::int64_t pairs_of(std::int64_t rows) { return (rows + 1) / 2; }

/// Where panel `index` begins: [pairs, panel].
std::int64_t panel_start(std::int64_t index, std::int64_t pairs) { return index * pairs * panel; }

OCTAVO_INLINE std::uint32_t bf16_of(float value) {
    const std::uint32_t bits = bits_of(value);
    return (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
}

OCTAVO_MULTIVERSION void pack_pair(const float* even, const float* odd, float even_scale, float odd_scale,
                                   std::int64_t count, std::uint32_t* to) {
    for (std::int64_t i = 0; i < count; ++i) to[i] = bf16_of(even[i] * even_scale) | bf16_of(odd[i] * odd_scale) << 16;
}

#ifdef OCTAVO_BF16_PRODUCTS

/// sums [tile, panel] += Σ over `count` pairs of left [·, tile of a panel] × right [·, panel].
OCTAVO_BF16_PRODUCTS void add_tile(const std::uint32_t* left, const std::uint32_t* right, std::int64_t count,
                                   float* sums) {
    __m512 sum[tile][across];
    for (std::int64_t r = 0; r < tile; ++r)
        for (std::int64_t c = 0; c < across; ++c) sum[r][c] = _mm512_loadu_ps(sums + r * panel + c * lanes);
    for (std::int64_t k = 0; k < count; ++k, left += panel, right += panel) {
        __m512bh row[across];
        for (std::int64_t c = 0; c < across; ++c) row[c] = (__m512bh)_mm512_loadu_si512(right + c * lanes);
#pragma GCC unroll 8
        for (std::int64_t r = 0; r < tile; ++r) {
            const __m512bh one = (__m512bh)_mm512_set1_epi32(static_cast<int>(left[r]));
            for (std::int64_t c = 0; c < across; ++c) sum[r][c] = _mm512_dpbf16_ps(sum[r][c], one, row[c]);
        }
    }
    for (std::int64_t r = 0; r < tile; ++r)
        for (std::int64_t c = 0; c < across; ++c) _mm512_storeu_ps(sums + r * panel + c * lanes, sum[r][c]);
}

#else

void add_tile(const std::uint32_t* left, const std::uint32_t* right, std::int64_t count, float* sums) {
    const auto number = [](std::uint32_t bits) { return float_of(bits << 16); };
    for (std::int64_t k = 0; k < count; ++k, left += panel, right += panel)
        for (std::int64_t r = 0; r < tile; ++r)
            for (std::int64_t c = 0; c < panel; ++c)
                sums[r * panel + c] +=
                    number(left[r]) * number(right[c]) + number(left[r] >> 16) * number(right[c] >> 16);
}

#endif

void add_block(const std::uint32_t* left, const std::uint32_t* right, std::int64_t pairs, std::int64_t rows,
               std::int64_t columns, float* gram, std::int64_t stride) {
    alignas(64) float sums[panel * panel] = {};
    for (std::int64_t first = 0; first < pairs; first += pairs_per_pass) {
        const std::int64_t count = std::min(pairs_per_pass, pairs - first);
        for (std::int64_t row = 0; row < rows; row += tile)
            add_tile(left + first * panel + row, right + first * panel, count, sums + row * panel);
    }
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t column = 0; column < columns; ++column)
            gram[row * stride + column] += sums[row * panel + column];
}

} // namespace

bool multiplies_bf16() {
#ifdef OCTAVO_BF16_PRODUCTS
    static const bool found = __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vl");
    return found;
#else
    return false;
#endif
}

std::int64_t gram_packed_size(std::int64_t rows, std::int64_t columns) {
    return panels_of(columns) * panel * pairs_of(rows);
}

void gram_pack(const float* x, const float* scale, std::int64_t rows, std::int64_t columns, std::int64_t first,
               std::int64_t last, std::uint32_t* packed) {
    const std::int64_t pairs = pairs_of(rows);
    for (std::int64_t pair = first; pair < last; ++pair) {
        const bool alone = 2 * pair + 1 == rows; // the row that is missing counts nothing
        const float *even = x + 2 * pair * columns, *odd = alone ? even : even + columns;
        const float even_scale = scale ? scale[2 * pair] : 1.0f, odd_scale = alone   ? 0.0f
                                                                             : scale ? scale[2 * pair + 1]
                                                                                     : 1.0f;
        for (std::int64_t index = 0; index < panels_of(columns); ++index) {
            const std::int64_t begin = index * panel, count = std::min(panel, columns - begin);
            std::uint32_t* to = packed + panel_start(index, pairs) + pair * panel;
            pack_pair(even + begin, odd + begin, even_scale, odd_scale, count, to);
            std::fill(to + count, to + panel, 0u);
        }
    }
}

std::int64_t gram_blocks(std::int64_t columns) { return panels_of(columns) * (panels_of(columns) + 1) / 2; }

void gram_add(const std::uint32_t* packed, std::int64_t rows, std::int64_t columns, std::int64_t first,
              std::int64_t last, float* gram) {
    const std::int64_t pairs = pairs_of(rows), panels = panels_of(columns);
    std::int64_t down = 0, index = 0; // of the first block of a row of blocks
    for (std::int64_t block = first; block < last; ++block) {
        while (block >= index + panels - down) index += panels - down++;
        const std::int64_t right = down + block - index, row = down * panel, column = right * panel;
        add_block(packed + panel_start(down, pairs), packed + panel_start(right, pairs), pairs,
                  std::min(panel, columns - row), std::min(panel, columns - column), gram + row * columns + column,
                  columns);
    }
}

} // namespace octavo::kernels
