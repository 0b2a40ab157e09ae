// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace octavo::kernels {

// Products of int8 codes whose int32 sums, which are exact, are scaled while they are still in registers. For CPUs that
// multiply bytes in fours; the functions must not be called elsewhere. They do the work of one thread: callers deal out
// tokens or panels.

/// Whether this CPU can (AVX512-VNNI).
bool multiplies_int8();

/// Outputs that are stored side by side.
inline constexpr std::int64_t code_panel = 64;
/// Tokens that are multiplied together: ranges of them should begin at multiples.
inline constexpr std::int64_t code_tile = 6;

inline constexpr std::int64_t code_panels(std::int64_t rows) { return (rows + code_panel - 1) / code_panel; }

/// Bytes that pack_codes() fills for a matrix [rows, columns]; `columns` is a multiple of 4.
std::int64_t packed_bytes(std::int64_t rows, std::int64_t columns);

/// The panels [begin, end) of codes [rows, columns]: out[panel][column / 4][row in the panel][column % 4], 128 added.
void pack_codes(const std::int8_t* codes, std::int64_t rows, std::int64_t columns, std::int64_t begin, std::int64_t end,
                std::uint8_t* out);

/// A packed matrix [rows, columns] of a value each of code · scale of its row; `bias` [rows] or null.
struct PackedCodes {
    const std::uint8_t* codes;
    const float *scales, *bias;
    std::int64_t rows, columns;
};

/// What it multiplies: codes [tokens, columns] and a scale for each token.
struct TokenCodes {
    const std::int8_t* codes;
    const float* scales;
};

/// Part of a product: tokens and panels.
struct ProductPart {
    std::int64_t first_token, last_token, first_panel, last_panel; ///< both ends beyond the last
};

/// out[t][r] = Σ_k x_tk w_rk, scaled by the token and then by the row, plus the bias; with `add` out[t][r] plus that.
/// out [tokens, rows].
void multiply_codes(const TokenCodes& x, const PackedCodes& matrix, const ProductPart& part, bool add, float* out);

/// out[t][r] = silu(g) · u of the products g and u with two matrices of one size. silu(g) = g / (1 + e^−g).
void multiply_gated(const TokenCodes& x, const PackedCodes& gate, const PackedCodes& up, const ProductPart& part,
                    float* out);

} // namespace octavo::kernels
