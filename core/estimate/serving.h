// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estimate/estimate.h"

namespace octavo {

/// Of the server's cache over all layers, on each of `tensor_parallel` cards: key/value heads are split as far as they
/// go, a latent cache is not.
std::uint64_t kv_bytes_per_token(const ModelConfig& config, int bytes_per_element = 2, int tensor_parallel = 1);

/// Fills the serving figures of a forecast (KV cache, concurrency, workspace) as vLLM's worker divides a device's
/// memory (v1/worker/gpu_worker.py, v1/core/kv_cache_utils.py). `weights` = bytes of the weights in the server's
/// memory.
void forecast_serving(Forecast& out, std::uint64_t weights, const ModelConfig& config, const EstimateRequest& request);

} // namespace octavo
