// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/sensitivity.h"

#include "base/stop.h"
#include "evaluate/gradient_walk.h"
#include "evaluate/logit_damage.h"
#include "evaluate/perturbation.h"
#include "evaluate/scored_rows.h"
#include "model/finite.h"
#include "model/product_trace.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>

namespace octavo {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double operations_per_chunk = 1e11; ///< about a second on a slow machine: so soon is a stop noticed
constexpr std::int64_t logit_tokens = 128;
constexpr std::int64_t logit_bytes = 128 << 20; ///< of the candidates that are compared together
constexpr std::size_t least_passes = 8;         ///< so that results come while it runs

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

class SensitivityWalk {
public:
    SensitivityWalk(const SensitivityRequest& request, const ScoredRows& rows, SensitivityTable& table, Sink& sink,
                    std::stop_token stop)
        : request_(request), rows_(rows), table_(table), sink_(sink), stop_(std::move(stop)), folder_(request.model),
          config_(read_model_config(folder_)), device_(open_device(request.device, request.threads)),
          reader_(folder_, config_, device_), perturbation_(config_, request, device_),
          decoder_(config_, device_, rows.longest), trace_(device_),
          whole_(rows.chunks(config_, 1, operations_per_chunk)) {}

    void run() {
        sink_.on_event(PhaseStarted{"sensitivity"});
        plan();
        walk_reference();
        // From the last layers backwards: the short ways come first, and so do results.
        const double before = table_.seconds;
        for (auto pass = passes_.rbegin(); pass != passes_.rend(); ++pass) {
            run_pass(*pass);
            table_.seconds = before + seconds_since(started_);
            keep_table(request_, table_, false);
        }
        sink_.on_event(PhaseFinished{"sensitivity", seconds_since(started_)});
    }

private:
    struct Pass {
        std::vector<SensitivityTask> tasks; ///< by layer
        at::Tensor hidden;                  ///< of the reference before the first task's layer, on the CPU
    };

    std::size_t streams_at_once(std::size_t tasks) const {
        const std::uint64_t stream = static_cast<std::uint64_t>(rows_.tokens * config_.hidden) * sizeof(float);
        const std::size_t fitting =
            static_cast<std::size_t>(std::max<std::uint64_t>(1, state_memory(request_, device_) / stream));
        return std::min(fitting, (tasks + least_passes - 1) / least_passes);
    }

    void plan() {
        std::vector<SensitivityTask> tasks =
            tasks_of(request_, table_, config_, [](const SensitivityRow& row) { return row.kl.has_value(); });
        const std::size_t streams = streams_at_once(tasks.size());
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            if (i % std::max<std::size_t>(streams, 1) == 0) {
                passes_.emplace_back();
                total_ += config_.layers - tasks[i].layer; // the reference goes along
            }
            total_ += config_.layers - tasks[i].layer + head_share(config_);
            passes_.back().tasks.push_back(std::move(tasks[i]));
        }
        total_ += config_.layers;
    }

    void advance(double layers, int layer, const std::string& item) {
        throw_if_stopped(stop_);
        done_ += layers;
        if (seconds_since(reported_) < 0.05) return;
        reported_ = Clock::now();
        const double elapsed = seconds_since(started_);
        sink_.on_event(Progress{"sensitivity", item, layer, config_.layers, done_, total_, elapsed,
                                done_ > 0.01 * total_ ? elapsed * (total_ - done_) / done_ : -1});
    }

    at::Tensor part(const at::Tensor& rows, const Chunk& chunk) const { return rows.slice(0, chunk.begin, chunk.end); }

    at::Tensor forward(const LayerWeights& weights, const at::Tensor& x, const Chunk& chunk, int layer,
                       const std::string& item) {
        at::Tensor out = decoder_.forward(weights, x, chunk, layer);
        const double share = static_cast<double>(chunk.tokens()) / static_cast<double>(rows_.tokens);
        table_.layer_forwards += share;
        advance(share, layer, item);
        return out;
    }

    void check(const at::Tensor& hidden, int layer) const {
        const std::string prefix = config_.layer_prefix(layer);
        check_activations(hidden, prefix.substr(0, prefix.size() - 1), folder_.path().string());
    }

    void walk_reference() {
        if (passes_.empty()) return;
        at::Tensor hidden = reader_.embedded(rows_.joined());
        auto pass = passes_.begin();
        for (int layer = 0; layer < config_.layers; ++layer) {
            for (; pass != passes_.end() && pass->tasks.front().layer == layer; ++pass)
                pass->hidden = hidden.to(at::kCPU, at::kFloat, false, true);
            const LayerWeights weights = reader_.layer(layer);
            for (const Chunk& chunk : whole_)
                part(hidden, chunk)
                    .copy_(forward(weights, part(hidden, chunk), chunk, layer, config_.layer_prefix(layer) + "*"));
            check(hidden, layer);
            reader_.drop_layer(layer);
        }
        norm_ = reader_.norm(config_.prefix + "norm");
        head_.emplace(decoder_, reader_.head());
        reference_ = decoder_.normalized(hidden, norm_);
    }

    void run_pass(Pass& pass) {
        const auto started = Clock::now();
        at::Tensor reference = pass.hidden.to(device_.device);
        pass.hidden.reset();
        const auto count = static_cast<std::int64_t>(pass.tasks.size());
        at::Tensor streams = at::empty({count, rows_.tokens, config_.hidden}, reference.options());
        // What experts multiply depends on where tokens are sent, which changes with what they are.
        const bool traced = config_.experts.count == 0;
        if (traced) decoder_.set_trace(&trace_);
        std::int64_t begun = 0;
        for (int layer = pass.tasks.front().layer; layer < config_.layers; ++layer) {
            const LayerWeights weights = reader_.layer(layer);
            std::vector<LayerWeights> beginning;
            for (std::int64_t i = begun; i < count; ++i) {
                const SensitivityTask& task = pass.tasks[static_cast<std::size_t>(i)];
                if (task.layer != layer) break;
                beginning.push_back(perturbation_.apply(weights, task.modules, *task.scheme));
                throw_if_stopped(stop_);
            }
            const std::int64_t under_way = begun + static_cast<std::int64_t>(beginning.size());
            const bool leads = traced || under_way < count; // somebody needs what the reference does here
            walk_layer(layer, weights, beginning, reference, streams, begun, leads);
            begun = under_way;
            check(streams.slice(0, 0, begun), layer);
            reader_.drop_layer(layer);
        }
        decoder_.set_trace(nullptr);
        trace_.start_layer();
        score(pass, streams);
        for (const SensitivityTask& task : pass.tasks) {
            SensitivityRow& row = table_.rows[task.row];
            row.seconds = seconds_since(started) / static_cast<double>(pass.tasks.size());
            sink_.on_event(SensitivityMeasured{row});
        }
    }

    /// The reference if it `leads`, the first `begun` of the streams, and those that begin in this layer, with weights
    /// of their own.
    void walk_layer(int layer, const LayerWeights& weights, const std::vector<LayerWeights>& beginning,
                    at::Tensor reference, const at::Tensor& streams, std::int64_t begun, bool leads) {
        const std::string item = config_.layer_prefix(layer) + "*",
                          several = begun > 0 ? item + " × " + std::to_string(begun) : item;
        trace_.start_layer();
        for (const Chunk& chunk : whole_) {
            trace_.record();
            const at::Tensor from = part(reference, chunk),
                             next = leads ? forward(weights, from, chunk, layer, item) : at::Tensor();
            for (std::int64_t i = 0; i < begun; ++i) {
                trace_.repeat();
                const at::Tensor stream = part(streams[i], chunk);
                stream.copy_(forward(weights, stream, chunk, layer, several));
            }
            for (std::size_t i = 0; i < beginning.size(); ++i) {
                trace_.repeat();
                part(streams[begun + static_cast<std::int64_t>(i)], chunk)
                    .copy_(forward(beginning[i], from, chunk, layer, item));
            }
            if (leads) from.copy_(next);
        }
    }

    void score(const Pass& pass, const at::Tensor& streams) {
        const auto count = static_cast<std::int64_t>(pass.tasks.size()),
                   together = std::max<std::int64_t>(1, logit_bytes / (logit_tokens * config_.vocabulary * 4));
        std::vector<std::vector<double>> kl(pass.tasks.size(), std::vector<double>(rows_.ids.size(), 0.0)), same = kl;
        const std::vector<std::int64_t> scored = rows_.scored();
        std::int64_t start = 0;
        for (std::size_t window = 0; window < rows_.ids.size(); ++window) {
            const std::int64_t last = start + rows_.lengths[window] - 1; // nothing follows the last token
            for (std::int64_t begin = start; begin < last; begin += logit_tokens) {
                const std::int64_t end = std::min(begin + logit_tokens, last);
                const ReferenceBlock block(*head_, reference_.slice(0, begin, end));
                for (std::int64_t first = 0; first < count; first += together) {
                    std::vector<at::Tensor> candidates;
                    for (std::int64_t i = first; i < std::min(first + together, count); ++i)
                        candidates.push_back(decoder_.normalized(streams[i].slice(0, begin, end), norm_));
                    const auto difference = block.compare(candidates);
                    for (std::size_t i = 0; i < candidates.size(); ++i) {
                        kl[static_cast<std::size_t>(first) + i][window] += difference.kl[i];
                        same[static_cast<std::size_t>(first) + i][window] += difference.same_top[i];
                    }
                    advance(head_share(config_) * static_cast<double>(candidates.size()) *
                                static_cast<double>(end - begin) / static_cast<double>(rows_.tokens),
                            -1, "lm_head");
                }
            }
            start = last + 1;
        }
        for (std::size_t i = 0; i < pass.tasks.size(); ++i)
            table_.rows[pass.tasks[i].row].kl = measure_of(kl[i], same[i], scored, request_.seed);
    }

    const SensitivityRequest& request_;
    const ScoredRows& rows_;
    SensitivityTable& table_;
    Sink& sink_;
    std::stop_token stop_;
    ModelFolder folder_;
    ModelConfig config_;
    Device device_;
    WeightReader reader_;
    Perturbation perturbation_;
    Decoder decoder_;
    ProductTrace trace_;
    std::vector<Chunk> whole_;
    std::vector<Pass> passes_;
    Norm norm_;
    at::Tensor reference_; ///< normalised final hidden states of the reference
    std::optional<LogitHead> head_;
    double done_ = 0, total_ = 0;
    Clock::time_point started_ = Clock::now(), reported_{};
};

} // namespace

SensitivityTable measure_sensitivity(const SensitivityRequest& request, Sink& sink, std::stop_token stop) {
    SensitivityTable table = start_table(request, sink, stop);
    const ScoredRows rows = cut_scored_rows(request, table.protocol, stop);
    take_known(request, table);
    const int known = table.tier();
    if (request.gradient) forecast_sensitivity(request, rows, table, sink, stop);
    if (request.divergence) {
        const c10::InferenceMode no_gradients;
        SensitivityWalk(request, rows, table, sink, stop).run();
    }
    // A factor that was found for forecasts says nothing about measurements.
    if (known == 2 && table.tier() == 3) table.calibration = 1;
    keep_table(request, table, true);
    return table;
}

} // namespace octavo
