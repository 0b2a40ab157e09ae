// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "engine/engine.h"

namespace octavo {

/// Perplexity of a folder on disk, and with a reference the paired comparison: both models walk through the layers
/// together on the same windows, so memory stays at two layers. Protocol: DESIGN "Command line".
EvaluateResult evaluate_folder(const EvaluateRequest& request, Sink& sink, std::stop_token stop);

} // namespace octavo
