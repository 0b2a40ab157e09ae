// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace octavo {

/// A little-endian stream of bits: code i takes the bits i · bits … of it, `bits` from 1 to 8. This is how
/// compressed-tensors packs both integers (in int32 words) and E2M1 (two per byte, the first in the low half).
/// Only the low `bits` bits of a code count; `flip` is xored to them first (1 << (bits − 1) makes a signed integer
/// offset binary). What is left of `out` becomes zero.
void pack_codes(std::span<const std::uint8_t> codes, int bits, std::uint8_t flip, std::span<std::byte> out);

/// The inverse. Codes come with `flip` undone, and are sign-extended to int8 when `is_signed`. `in` holds at least
/// codes.size() · bits bits.
void unpack_codes(std::span<const std::byte> in, int bits, std::uint8_t flip, bool is_signed,
                  std::span<std::uint8_t> codes);

} // namespace octavo
