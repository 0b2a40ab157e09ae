// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/perturbation.h"

#include <algorithm>

#include "architecture/architecture.h"
#include "base/error.h"
#include "pipeline/calibrated_pass.h"
#include "quantize/solver.h"

namespace octavo {

namespace {

void divide_rows(Linear& linear, const at::Tensor& divisor) {
    linear.weight = linear.weight / divisor.unsqueeze(1);
    if (linear.bias.defined()) linear.bias = linear.bias / divisor;
}

} // namespace

Perturbation::Perturbation(const ModelConfig& config, const std::string& run) : config_(config) {
    if (!run.empty()) run_.emplace(Run::open(run));
}

void Perturbation::smooth(LayerWeights& weights, const std::vector<Module>& modules, const Scheme& scheme) const {
    const auto solved = std::find_if(run_->record.layers.begin(), run_->record.layers.end(),
                                     [&](const MatrixReport& report) { return report.name == modules.front().name; });
    if (solved == run_->record.layers.end() || solved->scheme != scheme.name) return;
    const std::string site = site_of(modules.front());
    const std::vector<float> values = run_->statistics.get(site, "smoothing_scale");
    if (values.empty()) return;
    if (static_cast<std::int64_t>(values.size()) != modules.front().columns)
        throw Error(ErrorCode::unusable_run, msg("The smoothing of %1 does not fit the model", site),
                    msg("Give a run of this model."), {.file = run_->folder.string()});
    const at::Tensor scale = at::tensor(values).to(weights.attention_norm.device());
    for (const Module& module : modules) {
        Linear& linear = linear_of(weights, module.role);
        linear.weight = linear.weight * scale;
    }
    const std::string& role = modules.front().role;
    if (role == "down_proj") {
        divide_rows(weights.up, scale);
    } else if (role == "o_proj") {
        // Channel d of a key/value head is read by several query heads, which share its scale.
        const std::int64_t repeat = config_.heads / config_.kv_heads;
        divide_rows(weights.v, scale.view({config_.kv_heads, repeat, config_.head_dim}).select(1, 0).flatten());
    } else {
        at::Tensor& norm = role == "gate_proj" || role == "up_proj" ? weights.mlp_norm : weights.attention_norm;
        norm = norm / scale;
    }
}

LayerWeights Perturbation::apply(const LayerWeights& weights, const std::vector<Module>& modules,
                                 const Scheme& scheme) const {
    LayerWeights out = weights;
    if (run_) smooth(out, modules, scheme);
    ScaleOptions options{.dtype = scale_dtype_for(config_.dtype)};
    if (scheme.weights.strategy == Strategy::tensor_group) // they share a scale
        for (const Module& module : modules)
            options.absmax = std::max(options.absmax, linear_of(out, module.role).weight.abs().max().item<float>());
    for (const Module& module : modules) {
        Linear& linear = linear_of(out, module.role);
        linear.weight = round_to_nearest(linear.weight, weight_grid(linear.weight, scheme.weights, options)).weight;
        if (scheme.input) linear.input = InputGrid{*scheme.input};
    }
    return out;
}

} // namespace octavo
