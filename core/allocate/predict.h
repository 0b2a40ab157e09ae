// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "report/run_record.h"
#include "report/sensitivity.h"

namespace octavo {

/// What a sensitivity table foretells for a run: Σ of the measured KL divergences of its groups under the schemes that
/// the run gave them (16 bit = 0), or of the forecast ones where not all were measured; without the table's
/// calibration. None when a group of the run has neither, or its matrices differ in scheme.
std::optional<double> predicted_divergence(const SensitivityTable& table, const std::vector<MatrixReport>& layers);

} // namespace octavo
