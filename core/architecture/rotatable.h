// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "architecture/model_config.h"
#include "checkpoint/model_folder.h"

namespace octavo {

/// Throws Error(unusable_recipe) that names what in this architecture keeps the residual stream from being turned.
void check_rotatable(const ModelConfig& config);

/// The head that a turned model needs although its original shares the embedding's: the gain of the last norm is part
/// of it. None where the original's tensors have one already. `embedding` = embed_tokens.weight.
std::optional<TensorSpec> head_after_rotation(const ModelConfig& config, const TensorSpec& embedding, bool has_head);

} // namespace octavo
