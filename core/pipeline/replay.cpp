// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/calibrated_pass.h"

#include "base/error.h"

#include <utility>

namespace octavo {

void CalibratedPass::restore_matrix(int layer, const Module& module, const Scheme& scheme, const LayerEntry& entry) {
    Solution solution = restored_solution(entry, module, scheme.weights, device_);
    job_.exporter.write(module.name, compressed(module, scheme, config_.dtype,
                                                matrix_codes(solution, restored_input(entry, site_of(module)))));
    // A later smoothing divided the rows only after they had been multiplied with.
    if (const auto solved = entry.tensors.find("solved_scales/" + module.name); solved != entry.tensors.end())
        solution.grid.scales = restored(solved->second, Device{}).view_as(solution.grid.scales);
    solution.weight = solution.grid.decoded(solution.codes).to(device_.device);
    Linear& linear = linear_of(*weights_, module);
    if (linear.weight.sizes() != solution.weight.sizes())
        throw Error(ErrorCode::unusable_run, msg("The journal of the run does not hold %1", module.name),
                    msg("Start the job again without --resume."), Place{.layer = config_.layer_prefix(layer)});
    Stage::replace(linear, solution, scheme, device_);
}

SiteView CalibratedPass::restored_view(int layer, const std::string& site, const LayerEntry& entry) const {
    const std::string full = config_.layer_prefix(layer) + site;
    SiteView out;
    for (const std::size_t i : modules_of_layer_.at(static_cast<std::size_t>(layer))) {
        if (sites_[i] != full) continue;
        out.input =
            Stage::propagated_input(job_.resolved.recipe, job_.resolved.schemes[i], restored_input(entry, full));
        break;
    }
    if (const auto found = entry.tensors.find("inverse/" + full); found != entry.tensors.end())
        out.inverse = restored(found->second, device_);
    return out;
}

/// Tensors that kept their precision but were rescaled: written again, and norms and matrices of this layer put in
/// place. The norms inside of latent attention stay as they were: what they give is divided afterwards.
void CalibratedPass::restore_kept(int layer, const LayerEntry& entry) {
    const std::string prefix = config_.layer_prefix(layer);
    for (const auto& [name, tensor] : entry.tensors) {
        if (!name.starts_with("kept/")) continue;
        const std::string full = name.substr(5);
        job_.exporter.write(full, tensor.bytes);
        for (const auto& [norm, own] : {std::pair(&weights_->attention_norm, &config_.attention_norm),
                                        std::pair(&weights_->mlp_norm, &config_.mlp_norm)}) {
            const at::Tensor values = restored(tensor, device_).to(at::kFloat);
            if (full == prefix + *own + ".weight")
                norm->weight = config_.norm == NormType::rms_offset ? values + 1 : values;
            if (full == prefix + *own + ".bias") norm->bias = values;
        }
    }
    for (const std::size_t i : modules_of_layer_.at(static_cast<std::size_t>(layer))) {
        const Module& module = job_.resolved.modules[i];
        const auto found = entry.tensors.find("kept/" + module.name + ".weight");
        if (found != entry.tensors.end())
            linear_of(*weights_, module).weight = restored(found->second, device_).to(at::kFloat);
    }
}

void CalibratedPass::replay_latent(int layer, const LayerEntry& entry) {
    const SiteView view = restored_view(layer, "attention_input", entry),
                   queries = restored_view(layer, "query_latent", entry),
                   keys_values = restored_view(layer, "key_value_latent", entry);
    for (const Chunk& chunk : chunks_) {
        const Latent narrow = decoder_.compressed(
            view.seen(decoder_.normalized(store_.load(hidden_, chunk.begin, chunk.end), weights_->attention_norm),
                      true),
            *weights_);
        const at::Tensor q = config_.latent->query_rank
                                 ? decoder_.multiply(queries.seen(narrow.queries, false), weights_->q)
                                 : narrow.queries,
                         kv = decoder_.multiply(keys_values.seen(narrow.keys_values, false), weights_->key_value_b);
        const at::Tensor part = store_.room(attended_, chunk.begin, chunk.end);
        decoder_.attend(part, decoder_.unfolded(q, kv, narrow.turned), chunk, layer, {});
        store_.save(attended_, chunk.begin, chunk.end, part);
        job_.throw_if_stopped();
    }
}

void CalibratedPass::replay_mixture(int layer, const LayerEntry& entry, const Norm& original, const Linear& router) {
    const Linear smoothed = std::exchange(weights_->router, router);
    const Routing routing = route(original);
    weights_->router = smoothed;
    branch_.zero_();
    if (config_.experts.shared_intermediate) {
        mlp(layer, restored_view(layer, "mlp_input", entry), nullptr, weights_->mlp, all_tokens(),
            config_.experts.shared_intermediate);
        add_shared(layer, restored_view(layer, "shared_expert.down_input", entry));
    }
    for (int number = 0; number < config_.experts.count; ++number) {
        const Dispatch sent = dispatch(number, routing);
        const std::string name = "experts." + std::to_string(number) + ".";
        mlp(layer, restored_view(layer, name + "mlp_input", entry), nullptr,
            weights_->experts[static_cast<std::size_t>(number)], sent.batches, config_.experts.intermediate);
        add_expert(layer, number, restored_view(layer, name + "down_input", entry), sent);
    }
}

void CalibratedPass::replay_layer(int layer) {
    progress_.start_layer(layer);
    job_.throw_if_stopped();
    const LayerEntry entry = job_.journal->read(layer);
    if (layer + 1 < config_.layers) read_next(layer + 1);
    if (reference_) reference_->enter(*weights_);
    rotate_values(layer);
    const Norm original = weights_->mlp_norm;
    const Linear router = weights_->router;
    for (const std::size_t i : modules_of_layer_.at(static_cast<std::size_t>(layer)))
        if (job_.resolved.schemes[i]) restore_matrix(layer, job_.resolved.modules[i], *job_.resolved.schemes[i], entry);
    restore_kept(layer, entry);
    for (const auto& [owner, statistics] : entry.arrays) {
        for (const auto& [statistic, values] : statistics) job_.run.put(owner, statistic, values);
        job_.sink.on_event(StatisticsSaved{owner});
    }
    for (const MatrixReport& report : entry.reports) job_.sink.on_event(MatrixFinished{report});

    if (config_.latent)
        replay_latent(layer, entry);
    else
        attention(layer, restored_view(layer, "attention_input", entry), nullptr);
    add_output(layer, restored_view(layer, "output_input", entry), nullptr);
    if (config_.has_experts(layer)) {
        replay_mixture(layer, entry, original, router);
        leave_layer(layer, experts_branch(), config_.layer_prefix(layer) + "experts");
        return;
    }
    mlp(layer, restored_view(layer, "mlp_input", entry), nullptr, weights_->mlp, all_tokens(), config_.intermediate);
    leave_layer(layer, down_branch(restored_view(layer, "down_input", entry)),
                config_.layer_prefix(layer) + "down_input");
}

} // namespace octavo
