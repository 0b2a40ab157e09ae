// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/perturbation.h"

#include <algorithm>

#include "architecture/architecture.h"
#include "base/error.h"
#include "pipeline/calibrated_pass.h"
#include "quantize/solver.h"

namespace octavo {

namespace {

/// 1 / scale of the producer's channels, from the scales of the input channels that they feed.
at::Tensor producer_scales(const SmoothingGroup& group, const at::Tensor& scale) {
    if (group.spread.empty()) return scale;
    std::vector<std::int64_t> first(static_cast<std::size_t>(group.channels), -1);
    for (std::size_t k = 0; k < group.spread.size(); ++k)
        if (auto& channel = first[static_cast<std::size_t>(group.spread[k])]; channel < 0)
            channel = static_cast<std::int64_t>(k);
    return scale.index_select(0, at::tensor(first).to(scale.device()));
}

void divide_rows(Linear& linear, const SmoothingGroup& group, const at::Tensor& scale) {
    at::Tensor divisor = scale;
    if (!group.rows.empty())
        divisor = at::ones({linear.weight.size(0)}, scale.options())
                      .index_copy(0, at::tensor(group.rows).to(scale.device()), scale);
    linear.weight = linear.weight / divisor.unsqueeze(1);
    if (linear.bias.defined()) linear.bias = linear.bias / divisor;
}

Norm& norm_of(LayerWeights& weights, const std::string& site) {
    if (site.ends_with("query_latent")) return weights.query_a_norm;
    if (site.ends_with("key_value_latent")) return weights.key_value_a_norm;
    return site.ends_with("attention_input") ? weights.attention_norm : weights.mlp_norm;
}

Linear& named(LayerWeights& weights, const std::string& name) {
    return linear_of(weights, Module{.name = name, .role = name.substr(name.rfind('.') + 1)});
}

} // namespace

Perturbation::Perturbation(const ModelConfig& config, const std::string& run) : config_(config) {
    if (run.empty()) return;
    run_.emplace(Run::open(run));
    groups_ = smoothing_groups(config);
}

const SmoothingGroup* Perturbation::smoothed_group(const std::vector<Module>& modules, const Scheme& scheme) const {
    if (!run_) return nullptr;
    const auto solved = std::find_if(run_->record.layers.begin(), run_->record.layers.end(),
                                     [&](const MatrixReport& report) { return report.name == modules.front().name; });
    if (solved == run_->record.layers.end() || solved->scheme != scheme.name) return nullptr;
    const std::string site = site_of(modules.front());
    const auto group =
        std::find_if(groups_.begin(), groups_.end(), [&](const SmoothingGroup& known) { return known.site == site; });
    if (group == groups_.end()) return nullptr;
    const std::size_t channels = run_->statistics.get(site, "smoothing_scale").size();
    if (channels == 0) return nullptr;
    if (static_cast<std::int64_t>(channels) != modules.front().columns)
        throw Error(ErrorCode::unusable_run, msg("The smoothing of %1 does not fit the model", site),
                    msg("Give a run of this model."), {.file = run_->folder.string()});
    return &*group;
}

at::Tensor Perturbation::smoothing_scale(const SmoothingGroup& group) const {
    return at::tensor(run_->statistics.get(group.site, "smoothing_scale"));
}

at::Tensor Perturbation::input_divisor(const Module& module, const std::vector<Module>& modules,
                                       const Scheme& scheme) const {
    const SmoothingGroup* group = smoothed_group(modules, scheme);
    if (!group || std::find(group->consumers.begin(), group->consumers.end(), module.name) == group->consumers.end())
        return {};
    return smoothing_scale(*group);
}

void Perturbation::smooth(LayerWeights& weights, const SmoothingGroup& group, const at::Tensor& scale) const {
    for (const std::string& name : group.consumers) {
        Linear& linear = named(weights, name);
        linear.weight = linear.weight * scale;
    }
    if (group.kind != SmoothingGroup::Kind::norm) {
        divide_rows(named(weights, group.producer), group, producer_scales(group, scale));
        return;
    }
    Norm& norm = norm_of(weights, group.site);
    norm.weight = norm.weight / scale;
    if (norm.bias.defined()) norm.bias = norm.bias / scale;
}

LayerWeights Perturbation::apply(const LayerWeights& weights, const std::vector<Module>& modules,
                                 const Scheme& scheme) const {
    LayerWeights out = weights;
    if (const SmoothingGroup* group = smoothed_group(modules, scheme))
        smooth(out, *group, smoothing_scale(*group).to(weights.o.weight.device()));
    ScaleOptions options{.dtype = scale_dtype_for(config_.dtype)};
    if (scheme.weights.strategy == Strategy::tensor_group) // they share a scale
        for (const Module& module : modules)
            options.absmax = std::max(options.absmax, linear_of(out, module).weight.abs().max().item<float>());
    for (const Module& module : modules) {
        Linear& linear = linear_of(out, module);
        const QuantizationArgs fitted = with_fitting_groups(scheme, linear.weight.size(1)).weights;
        linear.weight = round_to_nearest(linear.weight, weight_grid(linear.weight, fitted, options)).weight;
        if (scheme.input) linear.input = InputGrid{*scheme.input};
    }
    return out;
}

} // namespace octavo
