// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/integer.h"

#include "quantize/kernels/cpu/amx.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace octavo::kernels {

std::int64_t packed_bytes(std::int64_t rows, std::int64_t columns) { return code_panels(rows) * code_panel * columns; }

#if OCTAVO_HAS_AVX512

bool multiplies_int8() {
    static const bool can = __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
                            __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    return can;
}

void pack_codes(const std::int8_t* codes, std::int64_t rows, std::int64_t columns, std::int64_t begin, std::int64_t end,
                std::uint8_t* out) {
    for (std::int64_t panel = begin; panel < end; ++panel)
        for (std::int64_t r = 0; r < code_panel; ++r) {
            std::uint8_t* to = out + panel * code_panel * columns + 4 * r;
            const std::int64_t row = panel * code_panel + r;
            for (std::int64_t k = 0; k < columns; k += 4, to += 4 * code_panel) {
                std::uint32_t four = 0;
                if (row < rows) std::memcpy(&four, codes + row * columns + k, 4);
                four ^= 0x80808080U; // + 128
                std::memcpy(to, &four, 4);
            }
        }
}

namespace {

constexpr std::int64_t lanes = 16, vectors = code_panel / lanes;

/// Σ of the codes of a token, times what was added to the codes of the matrix.
OCTAVO_VNNI std::int32_t excess(const std::int8_t* codes, std::int64_t columns) {
    const __m512i ones = _mm512_set1_epi8(1);
    __m512i sum = _mm512_setzero_si512();
    std::int64_t k = 0;
    for (; k + 64 <= columns; k += 64) sum = _mm512_dpbusd_epi32(sum, ones, _mm512_loadu_si512(codes + k));
    std::int32_t each[lanes], total = 0;
    _mm512_storeu_si512(each, sum);
    for (const std::int32_t part : each) total += part;
    for (; k < columns; ++k) total += codes[k];
    return 128 * total;
}

/// `count` tokens times one panel, out[token][row].
template <int count>
OCTAVO_VNNI inline void tile_product(const std::int8_t* x, std::int64_t columns, const std::uint8_t* panel,
                                     std::int32_t* out) {
    __m512i total[count][vectors];
#pragma GCC unroll 6
    for (int t = 0; t < count; ++t)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) total[t][v] = _mm512_setzero_si512();
    for (std::int64_t k = 0; k < columns; k += 4, panel += 4 * code_panel) {
        __m512i right[vectors];
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) right[v] = _mm512_loadu_si512(panel + v * 4 * lanes);
#pragma GCC unroll 6
        for (int t = 0; t < count; ++t) {
            int four;
            std::memcpy(&four, x + t * columns + k, 4);
            const __m512i left = _mm512_set1_epi32(four);
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v) total[t][v] = _mm512_dpbusd_epi32(total[t][v], right[v], left);
        }
    }
#pragma GCC unroll 6
    for (int t = 0; t < count; ++t)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) _mm512_storeu_si512(out + t * code_panel + v * lanes, total[t][v]);
}

constexpr std::int64_t most_tokens = 32; ///< of a tile of any kind

using Sums = std::int32_t[most_tokens * code_panel];

#if OCTAVO_HAS_AMX
/// 32 tokens times one panel by tiles, the same sums. `columns` is a multiple of 64.
OCTAVO_AMX void tile_unit_product(const std::int8_t* x, std::int64_t columns, const std::uint8_t* panel,
                                  std::int32_t* out) {
    constexpr std::int64_t across = 4 * code_panel, step = 4 * tile_words, row = 4 * code_panel;
    for (std::int64_t half = 0; half < 2; ++half, panel += 8 * lanes, out += 2 * lanes) {
        _tile_zero(0);
        _tile_zero(1);
        _tile_zero(2);
        _tile_zero(3);
        const std::uint8_t* right = panel;
        for (std::int64_t k = 0; k < columns; k += step, right += tile_rows * across) {
            _tile_loadd(4, x + k, columns);
            _tile_loadd(6, right, across);
            _tile_dpbsud(0, 4, 6);
            _tile_loadd(7, right + 4 * lanes, across);
            _tile_dpbsud(1, 4, 7);
            _tile_loadd(5, x + tile_rows * columns + k, columns);
            _tile_dpbsud(2, 5, 6);
            _tile_dpbsud(3, 5, 7);
        }
        _tile_stored(0, out, row);
        _tile_stored(1, out + lanes, row);
        _tile_stored(2, out + tile_rows * code_panel, row);
        _tile_stored(3, out + tile_rows * code_panel + lanes, row);
    }
}
#endif

OCTAVO_VNNI inline void product(const std::int8_t* x, std::int64_t count, const PackedCodes& matrix, std::int64_t panel,
                                Sums& out) {
    const std::uint8_t* codes = matrix.codes + panel * code_panel * matrix.columns;
#if OCTAVO_HAS_AMX
    if (count == most_tokens) return tile_unit_product(x, matrix.columns, codes, out);
#endif
    switch (count) {
    case 1: return tile_product<1>(x, matrix.columns, codes, out);
    case 2: return tile_product<2>(x, matrix.columns, codes, out);
    case 3: return tile_product<3>(x, matrix.columns, codes, out);
    case 4: return tile_product<4>(x, matrix.columns, codes, out);
    case 5: return tile_product<5>(x, matrix.columns, codes, out);
    default: return tile_product<6>(x, matrix.columns, codes, out);
    }
}

/// Sixteen outputs from `row` on: in the order of scale_products() in activation.h.
OCTAVO_VNNI inline __m512 scaled(const std::int32_t* sums, std::int32_t excess, float token_scale,
                                 const PackedCodes& matrix, std::int64_t row, __mmask16 mask) {
    const __m512i exact = _mm512_sub_epi32(_mm512_loadu_si512(sums), _mm512_set1_epi32(excess));
    __m512 y = _mm512_maskz_cvtepi32_ps(all_lanes, exact);
    y = _mm512_mul_ps(y, _mm512_set1_ps(token_scale));
    y = _mm512_mul_ps(y, _mm512_maskz_loadu_ps(mask, matrix.scales + row));
    return matrix.bias ? _mm512_add_ps(y, _mm512_maskz_loadu_ps(mask, matrix.bias + row)) : y;
}

std::vector<std::int32_t> excesses(const TokenCodes& x, std::int64_t columns, const ProductPart& part) {
    std::vector<std::int32_t> out;
    for (std::int64_t token = part.first_token; token < part.last_token; ++token)
        out.push_back(excess(x.codes + token * columns, columns));
    return out;
}

/// A tile of a product, of which a panel's outputs are to be written.
struct Tile {
    std::int64_t token, count, panel;
};

/// work(tile) for all tiles of the part, those of a panel in turn: it stays in a cache. No more tokens at a time than
/// stay there beside it.
template <class Work>
OCTAVO_VNNI inline void for_tiles(const ProductPart& part, bool by_tile_unit, const Work& work) {
    const std::int64_t most = by_tile_unit ? 8 * most_tokens : 42 * code_tile;
    for (std::int64_t first = part.first_token; first < part.last_token; first += most)
        for (std::int64_t panel = part.first_panel; panel < part.last_panel; ++panel) {
            const std::int64_t last = std::min(first + most, part.last_token);
            for (std::int64_t token = first, count; token < last; token += count) {
                count = by_tile_unit && last - token >= most_tokens ? most_tokens : std::min(code_tile, last - token);
                work(Tile{token, count, panel});
            }
        }
}

/// The matrix unit where there is one and the matrix has whole tiles.
template <class Work>
OCTAVO_VNNI inline void in_tiles(const ProductPart& part, std::int64_t columns, const Work& work) {
#if OCTAVO_HAS_AMX
    if (multiplies_tiles() && columns % (4 * tile_words) == 0) {
        const TileScope tiles;
        return for_tiles(part, true, work);
    }
#endif
    (void)columns;
    for_tiles(part, false, work);
}

} // namespace

OCTAVO_VNNI void multiply_codes(const TokenCodes& x, const PackedCodes& matrix, const ProductPart& part, bool add,
                                float* out) {
    const std::vector<std::int32_t> excess_of = excesses(x, matrix.columns, part);
    in_tiles(part, matrix.columns, [&](const Tile& tile) OCTAVO_VNNI {
        Sums sums;
        product(x.codes + tile.token * matrix.columns, tile.count, matrix, tile.panel, sums);
        for (std::int64_t t = 0; t < tile.count; ++t) {
            const std::int64_t token = tile.token + t;
            const std::int32_t excess = excess_of[static_cast<std::size_t>(token - part.first_token)];
            for (std::int64_t v = 0; v < vectors; ++v) {
                const std::int64_t row = tile.panel * code_panel + v * lanes;
                const __mmask16 mask = present(row, matrix.rows);
                float* to = out + token * matrix.rows + row;
                __m512 y = scaled(sums + t * code_panel + v * lanes, excess, x.scales[token], matrix, row, mask);
                if (add) y = _mm512_add_ps(_mm512_maskz_loadu_ps(mask, to), y);
                _mm512_mask_storeu_ps(to, mask, y);
            }
        }
    });
}

OCTAVO_VNNI void multiply_gated(const TokenCodes& x, const PackedCodes& gate, const PackedCodes& up,
                                const ProductPart& part, float* out) {
    const std::vector<std::int32_t> excess_of = excesses(x, gate.columns, part);
    const __m512 one = _mm512_set1_ps(1.0f), minus_log2_e = _mm512_set1_ps(-1.44269504f);
    in_tiles(part, gate.columns, [&](const Tile& tile) OCTAVO_VNNI {
        Sums gates, ups;
        product(x.codes + tile.token * gate.columns, tile.count, gate, tile.panel, gates);
        product(x.codes + tile.token * gate.columns, tile.count, up, tile.panel, ups);
        for (std::int64_t t = 0; t < tile.count; ++t) {
            const std::int64_t token = tile.token + t;
            const std::int32_t excess = excess_of[static_cast<std::size_t>(token - part.first_token)];
            for (std::int64_t v = 0; v < vectors; ++v) {
                const std::int64_t row = tile.panel * code_panel + v * lanes, at = t * code_panel + v * lanes;
                const __mmask16 mask = present(row, gate.rows);
                const __m512 g = scaled(gates + at, excess, x.scales[token], gate, row, mask),
                             u = scaled(ups + at, excess, x.scales[token], up, row, mask);
                const __m512 silu = _mm512_div_ps(g, _mm512_add_ps(one, power_of_two(_mm512_mul_ps(g, minus_log2_e))));
                _mm512_mask_storeu_ps(out + token * gate.rows + row, mask, _mm512_mul_ps(silu, u));
            }
        }
    });
}

#else

bool multiplies_int8() { return false; }
void pack_codes(const std::int8_t*, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::uint8_t*) {}
void multiply_codes(const TokenCodes&, const PackedCodes&, const ProductPart&, bool, float*) {}
void multiply_gated(const TokenCodes&, const PackedCodes&, const PackedCodes&, const ProductPart&, float*) {}

#endif

} // namespace octavo::kernels
