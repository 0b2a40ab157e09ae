// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "architecture/architecture.h"
#include "hardware/hardware.h"
#include "recipe/recipe.h"

namespace octavo {

struct EstimateRequest {
    std::int64_t context = 4096; ///< tokens per sequence when serving
    std::optional<TargetGpu> target;
    double gpu_memory_utilization = 0.92;
    int kv_bytes_per_element = 2; ///< 1 in any case where the recipe has an FP8 cache
    int tensor_parallel = 1;      ///< cards that share the model; serving figures are of each
    std::int64_t calibration_tokens = 512 * 2048;
    std::int64_t calibration_length = 2048; ///< tokens per sample
    int threads = 0;                        ///< 0 = all that may be used
    /// Activations beyond this go to the disk (QuantizeRequest::activation_memory).
    std::uint64_t activation_memory = std::numeric_limits<std::uint64_t>::max();
    /// Serving memory besides weights and KV cache, where it is known (vLLM's log says it); otherwise estimated.
    std::optional<std::uint64_t> workspace_bytes;
};

/// Floating point operations of the one staged pass over the layers (a multiply-add counts as two;
/// the usual 2·parameters per token and SYRK, Cholesky and update counts).
struct RunWork {
    double forward = 0;       ///< linears and causal attention
    double hessian = 0;       ///< triangle of XᵀX, once per input that matrices share; products with a second stream
    double factorisation = 0; ///< one Cholesky per Hessian
    double solve = 0;         ///< error feedback, R·K² per matrix
    double smoothing = 0;     ///< output error of each candidate strength

    double total() const { return forward + hessian + factorisation + solve + smoothing; }
};

/// All zero for a recipe that needs no data.
RunWork run_work(const ModelConfig& config, const ResolvedRecipe& resolved, std::int64_t tokens, std::int64_t length);

/// Sustained fp32 operations per second and core; measured values, see estimate.cpp for where.
double operations_per_core(const CpuInfo& cpu);

/// A forecast, and labelled as one wherever it is shown.
struct Forecast {
    std::uint64_t weight_bytes_before = 0, weight_bytes_after = 0;
    std::map<std::string, std::uint64_t> by_kind_before, by_kind_after; ///< kinds of kind_of()
    double bits_per_weight = 0; ///< over the quantized matrices, scales included
    std::uint64_t kv_bytes_per_token = 0;
    std::uint64_t kv_cache_bytes = 0;   ///< what is left for it on the target
    double concurrency = 0;             ///< sequences of `context` tokens that fit the target
    std::uint64_t activation_bytes = 0; ///< serving workspace on the target: activations, sampler, CUDA graphs
    bool fits_target = true;            ///< at least one sequence of `context` tokens fits; true without a target
    double run_seconds = 0; ///< of the quantization on this machine's CPU, from arithmetic and a measured rate
    std::uint64_t run_peak_bytes = 0;   ///< resident memory of that run
    std::uint64_t run_stream_bytes = 0; ///< activations of all calibration tokens between two layers, wherever they lie
    std::uint64_t disk_bytes = 0;       ///< that the export takes
};

/// From tensor names, dtypes and shapes alone: nothing of the weights is read. A target whose memory is 0 (a bare
/// compute capability) leaves the serving figures at 0.
Forecast forecast(const std::vector<TensorSpec>& tensors, const ModelConfig& config, const ResolvedRecipe& resolved,
                  const EstimateRequest& request);
/// The same for a folder; disk_bytes then counts tokenizer and other side files too.
Forecast forecast(const ModelFolder& folder, const ModelConfig& config, const ResolvedRecipe& resolved,
                  const EstimateRequest& request);
Json to_json(const Forecast& forecast);

} // namespace octavo
