// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/perturbation.h"

#include <algorithm>
#include <map>

#include "architecture/architecture.h"
#include "base/error.h"
#include "compressed_tensors/decompress.h"
#include "pipeline/calibrated_pass.h"
#include "quantize/solver.h"
#include "report/run_folder.h"

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

/// What smoothing divides the rows of a producer with N outputs by, [N].
at::Tensor row_divisor(const SmoothingGroup& group, const at::Tensor& scale, std::int64_t outputs) {
    const at::Tensor own = producer_scales(group, scale);
    if (group.rows.empty()) return own;
    return at::ones({outputs}, own.options()).index_copy(0, at::tensor(group.rows).to(own.device()), own);
}

void divide_rows(Linear& linear, const at::Tensor& divisor) {
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

/// A run, and the layer of its checkpoint that was read last.
struct Perturbation::Source {
    explicit Source(const std::filesystem::path& run_folder) : run(Run::open(run_folder)) {
        for (const MatrixReport& report : run.record.layers) schemes.emplace(report.name, report.scheme);
    }

    void open_checkpoint(const ModelConfig& config, Device device) {
        folder = std::make_unique<ModelFolder>(run.record.output);
        reader = std::make_unique<WeightReader>(*folder, config, device);
        reader->set_quantization(read_quantization(*folder, linear_modules(config)));
    }

    Linear& matrix(const Module& module) {
        if (layer != module.layer) weights = reader->layer(layer = module.layer);
        return linear_of(weights, module);
    }

    Run run;
    std::map<std::string, std::string> schemes; ///< of the matrices
    std::unique_ptr<ModelFolder> folder;
    std::unique_ptr<WeightReader> reader;
    int layer = -1;
    LayerWeights weights;
};

Perturbation::Perturbation(const ModelConfig& config, const SensitivityRequest& request, Device device)
    : config_(config), device_(device), solved_(request.solved) {
    for (const std::filesystem::path& folder : request.runs) sources_.push_back(std::make_unique<Source>(folder));
    if (!sources_.empty()) groups_ = smoothing_groups(config);
    if (solved_)
        for (const auto& source : sources_) source->open_checkpoint(config, device);
}

Perturbation::~Perturbation() = default;

Perturbation::Source* Perturbation::source_of(const std::string& module, const Scheme& scheme) const {
    for (const auto& source : sources_)
        if (const auto found = source->schemes.find(module);
            found != source->schemes.end() && found->second == scheme.name)
            return source.get();
    return nullptr;
}

Perturbation::Smoothing Perturbation::smoothing_at(const Source& source, const SmoothingGroup& group) const {
    const std::vector<float> scale = source.run.statistics.get(group.site, "smoothing_scale");
    if (scale.empty()) return {};
    const std::size_t channels = group.spread.empty() ? static_cast<std::size_t>(group.channels) : group.spread.size();
    if (scale.size() != channels)
        throw Error(ErrorCode::unusable_run, msg("The smoothing of %1 does not fit the model", group.site),
                    msg("Give a run of this model."), {.file = source.run.folder.string()});
    return {&group, at::tensor(scale)};
}

Perturbation::Smoothing Perturbation::smoothing_of(const std::vector<Module>& modules, const Scheme& scheme) const {
    const Source* source = source_of(modules.front().name, scheme);
    if (!source) return {};
    const std::string site = site_of(modules.front());
    const auto group =
        std::find_if(groups_.begin(), groups_.end(), [&](const SmoothingGroup& known) { return known.site == site; });
    return group == groups_.end() ? Smoothing() : smoothing_at(*source, *group);
}

at::Tensor Perturbation::input_divisor(const Module& module, const std::vector<Module>& modules,
                                       const Scheme& scheme) const {
    const auto [group, scale] = smoothing_of(modules, scheme);
    if (!group || std::find(group->consumers.begin(), group->consumers.end(), module.name) == group->consumers.end())
        return {};
    return scale;
}

void Perturbation::smooth(LayerWeights& weights, const Smoothing& smoothing) const {
    const SmoothingGroup& group = *smoothing.group;
    const at::Tensor scale = smoothing.scale.to(device_.device);
    for (const std::string& name : group.consumers) {
        Linear& linear = named(weights, name);
        linear.weight = linear.weight * scale;
    }
    if (group.kind != SmoothingGroup::Kind::norm) {
        Linear& producer = named(weights, group.producer);
        divide_rows(producer, row_divisor(group, scale, producer.weight.size(0)));
        return;
    }
    Norm& norm = norm_of(weights, group.site);
    norm.weight = norm.weight / scale;
    if (norm.bias.defined()) norm.bias = norm.bias / scale;
}

void Perturbation::take_solved(Linear& linear, Source& source, const Module& module) const {
    Linear solved = source.matrix(module);
    solved.bias = linear.bias; // the run's is divided like the rows are
    for (const SmoothingGroup& group : groups_) {
        if (group.kind == SmoothingGroup::Kind::norm || group.producer != module.name) continue;
        const auto [found, scale] = smoothing_at(source, group);
        if (!found) continue;
        const at::Tensor factor = row_divisor(group, scale.to(device_.device), module.rows);
        if (solved.row_scales.defined()) solved.row_scales = solved.row_scales * factor;
        if (solved.weight.defined()) solved.weight = solved.weight * factor.unsqueeze(1);
    }
    linear = std::move(solved);
}

LayerWeights Perturbation::apply(const LayerWeights& weights, const std::vector<Module>& modules,
                                 const Scheme& scheme) const {
    LayerWeights out = weights;
    if (const Smoothing smoothing = smoothing_of(modules, scheme); smoothing.group) smooth(out, smoothing);
    ScaleOptions options{.dtype = scale_dtype_for(config_.dtype)};
    if (scheme.weights.strategy == Strategy::tensor_group) // they share a scale
        for (const Module& module : modules)
            options.absmax = std::max(options.absmax, linear_of(out, module).weight.abs().max().item<float>());
    for (const Module& module : modules) {
        Linear& linear = linear_of(out, module);
        if (Source* source = solved_ ? source_of(module.name, scheme) : nullptr) {
            take_solved(linear, *source, module);
            continue;
        }
        const QuantizationArgs fitted = with_fitting_groups(scheme, linear.weight.size(1)).weights;
        linear.weight = round_to_nearest(linear.weight, weight_grid(linear.weight, fitted, options)).weight;
        if (scheme.input) linear.input = InputGrid{*scheme.input};
    }
    return out;
}

} // namespace octavo
