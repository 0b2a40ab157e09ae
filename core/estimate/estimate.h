// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "hardware/hardware.h"
#include "architecture/architecture.h"
#include "recipe/recipe.h"

namespace octavo {

struct EstimateRequest {
    std::int64_t context = 4096;            ///< tokens per sequence when serving
    std::optional<TargetGpu> target;
    double gpu_memory_utilization = 0.92;
    int kv_bytes_per_element = 2;
    std::int64_t calibration_tokens = 512 * 2048;
    int threads = 0;                        ///< 0 = all that may be used
};

/// A forecast, and labelled as one wherever it is shown.
struct Forecast {
    std::uint64_t weight_bytes_before = 0, weight_bytes_after = 0;
    std::map<std::string, std::uint64_t> by_kind_before, by_kind_after; ///< kinds of kind_of()
    double bits_per_weight = 0;             ///< over the quantized matrices, scales included
    std::uint64_t kv_bytes_per_token = 0;
    std::uint64_t kv_cache_bytes = 0;       ///< what is left for it on the target
    double concurrency = 0;                 ///< sequences of `context` tokens that fit the target
    std::uint64_t activation_bytes = 0;     ///< serving workspace on the target
    bool fits_target = true;
    double run_seconds = 0;                 ///< of the quantization on this machine, from arithmetic and a measured rate
    std::uint64_t run_peak_bytes = 0, disk_bytes = 0;
};

Forecast forecast(const ModelFolder& folder, const ModelConfig& config, const ResolvedRecipe& resolved, const EstimateRequest& request);
Json to_json(const Forecast& forecast);

} // namespace octavo
