// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "architecture/architecture.h"
#include "architecture/config_reader.h"

namespace octavo {

/// Rotary embedding from rope_theta and rope_scaling (transformers 4) or rope_parameters (transformers 5).
/// Throws Error(unsupported_architecture) for a type or key that Octavo does not compute, Error(unusable_model) for
/// wrong values.
RotaryConfig read_rotary(const ConfigReader& config);

} // namespace octavo
