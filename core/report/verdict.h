// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/run_record.h"

namespace octavo {

/// One sentence about what quantization cost, never claiming more than the paired measurement allows: a change of
/// perplexity is named only where the 95 % interval (ratio ± 1.96 standard errors) excludes 1, with both ends of it
/// rounded outwards.
Message verdict(const Metrics& metrics);

} // namespace octavo
