// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "architecture/architecture.h"

namespace octavo {

/// Holds the folder's tensors against the config: every embedding, norm, matrix and bias there in its shape, in a
/// floating type, and nothing that the architecture would not use (a bias that the config denies, a layer too many). Of
/// an already quantized folder only the tensors that are not part of a Linear are compared. Throws
/// Error(unusable_model) naming the tensor.
void check_tensors(const ModelFolder& folder, const ModelConfig& config);

/// Type of the first matrix, or, when that is quantized, of the embedding.
Dtype stored_dtype(const ModelFolder& folder, const ModelConfig& config);

} // namespace octavo
