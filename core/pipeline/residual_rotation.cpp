// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/residual_rotation.h"

#include "number/number.h"
#include "pipeline/calibrated_pass.h"
#include "quantize/rotation.h"

#include <algorithm>

namespace octavo {

ResidualRotation::ResidualRotation(const ModelConfig& config, const Device& device, std::uint64_t seed)
    : config_(config), turn_(mixing_matrix(config.hidden, seed).to(device.device)) {}

void ResidualRotation::reads(Linear& linear, const at::Tensor& gain) const {
    if (linear.weight.defined()) linear.weight = turned(linear.weight * gain);
}

void ResidualRotation::writes(Linear& linear) const {
    if (linear.weight.defined()) linear.weight = at::mm(turn_, linear.weight);
    if (linear.bias.defined()) linear.bias = at::mv(turn_, linear.bias);
}

void ResidualRotation::apply(LayerWeights& weights) const {
    const at::Tensor attention = weights.attention_norm.weight, mlp = weights.mlp_norm.weight;
    // Latent attention: q reads the stream itself only where nothing narrows the queries first.
    const bool narrow = weights.query_a.weight.defined();
    for (Linear* linear : {narrow ? &weights.query_a : &weights.q, &weights.key_value_a}) reads(*linear, attention);
    if (!config_.latent)
        for (Linear* linear : {&weights.k, &weights.v}) reads(*linear, attention);
    writes(weights.o);
    for (Linear* linear : {&weights.mlp.gate, &weights.mlp.up, &weights.router, &weights.shared_gate})
        reads(*linear, mlp);
    writes(weights.mlp.down);
    for (MlpWeights& expert : weights.experts) {
        reads(expert.gate, mlp);
        reads(expert.up, mlp);
        writes(expert.down);
    }
    weights.attention_norm.weight = at::ones_like(attention);
    weights.mlp_norm.weight = at::ones_like(mlp);
}

std::unique_ptr<LayerWeights> CalibratedPass::read_layer(int layer) {
    auto out = std::make_unique<LayerWeights>(reader_.layer(layer));
    if (!rotation_) return out;
    rotation_->apply(*out);
    // What keeps its precision is rounded to it again, and takes part as it will be stored.
    const auto round = [&](at::Tensor& values, const std::string& name) {
        if (values.defined()) values = rounded_to(values, job_.model.spec(name).dtype);
    };
    for (const std::size_t i : modules_of_layer_.at(static_cast<std::size_t>(layer))) {
        const Module& module = job_.resolved.modules[i];
        Linear& linear = linear_of(*out, module);
        if (!job_.resolved.schemes[i]) round(linear.weight, module.name + ".weight");
        round(linear.bias, module.name + ".bias");
    }
    return out;
}

at::Tensor CalibratedPass::embedded(const std::vector<std::int32_t>& ids) const {
    const at::Tensor rows = reader_.embedded(ids);
    if (!rotation_) return rows;
    // The factor belongs to the model, not to the table that is stored.
    const Dtype stored = job_.model.spec(config_.prefix + "embed_tokens.weight").dtype;
    return rounded_to(rotation_->turned(rows / config_.embedding_scale), stored) * config_.embedding_scale;
}

void CalibratedPass::keep_turned_layer(int layer) {
    if (!rotation_) return;
    // Smoothing has written what it changed after the turn.
    const auto keep = [&](const std::string& name, const at::Tensor& values) {
        if (values.defined() && !context_.entry.tensors.contains("kept/" + name))
            context_.write(name, values.to(scalar_type(job_.model.spec(name).dtype)));
    };
    const std::string prefix = config_.layer_prefix(layer);
    keep(prefix + config_.attention_norm + ".weight", weights_->attention_norm.weight);
    keep(prefix + config_.mlp_norm + ".weight", weights_->mlp_norm.weight);
    for (const std::size_t i : modules_of_layer_.at(static_cast<std::size_t>(layer))) {
        const Module& module = job_.resolved.modules[i];
        const Linear& linear = linear_of(*weights_, module);
        if (!job_.resolved.schemes[i]) keep(module.name + ".weight", linear.weight);
        keep(module.name + ".bias", linear.bias);
    }
}

void CalibratedPass::write_turned_table(const std::string& source, const std::string& target, const at::Tensor& gain) {
    constexpr std::int64_t piece = 4096; // rows
    const TensorSpec& spec = job_.model.spec(source);
    const std::span<const std::byte> data = job_.model.data(source);
    std::int64_t row = 0;
    job_.exporter.write(target, [&] {
        job_.throw_if_stopped();
        const std::int64_t rows = std::min(piece, spec.shape[0] - row);
        if (rows == 0) return std::vector<std::byte>();
        at::Tensor values = at::empty({rows, config_.hidden});
        const std::size_t size = static_cast<std::size_t>(values.numel());
        to_float(spec.dtype,
                 data.subspan(static_cast<std::size_t>(row * config_.hidden) * size_of(spec.dtype),
                              size * size_of(spec.dtype)),
                 {values.mutable_data_ptr<float>(), size});
        row += rows;
        values = values.to(device_.device);
        return bytes_of(rotation_->turned(gain.defined() ? values * gain : values).to(scalar_type(spec.dtype)));
    });
    job_.model.drop(source);
}

void CalibratedPass::write_turned_ends() {
    if (!rotation_) return;
    const std::string table = config_.prefix + "embed_tokens.weight", head = config_.head + ".weight",
                      norm = config_.prefix + "norm.weight";
    const at::Tensor gain = reader_.tensor(norm);
    write_turned_table(table, table, {});
    write_turned_table(config_.tied_head ? table : head, head, gain);
    job_.exporter.write(norm, bytes_of(at::ones_like(gain).to(scalar_type(job_.model.spec(norm).dtype))));
}

} // namespace octavo
