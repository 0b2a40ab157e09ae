// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/decoder.h"

// Mixtures of experts: transformers' models/{mixtral,qwen2_moe,olmoe,deepseek_v2,deepseek_v3}/modeling_*.py.
namespace octavo {

namespace {

/// Experts of all but the best groups get `removed`: the group's worth is its best score, or the sum of its best two.
at::Tensor within_groups(const at::Tensor& scores, const ExpertConfig& config, double removed) {
    if (config.groups <= 1) return scores;
    const std::int64_t tokens = scores.size(0), size = config.count / config.groups;
    const at::Tensor grouped = scores.view({tokens, config.groups, size});
    const at::Tensor worth = config.sigmoid ? std::get<0>(grouped.topk(2, -1)).sum(-1) : std::get<0>(grouped.max(-1));
    const at::Tensor best = std::get<1>(worth.topk(config.used_groups, -1));
    const at::Tensor kept = at::zeros_like(worth, at::kBool).scatter(1, best, true);
    return grouped.masked_fill(kept.logical_not().unsqueeze(-1), removed).view({tokens, config.count});
}

} // namespace

Routing Decoder::route(const at::Tensor& x, const LayerWeights& weights) const {
    const ExpertConfig& config = config_.experts;
    const at::Tensor products = multiply({x, {}, {}}, weights.router);
    const at::Tensor scores = config.sigmoid ? at::sigmoid(products) : at::softmax(products, -1);
    // DeepSeek-V3's bias takes part in the choice alone.
    const at::Tensor choice = config.sigmoid ? within_groups(scores + weights.router_bias, config, -INFINITY)
                                             : within_groups(scores, config, 0);
    Routing out;
    out.experts = std::get<1>(choice.topk(config.used, -1));
    out.weights = scores.gather(1, out.experts);
    if (config.normalized) out.weights = out.weights / out.weights.sum(-1, true);
    if (config.scale != 1) out.weights = out.weights * config.scale;
    return out;
}

at::Tensor Decoder::shared_scale(const at::Tensor& x, const LayerWeights& weights) const {
    return config_.experts.shared_gate ? at::sigmoid(multiply({x, {}, {}}, weights.shared_gate)) : at::Tensor();
}

at::Tensor Decoder::mixture(const LayerWeights& weights, const at::Tensor& x) const {
    const Routing routing = route(x, weights);
    at::Tensor out;
    if (config_.experts.shared_intermediate) {
        out = mlp(weights.mlp, x);
        if (const at::Tensor scale = shared_scale(x, weights); scale.defined()) out.mul_(scale);
    } else {
        out = at::zeros_like(x);
    }
    for (std::size_t expert = 0; expert < weights.experts.size(); ++expert) {
        const at::Tensor chosen = routing.experts == static_cast<std::int64_t>(expert);
        const at::Tensor tokens = chosen.any(1).nonzero().squeeze(1);
        if (tokens.size(0) == 0) continue;
        const at::Tensor weight = (routing.weights * chosen).sum(1).index_select(0, tokens).unsqueeze(1);
        expert_tokens_ = tokens;
        out.index_add_(0, tokens, mlp(weights.experts[expert], x.index_select(0, tokens)).mul_(weight));
        expert_tokens_.reset();
    }
    return out;
}

} // namespace octavo
