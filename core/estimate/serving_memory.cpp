// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimate/serving_memory.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "estimate/serving.h"

namespace octavo {

std::uint64_t ServingMemory::weight_bytes() const {
    return std::accumulate(weights.begin(), weights.end(), std::uint64_t(0),
                           [](std::uint64_t sum, const auto& kind) { return sum + kind.second; });
}

ServingMemory serving_memory(const std::map<std::string, std::uint64_t>& weights_by_kind, const ModelConfig& config,
                             const ServingPlan& plan) {
    EstimateRequest request;
    request.context = plan.context;
    request.target = plan.target;
    request.gpu_memory_utilization = plan.gpu_memory_utilization;
    request.kv_bytes_per_element = plan.kv_bytes_per_element;
    request.tensor_parallel = plan.tensor_parallel;
    ServingMemory out;
    std::uint64_t all = 0;
    for (const auto& [kind, bytes] : weights_by_kind) {
        out.weights[kind] = bytes / static_cast<std::uint64_t>(std::max(1, plan.tensor_parallel));
        all += bytes;
    }
    Forecast found;
    forecast_serving(found, all, config, request);
    const ServingWorkspace workspace = serving_workspace(config, plan.target);
    out.activations = workspace.activations;
    out.graphs = workspace.graphs;
    out.cache =
        static_cast<std::uint64_t>(static_cast<double>(plan.sequences) * kv_bytes_per_sequence(config, request));
    out.limit = static_cast<std::uint64_t>(
        std::ceil(static_cast<double>(plan.target.memory_bytes) * plan.gpu_memory_utilization));
    out.concurrency = found.concurrency;
    return out;
}

} // namespace octavo
