// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "report/run_record.h"

namespace octavo::cli {

/// One line per check, advice below those that did not pass.
std::string checks_text(const std::vector<Check>& checks);

/// "Perplexity protocol: …": the convention behind the figures, printed beside them.
std::string protocol_text(const Metrics& metrics);

} // namespace octavo::cli
