// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "report/run_record.h"

namespace octavo {

/// A compute capability as vLLM knows it (9.0 → major 9, minor 0); major 0 = CPU or unknown.
struct ComputeCapability {
    int major = 0, minor = 0;
};

/// Reopens an exported folder as a stranger would and replays the loader's rules
/// (vllm/model_executor/layers/quantization/compressed_tensors): config keys, names, shapes, dtypes, completeness, NaN
/// or zero scales, fused sets, side files and tokenizer, and what `target` can run natively. Never throws for a defect
/// of the folder: defects are checks with status fail. Throws Error(cancelled) between two tensors.
std::vector<Check> verify_export(const std::filesystem::path& folder, std::optional<ComputeCapability> target = {},
                                 const std::stop_token& stop = {});

bool passed(const std::vector<Check>& checks); ///< no check failed

} // namespace octavo
