// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "architecture/architecture.h"
#include "hardware/hardware.h"

namespace octavo {

/// How a model is going to be served.
struct ServingPlan {
    TargetGpu target;             ///< with its memory
    std::int64_t context = 4096;  ///< tokens per sequence
    std::int64_t sequences = 1;   ///< at once
    int kv_bytes_per_element = 2; ///< 1 for an FP8 cache
    int tensor_parallel = 1;      ///< cards that share the model
    double gpu_memory_utilization = 0.92;
};

/// What each card holds, in bytes, as forecast_serving() counts it.
struct ServingMemory {
    std::map<std::string, std::uint64_t> weights; ///< by kind
    std::uint64_t cache = 0;                      ///< of the planned sequences at their full context
    std::uint64_t activations = 0;                ///< of a step, and of the sampler
    std::uint64_t graphs = 0;                     ///< CUDA graphs and communication; 0 on a CPU
    std::uint64_t limit = 0;                      ///< that the server may take of the card
    double concurrency = 0;                       ///< sequences of the planned context that fit at once, at most

    std::uint64_t weight_bytes() const;
    std::uint64_t total() const { return weight_bytes() + cache + activations + graphs; }
};

/// `weights_by_kind` = of the whole model in the server's memory. An estimate good to some 10 % of the card.
ServingMemory serving_memory(const std::map<std::string, std::uint64_t>& weights_by_kind, const ModelConfig& config,
                             const ServingPlan& plan);

} // namespace octavo
