// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "allocate/study.h"

namespace octavo {

/// The table of start_table() with the KL divergence of every row measured: the group alone is rounded to the scheme
/// (its input too, as the scheme says), all else stays as it is, and the logits are compared with the unquantized
/// model's. What lies before the group is the same for both and computed once; several perturbed streams go through the
/// layers behind it together, so that a layer's weights are read once for all of them.
SensitivityTable measure_sensitivity(const SensitivityRequest& request, Sink& sink, std::stop_token stop);

} // namespace octavo
