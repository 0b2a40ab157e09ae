// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

namespace octavo {

/// Metrics over scored tokens from their losses. With reference losses: the perplexity ratio with the standard error of
/// the paired difference (delta method), the KL divergence with its standard error and percentiles. `same_top` counts
/// tokens on which both prefer the same next token.
Metrics paired_metrics(const TokenLosses& losses, std::int64_t same_top);

} // namespace octavo
