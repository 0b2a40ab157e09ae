// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "checkpoint/safetensors.h"
#include "recipe/recipe.h"
#include "report/comparison.h"
#include "report/run_folder.h"
#include "report/smoothing_preview.h"

namespace octavo::testing {

/// Size of a run that is made up for tests of the window and for its benchmark; the numbers are drawn, not measured.
struct SyntheticRun {
    int layers = 6;
    std::int64_t hidden = 96, intermediate = 256, kv = 96;
    std::string scheme = "W8A8";
    std::string model = "Synthetic-Llama";
    bool metrics = true, losses = true;
    bool spectrum = true;  ///< of the Hessians: eigenvalues that fall as 1 / √index
    bool balanced = false; ///< scales found channel by channel, with four fifths of the best strength's error
    std::uint64_t kv_bytes_per_token = 0, bytes_after = 157ULL << 20;
    std::vector<std::int64_t> windows = {};
    std::uint32_t seed = 1;
};

class SyntheticWriter {
public:
    /// `watcher` sees the events of a run that is written as slowly as its numbers are drawn.
    SyntheticWriter(const std::filesystem::path& folder, const SyntheticRun& shape, Sink* watcher = nullptr)
        : shape_(shape), random_(shape.seed), run_(folder, record(folder)), watcher_(watcher) {}

    void write() {
        for (int layer = 0; layer < shape_.layers; ++layer) {
            const std::string prefix = "model.layers." + std::to_string(layer) + ".";
            site(layer, "attention_input", shape_.hidden, 18);
            site(layer, "output_input", shape_.hidden, 4);
            site(layer, "mlp_input", shape_.hidden, layer == shape_.layers / 2 ? 60 : 25);
            site(layer, "down_input", shape_.intermediate, layer <= 1 ? 400 : 30);
            matrix(layer, prefix + "self_attn.q_proj", "q_proj", "attention_input", shape_.hidden, shape_.hidden);
            matrix(layer, prefix + "self_attn.k_proj", "k_proj", "attention_input", shape_.kv, shape_.hidden);
            matrix(layer, prefix + "self_attn.v_proj", "v_proj", "attention_input", shape_.kv, shape_.hidden);
            matrix(layer, prefix + "self_attn.o_proj", "o_proj", "output_input", shape_.hidden, shape_.hidden);
            matrix(layer, prefix + "mlp.gate_proj", "gate_proj", "mlp_input", shape_.intermediate, shape_.hidden);
            matrix(layer, prefix + "mlp.up_proj", "up_proj", "mlp_input", shape_.intermediate, shape_.hidden);
            matrix(layer, prefix + "mlp.down_proj", "down_proj", "down_input", shape_.hidden, shape_.intermediate);
        }
        run_.update([this](RunRecord& record) { finish(record); });
        run_.flush();
        if (shape_.losses) losses();
    }

private:
    RunRecord record(const std::filesystem::path& folder) const {
        RunRecord record;
        record.id = folder.filename().string();
        record.started = "2026-11-24T10:15:00Z";
        record.recipe = to_json(Recipe::for_scheme(preset(shape_.scheme)));
        record.model = {"",        shape_.model,  "LlamaForCausalLM",        "bf16",        "made-up",
                        134515008, shape_.layers, shape_.kv_bytes_per_token, shape_.windows};
        record.dataset = {"built-in", 64, 32768, 512, true, 42};
        return record;
    }

    void tell(const Event& event) {
        run_.on_event(event);
        if (watcher_) watcher_->on_event(event);
    }

    double normal() { return normal_(random_); }
    double positive() { return std::exp(0.45 * normal()); }

    void site(int layer, const std::string& kind, std::int64_t channels, double outlier) {
        const std::string owner = "model.layers." + std::to_string(layer) + "." + kind;
        const auto size = static_cast<std::size_t>(channels);
        std::vector<float> low(size), high(size), absmax(size), square(size), weight(size), weight_square(size);
        for (std::size_t k = 0; k < size; ++k) {
            // The same few channels stand out in every layer, as they do in real models.
            const bool stands_out = k % 61 == 17;
            const double width = 0.8 * positive() * (stands_out ? outlier * positive() : 1);
            absmax[k] = static_cast<float>(width * 4);
            low[k] = static_cast<float>(-width * 4 * (k % 2 ? 1 : 0.8));
            high[k] = static_cast<float>(width * 4 * (k % 2 ? 0.8 : 1));
            square[k] = static_cast<float>(width * width);
            weight[k] = static_cast<float>(0.25 * positive());
            weight_square[k] = weight[k] * weight[k] / 12;
        }
        std::vector<float> reach(size);
        for (std::size_t k = 0; k < size; ++k) reach[k] = high[k] - low[k];
        const SmoothingInputs inputs{reach, weight, square, weight_square, absmax, weight};
        std::vector<double> strengths{-1, 0.2, 0.35, 0.4, 0.45, 0.5, 0.55, 0.65, 0.8};
        std::vector<double> errors = predicted_errors(inputs, strengths);
        std::size_t best = 0;
        for (std::size_t i = 0; i < errors.size(); ++i) {
            errors[i] *= 0.55 * (1 + 0.04 * normal());
            if (errors[i] < errors[best]) best = i;
        }
        strength_ = strengths[best];
        const std::vector<float> scale = smoothing_scale(inputs, strength_);
        const auto put = [&](const std::string& name, const std::vector<float>& values, int power) {
            run_.put(owner, name + "_before", values);
            std::vector<float> after = values;
            for (std::size_t k = 0; k < after.size(); ++k)
                after[k] = static_cast<float>(after[k] * std::pow(scale[k], power));
            run_.put(owner, name + "_after", after);
            return after;
        };
        put("min", low, -1);
        put("max", high, -1);
        const std::vector<float> after = put("absmax", absmax, -1);
        put("mean_square", square, -2);
        put("weight_absmax", weight, 1);
        run_.put(owner, "weight_mean_square_before", weight_square);
        run_.put(owner, "smoothing_scale", scale);
        run_.put(owner, "strengths", {strengths.begin(), strengths.end()});
        run_.put(owner, "strength_errors", {errors.begin(), errors.end()});
        if (shape_.spectrum) run_.put(owner, "hessian_spectrum", spectrum(channels));
        if (shape_.balanced) run_.put(owner, "balanced_error", {static_cast<float>(0.8 * errors[best])});
        ratio_[0] = outlier_ratio(absmax);
        ratio_[1] = outlier_ratio(after);
        ratios_[kind] = {ratio_[0], ratio_[1], strength_};
        spread(owner, "before", 1);
        spread(owner, "after", 0.6);
        if (watcher_) tell(StatisticsSaved{owner});
    }

    static std::vector<float> spectrum(std::int64_t channels) {
        std::vector<float> out;
        double mean = 0;
        for (std::int64_t i = 1; i <= channels; ++i) mean += 1 / std::sqrt(double(i)) / double(channels);
        for (std::int64_t i = 1; i <= channels; ++i) out.push_back(static_cast<float>(1 / std::sqrt(double(i)) / mean));
        out.insert(out.end(), out.size(), 1 / static_cast<float>(channels));
        return out;
    }

    /// Percentiles and the histogram of |x| of a normal distribution, with a tail.
    void spread(const std::string& owner, const std::string& when, double width) {
        static const double quantiles[] = {-3.0902, -2.3263, -0.6745, 0, 0.6745, 2.3263, 3.0902};
        std::vector<float> percentiles, histogram(histogram_bins);
        for (const double quantile : quantiles)
            percentiles.push_back(static_cast<float>(quantile * width * (std::abs(quantile) > 3 ? 2 : 1)));
        for (int bin = 1; bin + 1 < histogram_bins; ++bin) {
            const auto below = [&](int edge) { return std::erf(histogram_lower_edge(edge) / width / std::sqrt(2.0)); };
            histogram[static_cast<std::size_t>(bin)] =
                static_cast<float>(std::floor(65536 * (below(bin + 1) - below(bin)) + 0.5));
        }
        run_.put(owner, "percentiles_" + when, percentiles);
        run_.put(owner, "histogram_" + when, histogram);
    }

    void matrix(int layer, const std::string& name, const std::string& role, const std::string& kind, std::int64_t rows,
                std::int64_t columns) {
        std::vector<float> scale, row_error, column_error, histogram(256);
        for (std::int64_t i = 0; i < rows; ++i) {
            scale.push_back(static_cast<float>(0.002 * positive()));
            row_error.push_back(static_cast<float>(0.01 * positive() * (i % 83 == 5 ? 12 : 1)));
        }
        for (std::int64_t k = 0; k < columns; ++k)
            column_error.push_back(static_cast<float>(0.01 * positive() * (k % 61 == 17 ? 9 : 1)));
        for (int code = -128; code < 128; ++code)
            histogram[static_cast<std::size_t>(code + 128)] = static_cast<float>(
                std::floor(double(rows * columns) / 90 * std::exp(-code * code / (2 * 36.0 * 36.0))));
        run_.put(name, "weight_scale", scale);
        run_.put(name, "row_error", row_error);
        run_.put(name, "column_error", column_error);
        run_.put(name, "weight_histogram", histogram);
        if (watcher_) tell(StatisticsSaved{name});
        MatrixReport report;
        report.name = name;
        report.role = role;
        report.scheme = shape_.scheme;
        report.site = "model.layers." + std::to_string(layer) + "." + kind;
        report.layer = layer;
        report.rows = rows;
        report.columns = columns;
        report.bytes_before = static_cast<std::uint64_t>(rows * columns * 2);
        report.bytes_after = static_cast<std::uint64_t>(rows * columns + rows * 2);
        report.relative_error = 0.0008 * positive() *
                                (role == "down_proj" ? (layer <= 1 ? 30 : 4)
                                 : role == "o_proj"  ? 2
                                                     : 1);
        report.relative_error_rounding = report.relative_error * (1.5 + 0.3 * positive());
        report.weight_sqnr_db = 38 + 2 * normal();
        const auto& [before, after, strength] = ratios_[kind];
        report.outlier_ratio = before;
        report.outlier_ratio_after = after;
        report.smoothing_strength = strength;
        report.damping = 0.01;
        report.seconds = 0.2;
        tell(MatrixFinished{report});
    }

    void finish(RunRecord& record) const {
        record.status = "done";
        record.output = run_.folder().string() + "-export";
        record.seconds = 92.4;
        record.phases = {{"read", 0.8},   {"tokenise", 1.4}, {"calibrate", 71.2},
                         {"export", 3.1}, {"verify", 1.2},   {"evaluate", 14.7}};
        record.peak_resident_bytes = 910ULL << 20;
        record.bytes_by_kind_before = {
            {"embeddings", 54ULL << 20}, {"attention", 51ULL << 20}, {"mlp", 152ULL << 20}, {"norms", 70ULL << 10}};
        record.bytes_by_kind_after = {
            {"embeddings", 54ULL << 20}, {"attention", 26ULL << 20}, {"mlp", 77ULL << 20}, {"norms", 70ULL << 10}};
        record.weight_bytes_before = 257ULL << 20;
        record.weight_bytes_after = shape_.bytes_after;
        record.checks = {{"config.present", Check::Status::pass, msg("config.json carries a quantization_config"), {}},
                         {"tensors.complete", Check::Status::pass, msg("All %1 tensors are there", 512), {}},
                         {"target.native", Check::Status::warning,
                          msg("%1 runs through a weight-only kernel on this GPU", shape_.scheme),
                          msg("Memory is saved, time is not; choose a newer GPU for speed")}};
        if (!shape_.metrics) return;
        Metrics metrics;
        metrics.perplexity = 17.43;
        metrics.reference_perplexity = 17.21;
        metrics.perplexity_ratio = {17.43 / 17.21, 0.0021};
        metrics.kl_divergence = {0.0112, 0.0003};
        metrics.kl_median = 0.0044;
        metrics.kl_p90 = 0.026;
        metrics.kl_p99 = 0.11;
        metrics.kl_p999 = 0.42;
        metrics.kl_max = 1.9;
        metrics.same_top = 0.954;
        metrics.tokens = 24528;
        metrics.sequence_length = 512;
        metrics.windows = 48;
        metrics.bos = "none";
        metrics.text = "built-in";
        metrics.seconds = 14.7;
        record.metrics = metrics;
    }

    void losses() {
        constexpr std::size_t count = 4088;
        std::vector<float> loss(count), reference(count), kl(count);
        std::vector<std::int32_t> ids(count);
        for (std::size_t i = 0; i < count; ++i) {
            reference[i] = static_cast<float>(2.8 * positive());
            const double hurt = i / 37 % 29 == 11 ? 0.5 : 0.01;
            loss[i] = reference[i] + static_cast<float>(hurt * positive() + 0.05 * normal());
            kl[i] = static_cast<float>(0.01 * positive() * (hurt > 0.1 ? 20 : 1));
            ids[i] = static_cast<std::int32_t>(random_() % 900);
        }
        const auto bytes = [](const auto& values) { return std::as_bytes(std::span(values)); };
        const auto spec = [](const char* name, Dtype dtype) { return TensorSpec{name, dtype, {std::int64_t(count)}}; };
        SafetensorsWriter writer(run_.folder() / "losses.safetensors",
                                 {spec("loss", Dtype::f32), spec("reference_loss", Dtype::f32), spec("kl", Dtype::f32),
                                  spec("ids", Dtype::i32)});
        writer.write("loss", bytes(loss));
        writer.write("reference_loss", bytes(reference));
        writer.write("kl", bytes(kl));
        writer.write("ids", bytes(ids));
        writer.finish();
        comparison();
    }

    /// Two passages of one window of 512 tokens each; the second token of each is the worst.
    void comparison() {
        ComparisonReport report;
        report.texts.emplace_back();
        Comparison& text = report.texts.front();
        text.metrics.sequence_length = 512;
        for (const int window : {3, 1}) {
            Passage passage;
            passage.window = window;
            passage.position = 38;
            passage.before = "All that is gold";
            passage.tokens = {{" does", 0.02, 0.1}, {" not", 0.3 * window, 0.9}, {" glitter", 0.01, 0}};
            passage.kl = 0.01 + 0.1 * window;
            passage.loss_change = 1.0 / 3;
            passage.expected = " not";
            passage.instead = " always";
            passage.worst = 1;
            text.worst.push_back(passage);
        }
        write_comparison(run_.folder() / comparison_file_name, report);
    }

    struct Ratios {
        double before = 0, after = 0, strength = -1;
    };

    SyntheticRun shape_;
    std::mt19937 random_;
    std::normal_distribution<double> normal_;
    RunWriter run_;
    Sink* watcher_ = nullptr;
    double strength_ = -1, ratio_[2] = {};
    std::map<std::string, Ratios> ratios_;
};

/// Writes a complete run into `folder`, which must not exist yet.
inline void write_synthetic_run(const std::filesystem::path& folder, const SyntheticRun& shape = {}) {
    SyntheticWriter(folder, shape).write();
}

} // namespace octavo::testing
