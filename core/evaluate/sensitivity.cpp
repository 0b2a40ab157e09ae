// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/sensitivity.h"

#include "base/stop.h"
#include "evaluate/gradient_walk.h"
#include "evaluate/logit_damage.h"
#include "evaluate/perturbation.h"
#include "evaluate/scored_rows.h"
#include "model/finite.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>

namespace octavo {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double operations_per_chunk = 1e11; ///< about a second on a slow machine: so soon is a stop noticed
constexpr std::int64_t logit_tokens = 256;
constexpr std::size_t least_passes = 8; ///< so that results come while it runs

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

class SensitivityWalk {
public:
    SensitivityWalk(const SensitivityRequest& request, const ScoredRows& rows, SensitivityTable& table, Sink& sink,
                    std::stop_token stop)
        : request_(request), rows_(rows), table_(table), sink_(sink), stop_(std::move(stop)), folder_(request.model),
          config_(read_model_config(folder_)), device_(open_device(request.device, request.threads)),
          reader_(folder_, config_, device_), perturbation_(config_, request, device_),
          decoder_(config_, device_, rows.longest) {}

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
            if (i % std::max<std::size_t>(streams, 1) == 0) passes_.emplace_back();
            total_ += config_.layers - tasks[i].layer + head_share(config_);
            passes_.back().tasks.push_back(std::move(tasks[i]));
        }
        total_ += config_.layers;
    }

    /// Chunks over `streams` copies of the rows.
    std::vector<Chunk> chunks(std::size_t streams) const {
        return rows_.chunks(config_, streams, operations_per_chunk);
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

    /// All rows of `x` through a layer; from `from` into `to`, which may be the same.
    void run_layer(const LayerWeights& weights, const at::Tensor& from, at::Tensor to, const std::vector<Chunk>& chunks,
                   int layer, const std::string& item) {
        for (const Chunk& chunk : chunks) {
            to.slice(0, chunk.begin, chunk.end)
                .copy_(decoder_.forward(weights, from.slice(0, chunk.begin, chunk.end), chunk, layer));
            const double share = static_cast<double>(chunk.tokens()) / static_cast<double>(rows_.tokens);
            table_.layer_forwards += share;
            advance(share, layer, item);
        }
        const std::string prefix = config_.layer_prefix(layer);
        check_activations(to, prefix.substr(0, prefix.size() - 1), folder_.path().string());
    }

    void walk_reference() {
        if (passes_.empty()) return;
        at::Tensor hidden = reader_.embedded(rows_.joined());
        const std::vector<Chunk> whole = chunks(1);
        auto pass = passes_.begin();
        for (int layer = 0; layer < config_.layers; ++layer) {
            for (; pass != passes_.end() && pass->tasks.front().layer == layer; ++pass)
                pass->hidden = hidden.to(at::kCPU, at::kFloat, false, true);
            run_layer(reader_.layer(layer), hidden, hidden, whole, layer, config_.layer_prefix(layer) + "*");
            reader_.drop_layer(layer);
        }
        norm_ = reader_.norm(config_.prefix + "norm");
        head_ = reader_.head();
        reference_ = decoder_.normalized(hidden, norm_);
    }

    void run_pass(Pass& pass) {
        const auto started = Clock::now();
        at::Tensor reference = pass.hidden.to(device_.device);
        pass.hidden.reset();
        at::Tensor streams = at::empty({static_cast<std::int64_t>(pass.tasks.size()) * rows_.tokens, config_.hidden},
                                       reference.options());
        const std::vector<Chunk> whole = chunks(1);
        std::size_t begun = 0;
        for (int layer = pass.tasks.front().layer; layer < config_.layers; ++layer) {
            const LayerWeights weights = reader_.layer(layer);
            if (begun > 0) {
                // Only those under way: what lies behind them was never written.
                const at::Tensor under_way = streams.slice(0, 0, static_cast<std::int64_t>(begun) * rows_.tokens);
                run_layer(weights, under_way, under_way, chunks(begun), layer,
                          config_.layer_prefix(layer) + "* × " + std::to_string(begun));
            }
            for (; begun < pass.tasks.size() && pass.tasks[begun].layer == layer; ++begun) {
                const SensitivityTask& task = pass.tasks[begun];
                const auto first = static_cast<std::int64_t>(begun) * rows_.tokens;
                run_layer(perturbation_.apply(weights, task.modules, *task.scheme), reference,
                          streams.slice(0, first, first + rows_.tokens), whole, layer, table_.rows[task.row].group);
            }
            if (begun < pass.tasks.size())
                run_layer(weights, reference, reference, whole, layer, config_.layer_prefix(layer) + "*");
            reader_.drop_layer(layer);
        }
        score(pass, streams);
        for (const SensitivityTask& task : pass.tasks) {
            SensitivityRow& row = table_.rows[task.row];
            row.seconds = seconds_since(started) / static_cast<double>(pass.tasks.size());
            sink_.on_event(SensitivityMeasured{row});
        }
    }

    void score(const Pass& pass, const at::Tensor& streams) {
        const std::size_t count = pass.tasks.size();
        std::vector<std::vector<double>> kl(count, std::vector<double>(rows_.ids.size(), 0.0)), same = kl;
        const std::vector<std::int64_t> scored = rows_.scored();
        std::int64_t start = 0;
        for (std::size_t window = 0; window < rows_.ids.size(); ++window) {
            const std::int64_t last = start + rows_.lengths[window] - 1; // nothing follows the last token
            for (std::int64_t begin = start; begin < last; begin += logit_tokens) {
                const std::int64_t end = std::min(begin + logit_tokens, last);
                const ReferenceBlock block(decoder_.logits(head_, reference_.slice(0, begin, end)));
                for (std::size_t i = 0; i < count; ++i) {
                    const std::int64_t offset = static_cast<std::int64_t>(i) * rows_.tokens;
                    const at::Tensor own = decoder_.normalized(streams.slice(0, offset + begin, offset + end), norm_);
                    const auto difference = block.compare(decoder_.logits(head_, own));
                    kl[i][window] += difference.kl.sum().item<double>();
                    same[i][window] += difference.same_top.sum().item<double>();
                    advance(head_share(config_) * static_cast<double>(end - begin) / static_cast<double>(rows_.tokens),
                            -1, "lm_head");
                }
            }
            start = last + 1;
        }
        for (std::size_t i = 0; i < count; ++i)
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
    std::vector<Pass> passes_;
    Norm norm_;
    at::Tensor reference_; ///< normalised final hidden states of the reference
    Linear head_;
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
