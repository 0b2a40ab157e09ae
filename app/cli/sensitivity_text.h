// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "report/sensitivity.h"

namespace octavo::cli {

/// The table for people: the most harmful rows first, one line each, and what was measured how.
std::string sensitivity_text(const SensitivityTable& table);

} // namespace octavo::cli
