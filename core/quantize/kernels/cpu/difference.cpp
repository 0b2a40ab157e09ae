// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/difference.h"

#include "quantize/kernels/cpu/vector.h"

namespace octavo::kernels {

OCTAVO_MULTIVERSION void narrow_difference(const float* x, const float* reference, std::int64_t count,
                                           std::uint16_t* out) {
    for (std::int64_t i = 0; i < count; ++i) {
        const std::uint32_t bits = bits_of(x[i] - reference[i]);
        out[i] = static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
    }
}

OCTAVO_MULTIVERSION void add_difference(const float* reference, const std::uint16_t* difference, std::int64_t count,
                                        float* out) {
    for (std::int64_t i = 0; i < count; ++i)
        out[i] = reference[i] + float_of(static_cast<std::uint32_t>(difference[i]) << 16);
}

} // namespace octavo::kernels
