// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace octavo {

/// Where a sum comes from: the fewest entries that together carry at least `least` of it.
struct Concentration {
    std::vector<std::size_t> entries; ///< the largest first; empty for an empty or all-zero array
    double share = 0;                 ///< of the sum, that they carry
    std::size_t of = 0;               ///< entries in all
};

/// `values` ≥ 0, e.g. the error per input channel; others count as 0.
Concentration concentration(std::span<const float> values, double least = 0.5);

} // namespace octavo
