// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

#include "recipe/scheme.h"

namespace octavo::gui {

/// The 256 counts of a weight histogram put in the order of the values that the codes mean.
struct CodeGrid {
    std::vector<double> values; ///< of each code in steps of the scale, rising
    std::vector<double> counts;
    bool uniform = true; ///< integer: the values are the codes themselves

    double total() const;
    double shareAtEnds() const; ///< of weights that sit on the smallest or the largest code: much of it means clipping
    int used() const;           ///< codes that occur at all

    /// `histogram` has 256 entries: codes −128…127, or code bytes of E4M3, or of four-bit codes in the lowest entries.
    static CodeGrid make(const std::vector<float>& histogram, const QuantizationArgs& weights);
};

} // namespace octavo::gui
