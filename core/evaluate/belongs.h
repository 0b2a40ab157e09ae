// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluate/stream.h"

namespace octavo {

/// Throws Error(unusable_model) when two models cannot be compared token by token: other numbers of layers or tokens.
/// Reads their configs alone, so that it can be asked before one model's token ids meet the other's embedding.
void check_same_shape(const ModelFolder& model, const ModelFolder& reference);

/// Throws Error(unusable_model) when the embeddings of two models of one shape have nothing to do with each other.
/// Compares the angles between rows, which quantization and rotation of the residual stream leave as they are.
void check_belong_together(const ModelStream& model, const ModelStream& reference);

} // namespace octavo
