// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <stop_token>

#include "checkpoint/model_folder.h"
#include "recipe/recipe.h"

namespace octavo {

/// What plain rounding does to the matrices of a group, from the weights alone; read in blocks of rows, so that memory
/// stays small.
class WeightNoise {
public:
    /// Throws Error(cancelled), Error(not_finite) naming the tensor.
    void add(const ModelFolder& folder, const Module& module, const Scheme& scheme, int threads,
             const std::stop_token& stop);

    double sqnr_db() const;  ///< 10·log10(Σw² / Σ(w − ŵ)²), 200 for a group that is represented exactly
    double outlier() const;  ///< largest over the rows of max |w| / rms(w)
    double kurtosis() const; ///< E[(w − μ)⁴] / σ⁴ over all weights

private:
    double signal_ = 0, noise_ = 0, outlier_ = 0;
    double count_ = 0, powers_[4] = {0, 0, 0, 0}; ///< Σ w, w², w³, w⁴
};

} // namespace octavo
