// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "job/job.h"

namespace octavo {

/// Round-to-nearest of every module that the recipe quantizes, straight from the mapped checkpoint: no data, no forward
/// pass, one matrix in memory at a time. device < 0 = CPU. Same bytes for any number of threads. Throws
/// Error(not_finite) naming the tensor, Error(cancelled).
void encode_without_data(Job& job, int threads, int device);

/// Throws Error(not_finite) naming the first tensor among those that the recipe leaves in 16 bit that holds NaN or
/// infinity.
void check_kept_tensors(const ModelFolder& model, const ResolvedRecipe& resolved, std::stop_token stop);

} // namespace octavo
