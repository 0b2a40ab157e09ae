// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/calibrated_pass.h"

namespace octavo {

void CalibratedPass::attention(int layer, const SiteView& view, Stage* next) {
    const std::int64_t rows = (std::int64_t(config_.heads) + 2 * config_.kv_heads) * config_.head_dim;
    const bool observes = next && job_.resolved.recipe.kv_cache != KvCache::as_is; // not while replaying
    const CacheHook cached = observes ? cache_observer() : CacheHook();
    for (const Chunk& chunk : chunks_) {
        in_parts(chunk, [&](const Chunk& now) {
            const at::Tensor residual = store_.load(hidden_, now.begin, now.end);
            const Activations x = view.seen(decoder_.normalized(residual, weights_->attention_norm), true);
            const at::Tensor part = store_.room(attended_, now.begin, now.end);
            decoder_.attend(part, decoder_.projected(x, *weights_), now, layer, cached);
            store_.save(attended_, now.begin, now.end, part);
            if (next) next->observe_branch(part, now.begin, residual, weights_->attention_output_norm.weight.defined());
            if (!reference_) return;
            const at::Tensor target = reference_->attention(now, layer, residual);
            if (next) next->observe_target(part, target);
        });
        advance(chunk.tokens(), rows * config_.hidden, attended_.size(1),
                config_.layer_prefix(layer) + "attention_input");
    }
}

CacheHook CalibratedPass::cache_observer() {
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device_.device);
    largest_keys_ = at::zeros({config_.kv_heads, config_.head_dim}, options);
    largest_values_ = at::zeros({config_.kv_heads, config_.value_dim()}, options);
    return [this](at::Tensor& keys, at::Tensor& values) {
        largest_keys_ = at::maximum(largest_keys_, keys.abs().amax({0, 2}));
        largest_values_ = at::maximum(largest_values_, values.abs().amax({0, 2}));
    };
}

void CalibratedPass::write_cache_scales(int layer, Stage& producer) {
    const KvCache cache = job_.resolved.recipe.kv_cache;
    if (cache == KvCache::as_is) return;
    for (const StageMatrix& matrix : producer.matrices()) {
        const bool holds_values = matrix.module.role == "v_proj" || matrix.module.role == "qkv_proj";
        if (!holds_values || !matrix.row_divisor.defined()) continue;
        const at::Tensor rows = matrix.row_divisor.slice(0, matrix.row_divisor.size(0) - largest_values_.numel());
        largest_values_ = largest_values_ / rows.view_as(largest_values_);
    }
    QuantizationArgs args;
    args.type = NumberType::floating;
    args.strategy = Strategy::tensor;
    const Dtype stored = scale_dtype_for(config_.dtype);
    for (const auto& [name, largest] :
         {std::pair("self_attn.k_scale", largest_keys_), std::pair("self_attn.v_scale", largest_values_)}) {
        const at::Tensor absmax = (cache == KvCache::fp8 ? largest.max().view({1}) : largest.amax(1)).cpu();
        std::vector<float> scales;
        for (std::int64_t i = 0; i < absmax.size(0); ++i)
            scales.push_back(static_input_scale(args, 0, absmax[i].item<float>(), stored)->scale);
        at::Tensor out = at::tensor(scales).to(scalar_type(stored));
        context_.write(config_.layer_prefix(layer) + name, cache == KvCache::fp8 ? out : out.view({-1, 1, 1}));
    }
}

void CalibratedPass::latent_attention(int layer, const SiteView& view, Stage& next) {
    const LatentConfig& sizes = *config_.latent;
    Stage keys_values = make_stage(layer, "key_value_latent", sizes.rank);
    std::optional<Stage> queries;
    if (sizes.query_rank) queries.emplace(make_stage(layer, "query_latent", sizes.query_rank));
    std::vector<Latent> narrow;
    for (const Chunk& chunk : chunks_) {
        const Activations x = view.seen(
            decoder_.normalized(store_.load(hidden_, chunk.begin, chunk.end), weights_->attention_norm), true);
        narrow.push_back(decoder_.compressed(x, *weights_));
        keys_values.observe(narrow.back().keys_values, chunk.begin);
        if (queries) queries->observe(narrow.back().queries, chunk.begin);
        advance(chunk.tokens(), (sizes.query_rank + sizes.rank) * config_.hidden, sizes.rank,
                config_.layer_prefix(layer) + "attention_input");
    }
    for (Stage* stage : {queries ? &*queries : nullptr, &keys_values}) {
        if (!stage) continue;
        smooth_norm(*stage, stage == &keys_values ? weights_->key_value_a_norm : weights_->query_a_norm);
        stage->solve();
    }
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
        const Chunk& chunk = chunks_[i];
        const at::Tensor q = queries ? decoder_.multiply(queries->view().seen(narrow[i].queries, false), weights_->q)
                                     : narrow[i].queries;
        const at::Tensor kv =
            decoder_.multiply(keys_values.view().seen(narrow[i].keys_values, false), weights_->key_value_b);
        const at::Tensor part = store_.room(attended_, chunk.begin, chunk.end);
        decoder_.attend(part, decoder_.unfolded(q, kv, narrow[i].turned), chunk, layer, {});
        store_.save(attended_, chunk.begin, chunk.end, part);
        next.observe_branch(part, chunk.begin, store_.load(hidden_, chunk.begin, chunk.end),
                            weights_->attention_output_norm.weight.defined());
        advance(chunk.tokens(), q.size(1) * sizes.query_rank + kv.size(1) * sizes.rank, attended_.size(1),
                keys_values.site());
        narrow[i] = {};
    }
    smooth_rows(next, keys_values);
    next.solve();
    if (queries) queries->finish();
    keys_values.finish();
}

void CalibratedPass::add_output(int layer, const SiteView& view, Stage* next) {
    for (const Chunk& chunk : chunks_) {
        in_parts(chunk, [&](const Chunk& part) {
            const Activations x = view.seen(store_.load(attended_, part.begin, part.end), false);
            const at::Tensor residual = store_.load(hidden_, part.begin, part.end);
            decoder_.add_product(residual, x, weights_->o, weights_->attention_output_norm);
            store_.save(hidden_, part.begin, part.end, residual);
        });
        in_parts(chunk, [&](const Chunk& part) {
            const at::Tensor y = observe_normalized(next, weights_->mlp_norm, part);
            if (reference_ && next) next->observe_reference(y, reference_->mlp_input(part));
        });
        advance(chunk.tokens(), config_.attended() * config_.hidden, hidden_.size(1),
                config_.layer_prefix(layer) + "output_input");
    }
}

} // namespace octavo
