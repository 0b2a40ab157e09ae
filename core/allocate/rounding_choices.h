// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "checkpoint/model_folder.h"
#include "recipe/recipe.h"
#include "report/run_folder.h"

namespace octavo {

/// One way to round a matrix, with what it would do to its output.
struct RoundingChoice {
    int group_size = 0; ///< columns that share a scale; 0 = as the scheme has it where it cannot be chosen, else a row
    bool searched = false; ///< scales by least error weighted by the input, instead of by the extremes
    double error = 0; ///< Σ E[x_k²] (w − ŵ)² / Σ E[x_k²] w²: input channels as if they had nothing in common
    std::uint64_t bytes = 0; ///< of the stored matrix
};

/// What the input of a matrix [N, K] looked like in calibration, as its run recorded it.
struct InputStatistics {
    std::span<const float> mean_square_before; ///< [K], before smoothing
    std::span<const float> mean_square_after;  ///< [K], as the matrix sees it; empty = it was not smoothed
};

/// The grids that `scheme` could have for this matrix with both ways to find their scales, from its 16-bit weights and
/// the statistics of a run: no tokens are needed. Of large matrices a sample of the rows is read. The scheme's own come
/// first; group sizes that do not divide K are left out. Throws Error(cancelled), Error(unusable_model) when the folder
/// has no such matrix, Error(internal) for statistics of another width.
std::vector<RoundingChoice> rounding_choices(const ModelFolder& folder, const Module& module, const Scheme& scheme,
                                             const InputStatistics& input, int threads, const std::stop_token& stop);

/// A grid that differs from the one of a run in one thing: its groups, or how its scales are found.
struct OtherGrid {
    RoundingChoice choice;
    bool other_groups = false; ///< else other scales
    double factor = 1;         ///< rounding error over that of the run's own grid
};

/// What grids besides its own a matrix of a finished run could have. Empty where that cannot be told without running
/// again: the matrix stayed in 16 bit, the run had no data or turned the weights. Throws as rounding_choices() does,
/// and Error(io | unusable_model) when the model is no longer where the run read it.
std::vector<OtherGrid> other_grids(const Run& run, const std::string& matrix, int threads, const std::stop_token& stop);

} // namespace octavo
