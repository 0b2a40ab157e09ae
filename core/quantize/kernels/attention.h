// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace octavo::kernels {

// Causal attention of one sequence by products of numbers rounded to bf16, as servers compute it; sums, maxima and
// powers are float32. For CPUs that multiply pairs of bf16 numbers (multiplies_bf16() in gram.h); the functions must
// not be called elsewhere. They do the work of one thread: callers deal out heads and blocks of queries. What a number
// becomes does not depend on who does which.

/// How a rotary embedding turns the first 2 · half channels of a head; cosine and sine [positions, half]. Without
/// tables nothing is turned.
struct Rotation {
    const float *cosine = nullptr, *sine = nullptr;
    std::int64_t half = 0;
    bool interleaved = false; ///< pairs are neighbours, not half a turn apart
};

/// Tokens of one head in memory: [length, width], rows `stride` numbers apart.
struct HeadRows {
    const float* data;
    std::int64_t stride, length, width;
};

/// Words that the packed form takes of `length` tokens, `width` channels.
std::int64_t query_words(std::int64_t length, std::int64_t width);
std::int64_t key_words(std::int64_t length, std::int64_t width);
std::int64_t value_words(std::int64_t length, std::int64_t width);

/// Turned, times `scale`, the factor of the scores. `width` is even.
void pack_queries(const HeadRows& in, const Rotation& rotation, float scale, std::uint32_t* out);
void pack_keys(const HeadRows& in, const Rotation& rotation, std::uint32_t* out);
void pack_values(const HeadRows& in, std::uint32_t* out);

/// Queries of one head and what they look at, packed.
struct PackedHead {
    const std::uint32_t *queries, *keys, *values;
    std::int64_t length, width, value_width;
    std::int64_t window = 0; ///< how many tokens a query sees, itself included; 0 = all before it
};

/// Queries that are one piece of work.
inline constexpr std::int64_t attention_block = 96;

/// softmax(q kᵀ) v of the queries [begin, end), begin a multiple of attention_block, into the rows of out, `stride`
/// numbers apart, of which the first is that of token 0.
void attend(const PackedHead& head, std::int64_t begin, std::int64_t end, float* out, std::int64_t stride);

} // namespace octavo::kernels
