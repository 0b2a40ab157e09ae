// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "quantize/kernels/cpu/vector.h"

namespace octavo::kernels {

/// e^d and e^d − 1 − d; the latter to within a few units of the last place where |d| < ln 2 / 2.
struct Exponential {
    float power, beyond_linear;
};

OCTAVO_INLINE Exponential exponential(float d) {
    // What lies outside is 0 or as good as infinite, but for the linear term.
    const float within = std::min(std::max(d, -87.0f), 88.0f);
    const float whole = (within * 1.44269504f + 12582912.0f) - 12582912.0f; // to the nearest integer
    const float rest = (within - whole * 0.693145752f) - whole * 1.42860677e-6f;
    // Taylor series of (e^r − 1 − r) / r², |r| ≤ ln 2 / 2.
    float series = 2.4801587e-5f;
    series = series * rest + 1.9841270e-4f;
    series = series * rest + 1.3888889e-3f;
    series = series * rest + 8.3333333e-3f;
    series = series * rest + 4.1666667e-2f;
    series = series * rest + 1.6666667e-1f;
    series = series * rest + 0.5f;
    const float curved = series * rest * rest;
    const float scale = float_of(static_cast<std::uint32_t>(static_cast<std::int32_t>(whole) + 127) << 23);
    const float power = scale * (1.0f + (rest + curved));
    return {power, whole == 0.0f ? curved : power - 1.0f - d};
}

} // namespace octavo::kernels
