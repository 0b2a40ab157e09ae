// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/finite.h"

#include <algorithm>
#include <cstring>

namespace octavo {

namespace {

template <class Word>
bool any_of_block(const std::byte* bytes, std::size_t count, Word mask, Word least) {
    // No early exit inside a block: the loop vectorises.
    bool found = false;
    for (std::size_t i = 0; i < count; ++i) {
        Word word;
        std::memcpy(&word, bytes + i * sizeof(Word), sizeof(Word));
        found |= (word & mask) >= least;
    }
    return found;
}

/// First word whose masked bits reach `least` (an exponent of all ones).
template <class Word>
std::int64_t first_word(std::span<const std::byte> bytes, Word mask, Word least) {
    constexpr std::size_t block = 4096;
    const std::size_t count = bytes.size() / sizeof(Word);
    for (std::size_t begin = 0; begin < count; begin += block) {
        const std::size_t size = std::min(block, count - begin);
        if (!any_of_block(bytes.data() + begin * sizeof(Word), size, mask, least)) continue;
        for (std::size_t i = begin; i < begin + size; ++i)
            if (any_of_block(bytes.data() + i * sizeof(Word), 1, mask, least)) return static_cast<std::int64_t>(i);
    }
    return -1;
}

} // namespace

std::int64_t first_not_finite(Dtype dtype, std::span<const std::byte> bytes) {
    switch (dtype) {
    case Dtype::f64: return first_word<std::uint64_t>(bytes, 0x7ff0000000000000u, 0x7ff0000000000000u);
    case Dtype::f32: return first_word<std::uint32_t>(bytes, 0x7f800000u, 0x7f800000u);
    case Dtype::bf16: return first_word<std::uint16_t>(bytes, 0x7f80u, 0x7f80u);
    case Dtype::f16: return first_word<std::uint16_t>(bytes, 0x7c00u, 0x7c00u);
    case Dtype::f8_e4m3: return first_word<std::uint8_t>(bytes, 0x7fu, 0x7fu);
    case Dtype::f8_e5m2: return first_word<std::uint8_t>(bytes, 0x7cu, 0x7cu);
    case Dtype::f8_e8m0: return first_word<std::uint8_t>(bytes, 0xffu, 0xffu);
    default: return -1;
    }
}

} // namespace octavo
