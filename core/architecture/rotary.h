// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "architecture/architecture_table.h"
#include "architecture/config_reader.h"

namespace octavo {

/// Rotary embedding from rope_theta and rope_scaling (transformers 4) or rope_parameters (transformers 5), for all
/// layers alike or by the kind of layer; also what it does to the scale of the scores (DeepSeek's yarn). Needs the
/// sizes, context and latent attention of `out`. Throws Error(unsupported_architecture) for a type or key that Octavo
/// does not compute, Error(unusable_model) for wrong values.
void read_rotary(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out);

} // namespace octavo
