// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "engine/engine.h"

namespace octavo {

/// Samples continuations with a KV cache; all layers stay in memory as 32-bit floats. Rows whose prompts are of one
/// length go through together. The same for the same request on one machine. Throws Error(usage) for an empty prompt or
/// a sampling option out of range, Error(out_of_memory) at the door.
std::vector<std::vector<std::int32_t>> generate(const GenerateRequest& request, Sink& sink, std::stop_token stop);

} // namespace octavo
