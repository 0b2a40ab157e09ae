// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/utf8.h"

namespace octavo {

std::size_t find_invalid_utf8(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned lead = byte(i);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || text.size() - i < length) return i;
        // The second byte's range excludes overlong forms, surrogates and code points above U+10FFFF.
        const unsigned low = lead == 0xe0   ? 0xa0
                             : lead == 0xf0 ? 0x90
                                            : 0x80,
                       high = lead == 0xed   ? 0x9f
                              : lead == 0xf4 ? 0x8f
                                             : 0xbf;
        if (byte(i + 1) < low || byte(i + 1) > high) return i;
        for (std::size_t k = 2; k < length; ++k)
            if ((byte(i + k) & 0xc0) != 0x80) return i;
        i += length;
    }
    return std::string_view::npos;
}

} // namespace octavo
