// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/calibrated_pass.h"

#include <algorithm>

namespace octavo {

namespace {

constexpr std::int64_t batch_tokens = 512, sampled_tokens = 1024;

/// Fewer tokens than this say too little about an expert's input: its Hessian is filled up with other tokens.
std::int64_t least_tokens(std::int64_t channels) { return std::max<std::int64_t>(channels / 4, 64); }

/// Positions of the tokens that go through one expert, and others, evenly spread, up to `least`.
at::Tensor with_others(const at::Tensor& own, std::int64_t tokens, std::int64_t least) {
    const std::int64_t missing = std::min(least, tokens) - own.size(0);
    if (missing <= 0) return own;
    const at::Tensor rest = at::ones({tokens}, at::kBool).index_fill(0, own.cpu(), false).nonzero().squeeze(1);
    const at::Tensor picked = at::arange(missing) * rest.size(0) / missing;
    return at::cat({own, rest.index_select(0, picked.to(at::kLong)).to(own.device())});
}

} // namespace

at::Tensor CalibratedPass::inner_rows(const Batch& batch, std::int64_t columns) const {
    return store_.load(gated_, batch.begin * columns, batch.end * columns).view({batch.end - batch.begin, columns});
}

std::vector<CalibratedPass::Batch> CalibratedPass::all_tokens() const {
    std::vector<Batch> out;
    for (const Chunk& chunk : chunks_) out.push_back({chunk.begin, chunk.end, {}});
    return out;
}

void CalibratedPass::mlp(int layer, const SiteView& view, Stage* next, const MlpWeights& weights,
                         const std::vector<Batch>& batches, std::int64_t columns) {
    for (const Batch& batch : batches) {
        in_parts(batch, [&](const Batch& now) {
            const at::Tensor rows =
                now.index.defined() ? hidden_.index_select(0, now.index) : store_.load(hidden_, now.begin, now.end);
            const at::Tensor flat = store_.room(gated_, now.begin * columns, now.end * columns),
                             part = flat.view({now.end - now.begin, columns});
            decoder_.inner(part, view.seen(decoder_.normalized(rows, weights_->mlp_norm), true), weights);
            store_.save(gated_, now.begin * columns, now.end * columns, flat);
            if (next) next->observe_branch(part, now.begin, rows, weights_->mlp_output_norm.weight.defined());
            if (!reference_) return; // no experts then: a batch is a chunk
            const at::Tensor target = reference_->mlp({now.begin, now.end, {}}, rows);
            if (next) next->observe_target(part, target);
        });
        advance(batch.end - batch.begin, 2 * columns * config_.hidden, columns,
                config_.layer_prefix(layer) + "mlp_input");
    }
}

void CalibratedPass::solve_mlp(int layer, Stage& input, Stage& down, const MlpWeights& weights,
                               const std::vector<Batch>& batches) {
    input.solve();
    mlp(layer, input.view(), &down, weights, batches, down.matrices().front().module.columns);
    smooth_rows(down, input);
    down.solve();
}

Routing CalibratedPass::route(const Norm& norm) {
    std::vector<at::Tensor> experts, weights;
    for (const Chunk& chunk : chunks_) {
        const Routing part =
            decoder_.route(decoder_.normalized(hidden_.slice(0, chunk.begin, chunk.end), norm), *weights_);
        experts.push_back(part.experts);
        weights.push_back(part.weights);
    }
    return {at::cat(experts), at::cat(weights)};
}

void CalibratedPass::mixture(int layer, Stage& mlp_input) {
    const Norm original = weights_->mlp_norm;
    const Routing routing = route(original);
    smooth_norm(mlp_input, weights_->mlp_norm);
    branch_.zero_();
    if (config_.experts.shared_intermediate)
        shared_expert(layer, mlp_input);
    else
        mlp_input.solve(); // its statistics
    std::vector<std::int64_t> routed(static_cast<std::size_t>(config_.experts.count), 0);
    for (std::size_t number = 0; number < routed.size(); ++number) {
        const Dispatch sent = dispatch(static_cast<int>(number), routing);
        routed[number] = sent.routed;
        expert(layer, static_cast<int>(number), mlp_input, original, sent);
    }
    mlp_input.finish();
    report_coverage(layer, routed, mlp_input);
}

void CalibratedPass::shared_expert(int layer, Stage& mlp_input) {
    const std::int64_t columns = config_.experts.shared_intermediate;
    Stage down = make_stage(layer, "shared_expert.down_input", columns);
    solve_mlp(layer, mlp_input, down, weights_->mlp, all_tokens());
    add_shared(layer, down.view());
    down.finish();
}

void CalibratedPass::add_shared(int layer, const SiteView& down) {
    const std::int64_t columns = config_.experts.shared_intermediate;
    for (const Chunk& chunk : chunks_) {
        at::Tensor part = branch_.slice(0, chunk.begin, chunk.end);
        part.copy_(
            decoder_.multiply(down.seen(inner_rows({chunk.begin, chunk.end, {}}, columns), false), weights_->mlp.down));
        const at::Tensor x = decoder_.normalized(hidden_.slice(0, chunk.begin, chunk.end), weights_->mlp_norm);
        if (const at::Tensor scale = decoder_.shared_scale(x, *weights_); scale.defined()) part.mul_(scale);
        advance(chunk.tokens(), columns * config_.hidden, 0, config_.layer_prefix(layer) + "shared_expert.down_input");
    }
}

CalibratedPass::Dispatch CalibratedPass::dispatch(int number, const Routing& routing) const {
    const at::Tensor chosen = routing.experts == static_cast<std::int64_t>(number);
    const at::Tensor own = chosen.any(1).nonzero().squeeze(1);
    Dispatch out;
    out.routed = own.size(0);
    out.tokens = with_others(own, hidden_.size(0), least_tokens(config_.hidden));
    // Tokens that only fill up the Hessians add nothing.
    out.share = (routing.weights * chosen).sum(1).index_select(0, out.tokens).unsqueeze(1);
    for (std::int64_t begin = 0; begin < out.tokens.size(0); begin += batch_tokens) {
        const std::int64_t end = std::min(begin + batch_tokens, out.tokens.size(0));
        out.batches.push_back({begin, end, out.tokens.slice(0, begin, end)});
    }
    return out;
}

void CalibratedPass::expert(int layer, int number, const Stage& mlp_input, const Norm& original, const Dispatch& sent) {
    const std::string name = "experts." + std::to_string(number) + ".";
    const auto sample = sample_indexes(sent.tokens.size(0), sampled_tokens, job_.resolved.recipe.seed);
    Stage input = make_stage(layer, name + "mlp_input", config_.hidden, sample),
          down = make_stage(layer, name + "down_input", config_.experts.intermediate, sample);
    for (Stage* stage : {&input, &down}) stage->set_routed(sent.routed, sent.tokens.size(0) > sent.routed);
    for (const Batch& batch : sent.batches)
        input.observe(decoder_.normalized(hidden_.index_select(0, batch.index), original), batch.begin);
    input.follow(mlp_input);
    solve_mlp(layer, input, down, weights_->experts[static_cast<std::size_t>(number)], sent.batches);
    add_expert(layer, number, down.view(), sent);
    input.finish();
    down.finish();
}

void CalibratedPass::add_expert(int layer, int number, const SiteView& down, const Dispatch& sent) {
    const std::int64_t columns = config_.experts.intermediate;
    const Linear& linear = weights_->experts[static_cast<std::size_t>(number)].down;
    const std::string item = config_.layer_prefix(layer) + "experts." + std::to_string(number) + ".down_input";
    for (const Batch& batch : sent.batches) {
        const at::Tensor y = decoder_.multiply(down.seen(inner_rows(batch, columns), false), linear);
        branch_.index_add_(0, batch.index, y.mul_(sent.share.slice(0, batch.begin, batch.end)));
        advance(batch.end - batch.begin, columns * config_.hidden, config_.hidden, item);
    }
}

void CalibratedPass::report_coverage(int layer, const std::vector<std::int64_t>& routed, const Stage& mlp_input) {
    context_.put(mlp_input.site(), "expert_tokens", {routed.begin(), routed.end()});
    const std::int64_t least = std::min(least_tokens(config_.hidden), hidden_.size(0));
    const auto rare = std::ranges::count_if(routed, [&](std::int64_t tokens) { return tokens < least; });
    if (rare == 0) return;
    job_.sink.on_event(
        LogLine{LogLevel::warning,
                msg("Layer %1: %2 of %3 experts were reached by fewer than %4 of the calibration tokens; they were "
                    "calibrated with tokens of other experts as well",
                    layer, rare, static_cast<std::int64_t>(routed.size()), least)});
}

} // namespace octavo
