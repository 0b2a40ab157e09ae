// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

#include "engine/evaluation.h"

namespace octavo::gui {

/// Mean loss difference of consecutive blocks: {middle token of the block, nats per token}; at most `points` blocks.
std::vector<std::pair<double, double>> differenceAlongText(const TokenLosses& losses, std::size_t points);

} // namespace octavo::gui
