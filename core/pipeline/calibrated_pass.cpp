// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/calibrated_pass.h"

#include "base/error.h"
#include "model/finite.h"
#include "model/host_memory.h"

#include <algorithm>

namespace octavo {

namespace {

constexpr std::int64_t chunk_tokens = 512; ///< temporaries stay small enough to be recycled
constexpr std::int64_t sampled_tokens = 1024;

std::vector<std::int64_t> lengths_of(const CalibrationSet& set) {
    std::vector<std::int64_t> out;
    for (const auto& row : set.rows) out.push_back(static_cast<std::int64_t>(row.size()));
    return out;
}

std::int64_t longest(const std::vector<std::int64_t>& lengths) {
    return *std::max_element(lengths.begin(), lengths.end());
}

double cost_per_layer(const ModelConfig& config) {
    const double heads = static_cast<double>(config.heads) * config.head_dim,
                 kv = static_cast<double>(config.kv_heads) * config.head_dim;
    const double hidden = static_cast<double>(config.hidden), inner = static_cast<double>(config.intermediate);
    return hidden * (heads + 2 * kv) + heads * hidden + 3 * hidden * inner +
           (2 * hidden * hidden + heads * heads + inner * inner) / 2;
}

} // namespace

CalibratedPass::CalibratedPass(Job& job, Device device)
    : job_(job), config_(*job.config), device_(device),
      reader_(job.model, config_, device), context_{job, config_, device,
                                                    sample_indexes(job.calibration.tokens(), sampled_tokens,
                                                                   job.resolved.recipe.seed)},
      chunks_(cut_into_chunks(lengths_of(job.calibration), chunk_tokens)),
      decoder_(config_, device, longest(lengths_of(job.calibration))),
      progress_(job.sink, job.stop, "calibrate", config_.layers,
                cost_per_layer(config_) * static_cast<double>(job.calibration.tokens())) {}

void CalibratedPass::run() {
    const std::int64_t tokens = job_.calibration.tokens();
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device_.device);
    hidden_ = at::empty({tokens, config_.hidden}, options);
    // One is read for the last time before the other is written for the first.
    const std::int64_t heads = static_cast<std::int64_t>(config_.heads) * config_.head_dim,
                       inner = config_.intermediate;
    const at::Tensor shared = at::empty({tokens * std::max(heads, inner)}, options);
    attended_ = shared.slice(0, 0, tokens * heads).view({tokens, heads});
    gated_ = shared.slice(0, 0, tokens * inner).view({tokens, inner});
    next_ = std::make_unique<LayerWeights>(reader_.layer(0));
    embed();
    const int replayed = std::min(job_.journal ? job_.journal->layers() : 0, config_.layers);
    for (int layer = 0; layer < config_.layers; ++layer) {
        if (layer < replayed)
            replay_layer(layer);
        else
            run_layer(layer);
    }
}

void CalibratedPass::embed() {
    weights_ = std::move(next_);
    if (!job_.journal || job_.journal->layers() == 0)
        first_ = std::make_unique<Stage>(make_stage(0, "attention_input"));
    std::size_t row = 0;
    for (const Chunk& chunk : chunks_) {
        std::vector<std::int32_t> ids;
        for (std::size_t i = 0; i < chunk.lengths.size(); ++i, ++row)
            ids.insert(ids.end(), job_.calibration.rows[row].begin(), job_.calibration.rows[row].end());
        hidden_.slice(0, chunk.begin, chunk.end).copy_(reader_.embedded(ids));
        observe_normalized(first_.get(), weights_->attention_norm, chunk);
        progress_.advance(0, config_.prefix + "embed_tokens");
    }
    job_.model.drop(config_.prefix + "embed_tokens.weight");
}

Stage CalibratedPass::make_stage(int layer, const std::string& site) {
    const std::string full = config_.layer_prefix(layer) + site;
    std::vector<StageMatrix> matrices;
    for (std::size_t i = 0; i < job_.resolved.modules.size(); ++i) {
        const Module& module = job_.resolved.modules[i];
        if (module.layer == layer && site_of(module) == full)
            matrices.push_back({module, &linear_of(*weights_, module.role), job_.resolved.schemes[i], {}, {}, {}});
    }
    return Stage(context_, full, matrices.front().module.columns, matrices);
}

void CalibratedPass::observe_normalized(Stage* stage, const at::Tensor& norm, const Chunk& chunk) {
    if (stage)
        stage->observer().observe(decoder_.normalized(hidden_.slice(0, chunk.begin, chunk.end), norm), chunk.begin);
}

void CalibratedPass::smooth_norm(Stage& stage, at::Tensor& norm, const std::string& name) {
    if (!job_.resolved.recipe.smoothing.norms || !stage.quantizes()) return;
    const at::Tensor wanted = norm / stage.choose_scales(norm.size(0));
    // The norm is stored in 16 bits: what it can hold (no zero, no infinity) decides, and the matrices take exactly the
    // inverse of that.
    const Dtype stored = job_.model.spec(name).dtype;
    const at::Tensor held = rounded_to(wanted, stored);
    const at::Tensor divided =
        at::where((held != 0).logical_and_(norm != 0).logical_and_(at::isfinite(held)), held, norm);
    if (at::equal(divided, norm)) return;
    stage.set_scales(at::where(divided != 0, norm / divided, at::ones_like(norm)));
    norm = divided;
    context_.write(name, norm.to(scalar_type(stored)));
}

void CalibratedPass::smooth_rows(Stage& stage, Stage& producer, const std::string& role, bool enabled) {
    if (!enabled || !stage.quantizes()) return;
    for (const StageMatrix& matrix : producer.matrices()) {
        // A producer that stays in 16 bit keeps its bytes; only per-row scales can be divided without a new rounding.
        if (matrix.module.role != role || !matrix.scheme) continue;
        const at::Tensor scales = stage.choose_scales(matrix.module.rows);
        if (at::equal(scales, at::ones_like(scales))) return;
        stage.set_scales(producer.divide_rows(role, scales));
        return;
    }
}

void CalibratedPass::run_layer(int layer) {
    const std::string prefix = config_.layer_prefix(layer);
    const SmoothingOptions& smoothing = job_.resolved.recipe.smoothing;
    progress_.start_layer(layer);
    job_.throw_if_stopped();
    context_.entry = {};
    if (layer + 1 < config_.layers) next_ = std::make_unique<LayerWeights>(reader_.layer(layer + 1));
    Stage attention_input = std::move(*first_);
    Stage output_input = make_stage(layer, "output_input"), mlp_input = make_stage(layer, "mlp_input"),
          down_input = make_stage(layer, "down_input");

    smooth_norm(attention_input, weights_->attention_norm, prefix + "input_layernorm.weight");
    attention_input.solve();
    attention(layer, attention_input.view(), &output_input);
    smooth_rows(output_input, attention_input, "v_proj", smoothing.value_output);
    output_input.solve();
    add_output(layer, output_input.view(), &mlp_input);
    smooth_norm(mlp_input, weights_->mlp_norm, prefix + "post_attention_layernorm.weight");
    mlp_input.solve();
    mlp(layer, mlp_input.view(), &down_input);
    smooth_rows(down_input, mlp_input, "up_proj", smoothing.up_down);
    down_input.solve();
    for (Stage* stage : {&attention_input, &output_input, &mlp_input, &down_input}) stage->finish();
    keep_in_journal();
    leave_layer(layer, down_input.view());
}

void CalibratedPass::keep_in_journal() {
    if (!job_.journal) return;
    try {
        job_.journal->keep(context_.entry);
    } catch (const Error& error) {
        // The work itself is not touched: it goes on, and starts from the beginning if it is interrupted.
        job_.sink.on_event(
            LogLine{LogLevel::warning, msg("The journal cannot be written, so that this job cannot be resumed: %1",
                                           error.message().english())});
        job_.journal->remove();
        job_.journal = nullptr;
    }
}

void CalibratedPass::leave_layer(int layer, const SiteView& down_view) {
    const std::string prefix = config_.layer_prefix(layer);
    if (layer + 1 < config_.layers) {
        std::unique_ptr<LayerWeights> finished = std::move(weights_);
        weights_ = std::move(next_);
        if (!job_.journal || layer + 1 >= job_.journal->layers())
            first_ = std::make_unique<Stage>(make_stage(layer + 1, "attention_input"));
        add_down(layer, down_view, finished->down, first_.get());
        check_activations(hidden_, prefix.substr(0, prefix.size() - 1));
    }
    reader_.drop_layer(layer);
    trim_heap();
    progress_.finish_layer();
}

void CalibratedPass::attention(int layer, const SiteView& view, Stage* next) {
    for (const Chunk& chunk : chunks_) {
        const Activations x =
            view.seen(decoder_.normalized(hidden_.slice(0, chunk.begin, chunk.end), weights_->attention_norm), true);
        at::Tensor part = attended_.slice(0, chunk.begin, chunk.end);
        part.copy_(decoder_.attend(decoder_.multiply(x, weights_->q), decoder_.multiply(x, weights_->k),
                                   decoder_.multiply(x, weights_->v), chunk, layer));
        if (next) next->observer().observe(part, chunk.begin);
        advance(chunk, weights_->q.weight.numel() + 2 * weights_->k.weight.numel(), attended_.size(1),
                config_.layer_prefix(layer) + "attention_input");
    }
}

void CalibratedPass::add_output(int layer, const SiteView& view, Stage* next) {
    for (const Chunk& chunk : chunks_) {
        const Activations x = view.seen(attended_.slice(0, chunk.begin, chunk.end), false);
        hidden_.slice(0, chunk.begin, chunk.end).add_(decoder_.multiply(x, weights_->o));
        observe_normalized(next, weights_->mlp_norm, chunk);
        advance(chunk, weights_->o.weight.numel(), hidden_.size(1), config_.layer_prefix(layer) + "output_input");
    }
}

void CalibratedPass::mlp(int layer, const SiteView& view, Stage* next) {
    for (const Chunk& chunk : chunks_) {
        const Activations x =
            view.seen(decoder_.normalized(hidden_.slice(0, chunk.begin, chunk.end), weights_->mlp_norm), true);
        at::Tensor part = gated_.slice(0, chunk.begin, chunk.end);
        part.copy_(decoder_.gated(decoder_.multiply(x, weights_->gate), decoder_.multiply(x, weights_->up)));
        if (next) next->observer().observe(part, chunk.begin);
        advance(chunk, 2 * weights_->gate.weight.numel(), gated_.size(1), config_.layer_prefix(layer) + "mlp_input");
    }
}

void CalibratedPass::add_down(int layer, const SiteView& view, const Linear& down, Stage* next) {
    for (const Chunk& chunk : chunks_) {
        const Activations x = view.seen(gated_.slice(0, chunk.begin, chunk.end), false);
        hidden_.slice(0, chunk.begin, chunk.end).add_(decoder_.multiply(x, down));
        observe_normalized(next, weights_->attention_norm, chunk);
        advance(chunk, down.weight.numel(), hidden_.size(1), config_.layer_prefix(layer) + "down_input");
    }
}

void CalibratedPass::advance(const Chunk& chunk, std::int64_t weights, std::int64_t observed_channels,
                             const std::string& item) {
    progress_.advance(
        static_cast<double>(chunk.tokens()) *
            (static_cast<double>(weights) + static_cast<double>(observed_channels * observed_channels) / 2),
        item);
}

} // namespace octavo
