// SPDX-License-Identifier: GPL-3.0-or-later
#include "number/packing.h"

namespace octavo {

void pack_codes(std::span<const std::uint8_t> codes, int bits, std::uint8_t flip, std::span<std::byte> out) {
    const std::uint32_t mask = (1u << bits) - 1;
    std::uint32_t waiting = 0; // bits that do not fill a byte yet
    int held = 0;
    std::size_t at = 0;
    for (const std::uint8_t code : codes) {
        waiting |= ((static_cast<std::uint32_t>(code) ^ flip) & mask) << held;
        for (held += bits; held >= 8; held -= 8, waiting >>= 8) out[at++] = static_cast<std::byte>(waiting & 0xffu);
    }
    if (held > 0) out[at++] = static_cast<std::byte>(waiting);
    for (; at < out.size(); ++at) out[at] = std::byte(0);
}

void unpack_codes(std::span<const std::byte> in, int bits, std::uint8_t flip, bool is_signed,
                  std::span<std::uint8_t> codes) {
    const std::uint32_t mask = (1u << bits) - 1, sign = is_signed ? 1u << (bits - 1) : 0;
    std::uint32_t waiting = 0;
    int held = 0;
    std::size_t at = 0;
    for (std::uint8_t& code : codes) {
        for (; held < bits; held += 8) waiting |= std::to_integer<std::uint32_t>(in[at++]) << held;
        const std::uint32_t value = (waiting ^ flip) & mask;
        code = static_cast<std::uint8_t>((value ^ sign) - sign);
        waiting >>= bits;
        held -= bits;
    }
}

} // namespace octavo
