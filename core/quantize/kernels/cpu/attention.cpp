// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/attention.h"

#include "quantize/kernels/aligned.h"
#include "quantize/kernels/cpu/amx.h"

#include <algorithm>
#include <vector>

namespace octavo::kernels {

namespace {

constexpr std::int64_t lanes = 16, panel = 64; ///< keys side by side, four registers
constexpr std::int64_t tile = 6;               ///< queries at a time: 6 × 64 sums fill 24 registers
constexpr std::int64_t unit_tile = 16;         ///< and by the matrix unit, if there is one
constexpr std::int64_t padding = 48;           ///< whole tiles of either kind
static_assert(attention_block % padding == 0 && padding % tile == 0 && padding % unit_tile == 0);

constexpr std::int64_t rounded_up(std::int64_t count, std::int64_t unit) { return (count + unit - 1) / unit * unit; }

} // namespace

std::int64_t query_words(std::int64_t length, std::int64_t width) { return rounded_up(length, padding) * width / 2; }
std::int64_t key_words(std::int64_t length, std::int64_t width) { return rounded_up(length, panel) * width / 2; }
std::int64_t value_words(std::int64_t length, std::int64_t width) {
    return rounded_up(length, panel) / 2 * rounded_up(width, lanes);
}

#if OCTAVO_HAS_AVX512

namespace {

/// Sixteen numbers as pairs of bf16 would hold them: in the low half of each word.
OCTAVO_BF16 inline __m512i narrowed(__m512 x) {
    return _mm512_maskz_cvtepu16_epi32(all_lanes, (__m256i)_mm512_cvtneps_pbh(x));
}

/// One token, turned, times `scale`; the order of turned channels is that of neither form, but the same for queries and
/// keys.
OCTAVO_BF16 inline void turned_row(const float* in, std::int64_t position, const Rotation& rotation, float scale,
                                   std::int64_t width, float* out) {
    const std::int64_t half = rotation.cosine ? rotation.half : 0;
    const float *cosine = rotation.cosine + position * half, *sine = rotation.sine + position * half;
    for (std::int64_t i = 0; i < half; ++i) {
        const float first = rotation.interleaved ? in[2 * i] : in[i],
                    second = rotation.interleaved ? in[2 * i + 1] : in[half + i];
        out[i] = (first * cosine[i] - second * sine[i]) * scale;
        out[half + i] = (second * cosine[i] + first * sine[i]) * scale;
    }
    for (std::int64_t i = 2 * half; i < width; ++i) out[i] = in[i] * scale;
}

/// A row of floats as bf16 numbers, two a word.
OCTAVO_BF16 inline void narrow_row(const float* in, std::int64_t width, std::uint32_t* out) {
    for (std::int64_t i = 0; i < width; i += lanes) {
        const __mmask16 mask = present(i, width);
        _mm256_mask_storeu_epi16(reinterpret_cast<std::uint16_t*>(out) + i, mask,
                                 (__m256i)_mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(mask, in + i)));
    }
}

} // namespace

OCTAVO_BF16 void pack_queries(const HeadRows& in, const Rotation& rotation, float scale, std::uint32_t* out) {
    std::vector<float> row(static_cast<std::size_t>(in.width));
    for (std::int64_t token = 0; token < in.length; ++token) {
        turned_row(in.data + token * in.stride, token, rotation, scale, in.width, row.data());
        narrow_row(row.data(), in.width, out + token * in.width / 2);
    }
    std::fill(out + in.length * in.width / 2, out + query_words(in.length, in.width), 0U);
}

OCTAVO_BF16 void pack_keys(const HeadRows& in, const Rotation& rotation, std::uint32_t* out) {
    const std::int64_t pairs = in.width / 2;
    std::vector<float> row(static_cast<std::size_t>(in.width));
    std::vector<std::uint32_t> words(static_cast<std::size_t>(pairs));
    for (std::int64_t token = 0; token < rounded_up(in.length, panel); ++token) {
        if (token < in.length) {
            turned_row(in.data + token * in.stride, token, rotation, 1.0f, in.width, row.data());
            narrow_row(row.data(), in.width, words.data());
        } else {
            std::fill(words.begin(), words.end(), 0U);
        }
        std::uint32_t* to = out + token / panel * panel * pairs + token % panel;
        for (std::int64_t pair = 0; pair < pairs; ++pair) to[pair * panel] = words[static_cast<std::size_t>(pair)];
    }
}

OCTAVO_BF16 void pack_values(const HeadRows& in, std::uint32_t* out) {
    const std::int64_t words = rounded_up(in.width, lanes);
    for (std::int64_t token = 0; token < rounded_up(in.length, panel); token += 2, out += words)
        for (std::int64_t column = 0; column < words; column += lanes) {
            const __mmask16 mask = present(column, in.width);
            const float* from = in.data + token * in.stride + column;
            const __m512 low = _mm512_maskz_loadu_ps(token < in.length ? mask : __mmask16(0), from),
                         high = _mm512_maskz_loadu_ps(token + 1 < in.length ? mask : __mmask16(0), from + in.stride);
            _mm512_storeu_si512(out + column,
                                _mm512_or_si512(narrowed(low), _mm512_maskz_slli_epi32(all_lanes, narrowed(high), 16)));
        }
}

namespace {

/// `tile` rows of pairs, each `stride` words from the last, times `vectors` · 16 columns of pairs, `across` words from
/// one pair to the next: into out, rows `width` numbers apart.
template <int vectors>
OCTAVO_BF16 inline void multiply_by_registers(const std::uint32_t* rows, std::int64_t stride,
                                              const std::uint32_t* columns, std::int64_t across, std::int64_t pairs,
                                              float* out, std::int64_t width) {
    __m512 total[tile][vectors];
#pragma GCC unroll 6
    for (int r = 0; r < tile; ++r)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) total[r][v] = _mm512_setzero_ps();
    for (std::int64_t pair = 0; pair < pairs; ++pair, columns += across) {
        __m512bh right[vectors];
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) right[v] = (__m512bh)_mm512_loadu_si512(columns + v * lanes);
#pragma GCC unroll 6
        for (int r = 0; r < tile; ++r) {
            const __m512bh left = (__m512bh)_mm512_set1_epi32(static_cast<int>(rows[r * stride + pair]));
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v) total[r][v] = _mm512_dpbf16_ps(total[r][v], left, right[v]);
        }
    }
#pragma GCC unroll 6
    for (int r = 0; r < tile; ++r)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) _mm512_storeu_ps(out + r * width + v * lanes, total[r][v]);
}

#if OCTAVO_HAS_AMX
/// The same for sixteen rows, by the matrix unit; `pairs` is a multiple of 16.
template <int vectors>
OCTAVO_AMX void multiply_by_tiles(const std::uint32_t* rows, std::int64_t stride, const std::uint32_t* columns,
                                  std::int64_t across, std::int64_t pairs, float* out, std::int64_t width) {
    const std::int64_t row_bytes = stride * 4, across_bytes = across * 4, out_bytes = width * 4;
    _tile_zero(0);
    if constexpr (vectors > 1) _tile_zero(1);
    if constexpr (vectors > 2) _tile_zero(2);
    if constexpr (vectors > 3) _tile_zero(3);
    for (std::int64_t pair = 0; pair < pairs; pair += tile_words, columns += tile_words * across) {
        _tile_loadd(4, rows + pair, row_bytes);
        _tile_loadd(5, columns, across_bytes);
        _tile_dpbf16ps(0, 4, 5);
        if constexpr (vectors > 1) {
            _tile_loadd(6, columns + lanes, across_bytes);
            _tile_dpbf16ps(1, 4, 6);
        }
        if constexpr (vectors > 2) {
            _tile_loadd(7, columns + 2 * lanes, across_bytes);
            _tile_dpbf16ps(2, 4, 7);
        }
        if constexpr (vectors > 3) {
            _tile_loadd(5, columns + 3 * lanes, across_bytes);
            _tile_dpbf16ps(3, 4, 5);
        }
    }
    _tile_stored(0, out, out_bytes);
    if constexpr (vectors > 1) _tile_stored(1, out + lanes, out_bytes);
    if constexpr (vectors > 2) _tile_stored(2, out + 2 * lanes, out_bytes);
    if constexpr (vectors > 3) _tile_stored(3, out + 3 * lanes, out_bytes);
}
#endif

/// By the registers or by the matrix unit: `unit`.
template <int vectors>
OCTAVO_BF16 inline void multiply(bool unit, const std::uint32_t* rows, std::int64_t stride,
                                 const std::uint32_t* columns, std::int64_t across, std::int64_t pairs, float* out,
                                 std::int64_t width) {
#if OCTAVO_HAS_AMX
    if (unit) return multiply_by_tiles<vectors>(rows, stride, columns, across, pairs, out, width);
#endif
    (void)unit;
    multiply_by_registers<vectors>(rows, stride, columns, across, pairs, out, width);
}

/// Of sixteen numbers; the compiler's own reductions warn of registers left undefined, too.
OCTAVO_BF16 inline float largest_of(__m512 x) {
    float each[lanes];
    _mm512_storeu_ps(each, x);
    return *std::max_element(each, each + lanes);
}
OCTAVO_BF16 inline float sum_of(__m512 x) {
    float each[lanes];
    _mm512_storeu_ps(each, x);
    for (std::int64_t step = lanes / 2; step > 0; step /= 2)
        for (std::int64_t i = 0; i < step; ++i) each[i] += each[i + step];
    return each[0];
}

/// Keys [first, last] of a row of scores, in units of ln 2, as weights in bf16; zeros in what else there is of [begin,
/// end), multiples of 16. Returns their sum.
OCTAVO_BF16 inline float weigh(const float* scores, std::int64_t begin, std::int64_t end, std::int64_t first,
                               std::int64_t last, std::uint16_t* out) {
    const __m512i ramp = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                  span = _mm512_set1_epi32(static_cast<int>(last - first));
    const auto seen = [&](std::int64_t key) OCTAVO_BF16 {
        return _mm512_cmple_epu32_mask(_mm512_add_epi32(ramp, _mm512_set1_epi32(static_cast<int>(key - first))), span);
    };
    __m512 most = _mm512_set1_ps(-__builtin_inff()), sum = _mm512_setzero_ps();
    for (std::int64_t key = begin; key < end; key += lanes)
        most = _mm512_mask_max_ps(most, seen(key), most, _mm512_loadu_ps(scores + key));
    const __m512 largest = _mm512_set1_ps(largest_of(most));
    for (std::int64_t key = begin; key < end; key += lanes) {
        const __m512 weight =
            _mm512_maskz_mov_ps(seen(key), power_of_two(_mm512_sub_ps(_mm512_loadu_ps(scores + key), largest)));
        sum = _mm512_add_ps(sum, weight);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + key), (__m256i)_mm512_cvtneps_pbh(weight));
    }
    return sum_of(sum);
}

/// What a block of queries is worked on in: scores and weights of `rows` of them, and what comes out.
struct Scratch {
    Scratch(const PackedHead& head, bool by_unit)
        : unit(by_unit), rows(by_unit ? unit_tile : tile), keys(rounded_up(head.length, panel)),
          columns(rounded_up(head.value_width, lanes)), scores(static_cast<std::size_t>(rows * keys)),
          weights(static_cast<std::size_t>(rows * keys / 2)), mixed(static_cast<std::size_t>(rows * columns)) {}
    bool unit;
    std::int64_t rows, keys, columns;
    AlignedVector<float> scores;
    AlignedVector<std::uint32_t> weights;
    AlignedVector<float> mixed;
};

/// Values of the keys [begin, end), weighed, for the rows of the scratch.
OCTAVO_BF16 inline void mix(const PackedHead& head, std::int64_t begin, std::int64_t end, Scratch& scratch) {
    const std::uint32_t *weights = scratch.weights.data() + begin / 2,
                        *values = head.values + begin / 2 * scratch.columns;
    const std::int64_t stride = scratch.keys / 2, pairs = (end - begin) / 2, across = scratch.columns;
    for (std::int64_t column = 0; column < across; column += 4 * lanes) {
        float* out = scratch.mixed.data() + column;
        const std::uint32_t* from = values + column;
        switch (std::min<std::int64_t>(across - column, 4 * lanes) / lanes) {
        case 1: multiply<1>(scratch.unit, weights, stride, from, across, pairs, out, across); break;
        case 2: multiply<2>(scratch.unit, weights, stride, from, across, pairs, out, across); break;
        case 3: multiply<3>(scratch.unit, weights, stride, from, across, pairs, out, across); break;
        default: multiply<4>(scratch.unit, weights, stride, from, across, pairs, out, across); break;
        }
    }
}

OCTAVO_BF16 void attend(const PackedHead& head, std::int64_t begin, std::int64_t end, float* out, std::int64_t stride,
                        Scratch& scratch) {
    const std::int64_t pairs = head.width / 2;
    const auto first_key = [&](std::int64_t query) {
        return head.window > 0 ? std::max<std::int64_t>(0, query + 1 - head.window) : 0;
    };
    for (std::int64_t query = begin; query < end; query += scratch.rows) {
        const std::int64_t count = std::min(scratch.rows, end - query), from = first_key(query) / panel * panel,
                           keys = query + count, // the last one's own included
            to = rounded_up(keys, 2 * lanes);
        for (std::int64_t key = from; key < keys; key += panel)
            multiply<4>(scratch.unit, head.queries + query * pairs, pairs, head.keys + key * pairs, panel, pairs,
                        scratch.scores.data() + key, scratch.keys);
        float sums[unit_tile];
        for (std::int64_t r = 0; r < count; ++r)
            sums[r] = weigh(scratch.scores.data() + r * scratch.keys, from, to, first_key(query + r), query + r,
                            reinterpret_cast<std::uint16_t*>(scratch.weights.data() + r * scratch.keys / 2));
        mix(head, from, to, scratch);
        for (std::int64_t r = 0; r < count; ++r) {
            const float inverse = 1.0f / sums[r];
            for (std::int64_t column = 0; column < head.value_width; ++column)
                out[(query + r) * stride + column] =
                    scratch.mixed[static_cast<std::size_t>(r * scratch.columns + column)] * inverse;
        }
    }
}

} // namespace

void attend(const PackedHead& head, std::int64_t begin, std::int64_t end, float* out, std::int64_t stride) {
#if OCTAVO_HAS_AMX
    if (multiplies_tiles() && head.width % (2 * tile_words) == 0) {
        Scratch scratch(head, true);
        const TileScope tiles;
        return attend(head, begin, end, out, stride, scratch);
    }
#endif
    Scratch scratch(head, false);
    attend(head, begin, end, out, stride, scratch);
}

#else

void pack_queries(const HeadRows&, const Rotation&, float, std::uint32_t*) {}
void pack_keys(const HeadRows&, const Rotation&, std::uint32_t*) {}
void pack_values(const HeadRows&, std::uint32_t*) {}
void attend(const PackedHead&, std::int64_t, std::int64_t, float*, std::int64_t) {}

#endif

} // namespace octavo::kernels
