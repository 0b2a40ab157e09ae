// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "compressed_tensors/verifier.h"
#include "job/job.h"

namespace octavo::cli {

/// The document that `quantize --json` prints; `serve_command` is null where vLLM cannot serve the scheme on the
/// target.
Json quantize_json(const QuantizeRequest& request, const RunRecord& record, ComputeCapability target);

/// The same for people: sizes, the layers that suffered most, where things are, what to type next.
std::string quantize_summary(const QuantizeRequest& request, const RunRecord& record, ComputeCapability target);

} // namespace octavo::cli
