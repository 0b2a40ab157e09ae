// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluate/stream.h"

namespace octavo {

/// Throws Error(unusable_model) when two models cannot be compared token by token: other numbers of layers or tokens,
/// or embeddings that have nothing to do with each other. The latter compares the angles between rows of the embedding,
/// which quantization and rotation of the residual stream leave as they are.
void check_belong_together(const ModelStream& model, const ModelStream& reference);

} // namespace octavo
