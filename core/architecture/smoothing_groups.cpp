// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/architecture.h"

#include <algorithm>

namespace octavo {

namespace {

using Kind = SmoothingGroup::Kind;

class GroupList {
public:
    explicit GroupList(const ModelConfig& config) : config_(config) {}

    std::vector<SmoothingGroup> all() {
        for (layer_ = 0; layer_ < config_.layers; ++layer_) {
            prefix_ = config_.layer_prefix(layer_);
            attention_ = prefix_ + "self_attn.";
            if (!config_.attention_norm.empty())
                add_norm("attention_input", prefix_ + config_.attention_norm, config_.hidden, attention_readers());
            if (config_.latent) add_latent(*config_.latent);
            add_value_output();
            if (config_.has_experts(layer_))
                add_experts();
            else
                add_mlp(mlp_names(config_, layer_));
        }
        return std::move(out_);
    }

private:
    SmoothingGroup& add(const std::string& site, Kind kind, const std::string& producer, std::int64_t channels,
                        std::vector<std::string> consumers) {
        out_.push_back({.site = prefix_ + site,
                        .kind = kind,
                        .producer = producer,
                        .consumers = std::move(consumers),
                        .layer = layer_,
                        .channels = channels,
                        .rows = {},
                        .spread = {}});
        return out_.back();
    }
    void add_norm(const std::string& site, const std::string& norm, std::int64_t channels,
                  std::vector<std::string> consumers) {
        add(site, Kind::norm, norm, channels, std::move(consumers));
    }

    std::vector<std::string> attention_readers() const {
        if (config_.fused_qkv) return {attention_ + "qkv_proj"};
        if (config_.latent)
            return {attention_ + (config_.latent->query_rank ? "q_a_proj" : "q_proj"),
                    attention_ + "kv_a_proj_with_mqa"};
        return {attention_ + "q_proj", attention_ + "k_proj", attention_ + "v_proj"};
    }

    void add_latent(const LatentConfig& latent) {
        if (latent.query_rank)
            add_norm("query_latent", attention_ + "q_a_layernorm", latent.query_rank, {attention_ + "q_b_proj"});
        add_norm("key_value_latent", attention_ + "kv_a_layernorm", latent.rank, {attention_ + "kv_b_proj"});
    }

    /// Attention mixes tokens, not channels: channel i of head h of o's input comes from channel i of one value head.
    void add_value_output() {
        const std::int64_t size = config_.value_dim(), queries = config_.heads,
                           values = config_.latent ? queries : config_.kv_heads;
        const char* name = config_.latent ? "kv_b_proj" : config_.fused_qkv ? "qkv_proj" : "v_proj";
        SmoothingGroup& group =
            add("output_input", Kind::value_output, attention_ + name, values * size, {attention_ + "o_proj"});
        if (values != queries)
            for (std::int64_t head = 0; head < queries; ++head)
                for (std::int64_t i = 0; i < size; ++i) group.spread.push_back(head / (queries / values) * size + i);
        if (config_.latent) {
            const std::int64_t plain = config_.latent->plain_dim;
            for (std::int64_t head = 0; head < values; ++head)
                for (std::int64_t i = 0; i < size; ++i) group.rows.push_back(head * (plain + size) + plain + i);
        } else if (config_.fused_qkv) {
            const std::int64_t first = (queries + values) * size;
            for (std::int64_t i = 0; i < values * size; ++i) group.rows.push_back(first + i);
        }
    }

    /// down reads act(gate) · up, which is linear in up; without a gate nothing linear stands in front of it.
    void add_down(const std::string& site, const MlpNames& names, std::int64_t inner) {
        if (config_.mlp == MlpType::plain) return;
        const bool fused = config_.mlp == MlpType::fused_gated;
        SmoothingGroup& group = add(site, Kind::up_down, fused ? names.gate : names.up, inner, {names.down});
        if (fused)
            for (std::int64_t i = 0; i < inner; ++i) group.rows.push_back(inner + i);
    }

    static void append(std::vector<std::string>& to, const MlpNames& names) {
        if (!names.gate.empty()) to.push_back(names.gate);
        if (!names.up.empty()) to.push_back(names.up);
    }

    void add_mlp(const MlpNames& names) {
        std::vector<std::string> readers;
        append(readers, names);
        if (!config_.mlp_norm.empty()) add_norm("mlp_input", prefix_ + config_.mlp_norm, config_.hidden, readers);
        add_down("down_input", names, config_.intermediate);
    }

    void add_experts() {
        const ExpertConfig& experts = config_.experts;
        const std::string parent = prefix_ + experts.parent + ".";
        std::vector<std::string> readers{parent + "gate"};
        if (experts.shared_gate) readers.push_back(parent + experts.shared + "_gate");
        if (experts.shared_intermediate) append(readers, expert_names(config_, layer_, -1));
        for (int expert = 0; expert < experts.count; ++expert) append(readers, expert_names(config_, layer_, expert));
        if (!config_.mlp_norm.empty()) add_norm("mlp_input", prefix_ + config_.mlp_norm, config_.hidden, readers);
        if (experts.shared_intermediate)
            add_down("shared_expert.down_input", expert_names(config_, layer_, -1), experts.shared_intermediate);
        for (int expert = 0; expert < experts.count; ++expert)
            add_down("experts." + std::to_string(expert) + ".down_input", expert_names(config_, layer_, expert),
                     experts.intermediate);
    }

    const ModelConfig& config_;
    std::vector<SmoothingGroup> out_;
    std::string prefix_, attention_;
    int layer_ = 0;
};

} // namespace

std::vector<SmoothingGroup> smoothing_groups(const ModelConfig& config) { return GroupList(config).all(); }

} // namespace octavo
