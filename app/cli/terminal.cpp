// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal.h"

namespace octavo::cli {

namespace {

/// Unicode's East Asian Width "wide" and "fullwidth", by blocks.
bool is_wide(char32_t c) {
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
           (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

} // namespace

std::pair<std::size_t, char32_t> next_character(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(at);
    const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (at + size > text.size()) return {1, U'?'};
    char32_t point = size == 1 ? first : first & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) point = point << 6 | (byte(at + i) & 0x3fu);
    return {size, point};
}

std::size_t columns_of(char32_t character) { return is_wide(character) ? 2 : 1; }

std::size_t width_of(std::string_view text) {
    std::size_t out = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto [size, point] = next_character(text, at);
        out += columns_of(point);
        at += size;
    }
    return out;
}

} // namespace octavo::cli
