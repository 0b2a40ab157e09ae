// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/decoder.h"

// Which tensors make a layer.
namespace octavo {

namespace {

constexpr double latent_epsilon = 1e-6; ///< DeepSeek's classes give these norms none of the configuration

} // namespace

Norm WeightReader::norm(const std::string& name, std::optional<double> epsilon) const {
    Norm out;
    if (name.empty()) return out;
    out.epsilon = epsilon.value_or(config_.norm_epsilon);
    out.weight = tensor(name + ".weight");
    if (config_.norm == NormType::rms_offset) out.weight = out.weight + 1;
    if (config_.norm == NormType::layer) out.bias = tensor(name + ".bias");
    return out;
}

MlpWeights WeightReader::mlp(const MlpNames& names) const {
    return {linear(names.gate), linear(names.up), linear(names.down)};
}

void WeightReader::read_latent(const std::string& attention, LayerWeights& out) const {
    if (config_.latent->query_rank) {
        out.query_a = linear(attention + "q_a_proj");
        out.query_a_norm = norm(attention + "q_a_layernorm", latent_epsilon);
        out.q = linear(attention + "q_b_proj");
    } else {
        out.q = linear(attention + "q_proj");
    }
    out.key_value_a = linear(attention + "kv_a_proj_with_mqa");
    out.key_value_a_norm = norm(attention + "kv_a_layernorm", latent_epsilon);
    out.key_value_b = linear(attention + "kv_b_proj");
}

void WeightReader::read_experts(int index, LayerWeights& out) const {
    const ExpertConfig& experts = config_.experts;
    const std::string parent = config_.layer_prefix(index) + experts.parent + ".";
    out.router = linear(parent + "gate");
    if (experts.sigmoid) out.router_bias = tensor(parent + "gate.e_score_correction_bias");
    if (experts.shared_intermediate) out.mlp = mlp(expert_names(config_, index, -1));
    if (experts.shared_gate) out.shared_gate = linear(parent + experts.shared + "_gate");
    for (int expert = 0; expert < experts.count; ++expert)
        out.experts.push_back(mlp(expert_names(config_, index, expert)));
}

LayerWeights WeightReader::layer(int index) const {
    const std::string prefix = config_.layer_prefix(index), attention = prefix + "self_attn.";
    const auto own = [&](const std::string& name) { return name.empty() ? name : prefix + name; };
    LayerWeights out;
    out.attention_norm = norm(own(config_.attention_norm));
    out.attention_output_norm = norm(own(config_.attention_output_norm));
    out.mlp_norm = norm(own(config_.mlp_norm));
    out.mlp_output_norm = norm(own(config_.mlp_output_norm));
    if (config_.qk_norm != QkNorm::none) {
        out.q_norm = norm(attention + "q_norm");
        out.k_norm = norm(attention + "k_norm");
    }
    if (config_.latent) {
        read_latent(attention, out);
    } else if (config_.fused_qkv) {
        out.q = linear(attention + "qkv_proj");
    } else {
        out.q = linear(attention + "q_proj");
        out.k = linear(attention + "k_proj");
        out.v = linear(attention + "v_proj");
    }
    out.o = linear(attention + "o_proj");
    if (quantization_.recipe.kv_cache != KvCache::as_is)
        out.cache = CacheScales{tensor(attention + "k_scale"), tensor(attention + "v_scale")};
    if (config_.has_experts(index))
        read_experts(index, out);
    else
        out.mlp = mlp(mlp_names(config_, index));
    return out;
}

} // namespace octavo
