// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden_checks.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <random>

#include "evaluate/stream.h"
#include "support/golden_model.h"

using namespace octavo;

namespace {

at::Tensor logits_of(const golden::fs::path& folder, const golden::Json& fixture) {
    const c10::InferenceMode no_gradients;
    const auto rows = fixture.at("rows").get<std::vector<std::vector<std::int32_t>>>();
    ModelStream stream(folder, open_device("cpu", 1), rows);
    std::vector<std::int64_t> lengths;
    for (const auto& row : rows) lengths.push_back(static_cast<std::int64_t>(row.size()));
    const std::vector<Chunk> chunks = cut_into_chunks(lengths, 1000);
    for (int layer = 0; layer < stream.config().layers; ++layer) stream.run_layer(layer, chunks, [](const Chunk&) {});
    stream.finish_layers();
    return stream.logits(0, chunks.back().end).contiguous();
}

double share_of_range(const at::Tensor& own, const at::Tensor& expected) {
    return ((own.view({-1}) - expected.view({-1})).abs().max() / (expected.max() - expected.min())).item<double>();
}

golden::Json read(const std::string& fixture) { return golden::Json::parse(tiny::read_text(fixture)); }

/// Divides and multiplies tensors of a checkpoint as a smoothing group says.
class Rescaling {
public:
    Rescaling(golden::Values& values, const ModelConfig& config, double spread)
        : values_(values), offset_(config.norm == NormType::rms_offset), spread_(spread) {}

    void apply(const SmoothingGroup& group, Smoothing how) {
        std::vector<double> scales(static_cast<std::size_t>(group.channels));
        for (double& scale : scales) scale = std::exp(uniform_(random_) * spread_);
        if (how != Smoothing::consumers_alone) divide(group, scales);
        if (how == Smoothing::producers_alone) return;
        for (const std::string& consumer : group.consumers) {
            std::vector<float>& weight = values_.at(consumer + ".weight").second;
            const auto columns = static_cast<std::size_t>(values_.at(consumer + ".weight").first[1]);
            for (std::size_t i = 0; i < weight.size(); ++i) {
                const std::size_t k = i % columns,
                                  channel = group.spread.empty() ? k : static_cast<std::size_t>(group.spread.at(k));
                weight[i] = static_cast<float>(static_cast<double>(weight[i]) * scales.at(channel));
            }
        }
    }

private:
    void divide(const SmoothingGroup& group, const std::vector<double>& scales) {
        auto& [shape, weight] = values_.at(group.producer + ".weight");
        const auto bias = values_.find(group.producer + ".bias");
        for (std::size_t p = 0; p < scales.size(); ++p) {
            const std::size_t row = group.rows.empty() ? p : static_cast<std::size_t>(group.rows.at(p));
            const std::size_t width = shape.size() == 1 ? 1 : static_cast<std::size_t>(shape[1]);
            const double one = shape.size() == 1 && offset_ ? 1 : 0;
            for (std::size_t i = row * width; i < (row + 1) * width; ++i)
                weight.at(i) = static_cast<float>((static_cast<double>(weight.at(i)) + one) / scales[p] - one);
            if (bias != values_.end()) {
                float& value = bias->second.second.at(row);
                value = static_cast<float>(static_cast<double>(value) / scales[p]);
            }
        }
    }

    golden::Values& values_;
    bool offset_;
    double spread_;
    std::mt19937 random_{3};
    std::uniform_real_distribution<double> uniform_{-1, 1};
};

} // namespace

double golden_deviation(const std::string& fixture, const std::string& scratch, bool within) {
    golden::Json json = read(fixture);
    golden::Values values = golden::tensors(json);
    if (within) std::tie(json, values) = golden::wrapped(json, values);
    golden::write(scratch, json, values);
    const auto expected = json.at("logits").get<std::vector<float>>();
    return share_of_range(logits_of(scratch, json), at::tensor(expected));
}

double continued_deviation(const std::string& fixture, const std::string& scratch) {
    const c10::InferenceMode no_gradients;
    const golden::Json json = read(fixture);
    golden::write(scratch, json, golden::tensors(json));
    const ModelFolder folder(scratch);
    const ModelConfig config = read_model_config(folder);
    if (depends_on_length(config.rotary)) return -1;
    constexpr std::int64_t rows = 2, tokens = 20;
    const Device device = open_device("cpu", 1);
    const WeightReader reader(folder, config, device);
    const Decoder decoder(config, device, tokens);
    std::vector<std::int32_t> ids;
    for (std::int64_t i = 0; i < rows * tokens; ++i)
        ids.push_back(static_cast<std::int32_t>(i * i * 7 % config.vocabulary));
    const at::Tensor start = reader.embedded(ids);
    const Chunk all{0, rows * tokens, {tokens, tokens}};
    at::Tensor whole = start, pieces = start.clone();
    for (int layer = 0; layer < config.layers; ++layer) {
        const LayerWeights weights = reader.layer(layer);
        whole = decoder.forward(weights, whole, all, layer);
        LayerCache past;
        at::Tensor by_row = pieces.view({rows, tokens, config.hidden});
        for (std::int64_t begin = 0, end = 3; begin < tokens;
             begin = end, end = std::min(end + (end < 10 ? 1 : 4), tokens)) {
            const at::Tensor x = by_row.slice(1, begin, end).reshape({-1, config.hidden}).contiguous();
            by_row.slice(1, begin, end)
                .copy_(decoder.forward(weights, x, rows, layer, past).view({rows, end - begin, config.hidden}));
        }
    }
    return share_of_range(pieces, whole);
}

double smoothing_deviation(const std::string& fixture, const std::string& scratch, int kind, double spread,
                           Smoothing how) {
    const golden::Json json = read(fixture);
    golden::Values values = golden::tensors(json);
    golden::write(scratch, json, values);
    const at::Tensor before = logits_of(scratch, json);
    const ModelConfig config = read_model_config(ModelFolder(scratch));
    Rescaling rescaling(values, config, spread);
    int applied = 0;
    for (const SmoothingGroup& group : smoothing_groups(config)) {
        if (kind >= 0 && static_cast<int>(group.kind) != kind) continue;
        rescaling.apply(group, how);
        ++applied;
    }
    if (applied == 0) return -1;
    golden::write(scratch, json, values);
    return share_of_range(logits_of(scratch, json), before);
}
