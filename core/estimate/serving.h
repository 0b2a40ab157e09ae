// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estimate/estimate.h"

namespace octavo {

/// Of the server's cache over all layers, on each of `tensor_parallel` cards: key/value heads are split as far as they
/// go, a latent cache is not.
std::uint64_t kv_bytes_per_token(const ModelConfig& config, int bytes_per_element = 2, int tensor_parallel = 1);

/// Serving memory besides weights and KV cache, in bytes.
struct ServingWorkspace {
    std::uint64_t activations = 0; ///< peak of vLLM's dummy run
    std::uint64_t graphs = 0;      ///< CUDA graphs and communication libraries; 0 on a CPU
};
ServingWorkspace serving_workspace(const ModelConfig& config, const TargetGpu& target);

/// Bytes of the blocks that one sequence of `request.context` tokens holds on each card; `request` has a target.
double kv_bytes_per_sequence(const ModelConfig& config, const EstimateRequest& request);

/// Fills the serving figures of a forecast (KV cache, concurrency, workspace) as vLLM's worker divides a device's
/// memory (v1/worker/gpu_worker.py, v1/core/kv_cache_utils.py). `weights` = bytes of the weights in the server's
/// memory.
void forecast_serving(Forecast& out, std::uint64_t weights, const ModelConfig& config, const EstimateRequest& request);

} // namespace octavo
