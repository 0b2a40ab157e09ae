// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimate/serving.h"

#include <algorithm>
#include <cmath>

namespace octavo {

namespace {

constexpr double gib = 1024.0 * 1024 * 1024;

/// Scheduler defaults of `vllm serve` (engine/arg_utils.py): by size of the device, the A100 counts as a small one.
struct Scheduler {
    std::int64_t batched_tokens = 2048, sequences = 256, block = 16;
};

Scheduler scheduler_of(const TargetGpu& target) {
    if (target.capability.major == 0) return {2048, 128, 128};
    const bool a100 = target.name.find("A100") != std::string::npos;
    if (static_cast<double>(target.memory_bytes) >= 70 * gib && !a100) return {8192, 1024, 16};
    return {};
}

// Inner channels that a token goes through at once.
std::int64_t widest_mlp(const ModelConfig& config) {
    const ExpertConfig& experts = config.experts;
    return std::max(config.intermediate, experts.used * experts.intermediate + experts.shared_intermediate);
}

// Peak of vLLM's dummy run (our approximation: an inner layer's streams with half as much again for temporaries, the
// sampler's fp32 logits twice) and what CUDA graphs and the communication libraries take (0.3 to 1 GiB in reports; the
// middle). Good to some 10 % of the card.
ServingWorkspace workspace_of(const ModelConfig& config, const Scheduler& scheduler, bool gpu) {
    const double heads = static_cast<double>(config.heads) + 2.0 * config.kv_heads;
    const double stream = 2.0 * static_cast<double>(config.hidden) + heads * config.head_dim +
                          2.0 * static_cast<double>(widest_mlp(config));
    const double activations =
        static_cast<double>(scheduler.batched_tokens) * stream * 2 * 1.5 +
        static_cast<double>(scheduler.sequences) * static_cast<double>(config.vocabulary) * 4 * 2 + 0.2 * gib;
    return {static_cast<std::uint64_t>(std::max(activations, 0.5 * gib)),
            gpu ? static_cast<std::uint64_t>(0.7 * gib) : 0};
}

std::int64_t blocks(std::int64_t tokens, std::int64_t block) { return (tokens + block - 1) / block; }

// Blocks that one sequence of `context` tokens holds, over all layers.
double blocks_per_sequence(const ModelConfig& config, const Scheduler& scheduler, std::int64_t context) {
    double out = 0;
    for (int layer = 0; layer < config.layers; ++layer) {
        const std::int64_t window = config.window(layer);
        const std::int64_t full = blocks(context, scheduler.block);
        const std::int64_t sliding =
            window > 0 ? blocks(std::min(window - 1 + scheduler.batched_tokens, context), scheduler.block) + 1 : full;
        out += static_cast<double>(std::min(full, sliding));
    }
    return out;
}

// Share of the cache that one card holds.
double cache_share(const ModelConfig& config, int tensor_parallel) {
    if (tensor_parallel <= 1 || config.latent || config.kv_heads < 1) return 1;
    return std::max(1.0, static_cast<double>(config.kv_heads) / tensor_parallel) / config.kv_heads;
}

// Of the cache, per token.
double bytes_per_layer(const ModelConfig& config, const EstimateRequest& request) {
    return static_cast<double>(config.cached()) * request.kv_bytes_per_element *
           cache_share(config, request.tensor_parallel);
}

} // namespace

ServingWorkspace serving_workspace(const ModelConfig& config, const TargetGpu& target) {
    return workspace_of(config, scheduler_of(target), target.capability.major > 0);
}

double kv_bytes_per_sequence(const ModelConfig& config, const EstimateRequest& request) {
    const Scheduler scheduler = scheduler_of(*request.target);
    return blocks_per_sequence(config, scheduler, request.context) * static_cast<double>(scheduler.block) *
           bytes_per_layer(config, request);
}

std::uint64_t kv_bytes_per_token(const ModelConfig& config, int bytes_per_element, int tensor_parallel) {
    return static_cast<std::uint64_t>(static_cast<double>(config.cached()) * bytes_per_element * config.layers *
                                      cache_share(config, tensor_parallel));
}

void forecast_serving(Forecast& out, std::uint64_t weights, const ModelConfig& config, const EstimateRequest& request) {
    const double per_layer = bytes_per_layer(config, request);
    out.kv_bytes_per_token = kv_bytes_per_token(config, request.kv_bytes_per_element, request.tensor_parallel);
    if (!request.target || request.target->memory_bytes == 0 || per_layer <= 0 || config.layers <= 0) return;

    const Scheduler scheduler = scheduler_of(*request.target);
    const ServingWorkspace usual = workspace_of(config, scheduler, request.target->capability.major > 0);
    const auto workspace = static_cast<double>(request.workspace_bytes.value_or(usual.activations + usual.graphs));
    out.activation_bytes = static_cast<std::uint64_t>(workspace);
    const double requested =
        std::ceil(static_cast<double>(request.target->memory_bytes) * request.gpu_memory_utilization);
    const double cache = requested - static_cast<double>(weights) / std::max(1, request.tensor_parallel) - workspace;
    if (cache > 0) {
        out.kv_cache_bytes = static_cast<std::uint64_t>(cache);
        const double page = static_cast<double>(scheduler.block) * per_layer;
        const double usable = std::floor(cache / (page * config.layers)) * config.layers -
                              config.layers; // block 0 of every layer is reserved
        out.concurrency = std::clamp(usable / blocks_per_sequence(config, scheduler, request.context), 0.0,
                                     static_cast<double>(scheduler.sequences));
    }
    out.fits_target = out.concurrency >= 1;
}

} // namespace octavo
