// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/calibrated_pass.h"
#include "quantize/rotation.h"

namespace octavo {

void CalibratedPass::rotate_values(int layer) {
    turned_bias_ = nullptr;
    if (!job_.resolved.recipe.smoothing.rotate_values) return;
    const SmoothingGroup* group = group_of(config_.layer_prefix(layer) + "output_input");
    if (!group) return;
    Linear *producer = nullptr, *reader = nullptr;
    for (const std::size_t i : modules_of_layer_.at(static_cast<std::size_t>(layer))) {
        const Module& module = job_.resolved.modules[i];
        const bool produces = module.name == group->producer, reads = module.name == group->consumers.front();
        if (!produces && !reads) continue;
        // What keeps its precision would be rounded to it once more.
        if (!job_.resolved.schemes[i]) return;
        (produces ? producer : reader) = &linear_of(*weights_, module);
    }
    if (!producer || !reader) return;
    const std::int64_t size = config_.value_dim();
    const at::Tensor turn =
        orthogonal_matrix(size, job_.resolved.recipe.seed + static_cast<std::uint64_t>(layer)).to(device_.device);
    const at::Tensor rows =
        (group->rows.empty() ? at::arange(group->channels, at::kLong) : at::tensor(group->rows)).to(device_.device);
    const auto turned = [&](const at::Tensor& values) { // [producer rows, …]
        const at::Tensor own = values.index_select(0, rows);
        return values.index_copy(0, rows, at::matmul(turn, own.view({-1, size, own[0].numel()})).view_as(own));
    };
    producer->weight = turned(producer->weight);
    reader->weight =
        at::matmul(reader->weight.view({reader->weight.size(0), -1, size}), turn.t()).flatten(1).contiguous();
    if (!producer->bias.defined()) return;
    const std::string name = group->producer + ".bias";
    producer->bias = rounded_to(turned(producer->bias), job_.model.spec(name).dtype);
    turned_bias_ = producer;
}

void CalibratedPass::keep_turned_bias(int layer) {
    if (!turned_bias_) return;
    const std::string name = group_of(config_.layer_prefix(layer) + "output_input")->producer + ".bias";
    // Smoothing has written it already where it divided the rows.
    if (!context_.entry.tensors.contains("kept/" + name))
        context_.write(name, turned_bias_->bias.to(scalar_type(job_.model.spec(name).dtype)));
}

} // namespace octavo
