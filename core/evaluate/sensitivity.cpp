// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/sensitivity.h"

#include "base/error.h"
#include "base/stop.h"
#include "evaluate/logit_damage.h"
#include "evaluate/perturbation.h"
#include "evaluate/windows.h"
#include "hardware/hardware.h"
#include "model/finite.h"
#include "text/calibration.h"
#include "text/read_text.h"

#include <algorithm>
#include <chrono>
#include <map>

namespace octavo {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double operations_per_chunk = 1e11; ///< about a second on a slow machine: so soon is a stop noticed
constexpr std::int64_t logit_tokens = 256;
constexpr std::size_t least_passes = 8; ///< so that results come while it runs

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// One row of the table that is to be measured.
struct Task {
    std::size_t row;
    const Scheme* scheme;
    std::vector<Module> modules;
    int layer;
};

class SensitivityWalk {
public:
    SensitivityWalk(const SensitivityRequest& request, Sink& sink, std::stop_token stop)
        : request_(request), sink_(sink), stop_(std::move(stop)), table_(start_table(request, sink_, stop_)),
          folder_(request.model), config_(read_model_config(folder_)),
          device_(open_device(request.device, request.threads)), reader_(folder_, config_, device_),
          perturbation_(config_, request.run.string()) {}

    SensitivityTable run() {
        sink_.on_event(PhaseStarted{"sensitivity"});
        cut_rows();
        take_known(request_, table_);
        plan();
        walk_reference();
        // From the last layers backwards: the short ways come first, and so do results.
        const double before = table_.seconds;
        for (auto pass = passes_.rbegin(); pass != passes_.rend(); ++pass) {
            run_pass(*pass);
            table_.seconds = before + seconds_since(started_);
            keep(false);
        }
        const double seconds = seconds_since(started_);
        keep(true);
        sink_.on_event(PhaseFinished{"sensitivity", seconds});
        return std::move(table_);
    }

private:
    struct Pass {
        std::vector<Task> tasks; ///< by layer
        at::Tensor hidden;       ///< of the reference before the first task's layer, on the CPU
    };

    void keep(bool complete) {
        table_.complete = complete;
        if (!request_.file.empty()) write_sensitivity(request_.file, table_);
    }

    void cut_rows() {
        const Tokenizer tokenizer(request_.model);
        SensitivityProtocol& protocol = table_.protocol;
        if (request_.calibration.empty()) {
            const std::filesystem::path text = request_.text.empty() ? built_in_evaluation_file() : request_.text;
            const Windows windows =
                cut_windows(read_text(text), tokenizer, request_.sequence_length, request_.windows, request_.bos);
            ids_ = windows.rows;
            protocol.bos = windows.bos;
            protocol.text = request_.text.empty() ? "built-in" : text.filename().string();
        } else {
            CalibrationOptions options;
            options.samples = static_cast<std::size_t>(request_.windows);
            options.sequence_length = static_cast<std::size_t>(request_.sequence_length);
            options.seed = request_.seed;
            options.packing = true;
            ids_ = build_calibration_set(read_dataset(request_.calibration, stop_), tokenizer, options,
                                         request_.calibration.filename().string(), stop_)
                       .rows;
            protocol.bos = "none";
            protocol.text = request_.calibration.filename().string();
        }
        protocol.windows = static_cast<int>(ids_.size());
        std::size_t longest = 0;
        for (const auto& row : ids_) {
            longest = std::max(longest, row.size());
            lengths_.push_back(static_cast<std::int64_t>(row.size()));
            tokens_ += lengths_.back();
        }
        protocol.sequence_length = static_cast<int>(longest);
        decoder_ = std::make_unique<Decoder>(config_, device_, static_cast<std::int64_t>(longest));
    }

    std::size_t streams_at_once(std::size_t tasks) const {
        std::uint64_t memory = request_.memory_bytes;
        if (memory == 0) {
            const Hardware hardware = detect_hardware();
            memory = device_.is_cpu() || hardware.devices.empty() ? hardware.cpu.memory_bytes / 4
                                                                  : hardware.devices.front().free_bytes / 2;
        }
        const std::uint64_t stream = static_cast<std::uint64_t>(tokens_ * config_.hidden) * sizeof(float);
        const std::size_t fitting = static_cast<std::size_t>(std::max<std::uint64_t>(1, memory / stream));
        return std::min(fitting, (tasks + least_passes - 1) / least_passes);
    }

    void plan() {
        std::map<std::string, const Scheme*> schemes;
        for (const Scheme& scheme : request_.schemes) schemes[scheme.name] = &scheme;
        std::map<std::string, Module> modules;
        for (const Module& module : linear_modules(config_)) modules[module.name] = module;
        std::vector<Task> tasks;
        for (std::size_t i = 0; i < table_.rows.size(); ++i) {
            const SensitivityRow& row = table_.rows[i];
            if (row.kl || row.layer < 0) continue;
            Task task{i, schemes.at(row.scheme), {}, row.layer};
            for (const std::string& name : row.modules) task.modules.push_back(modules.at(name));
            tasks.push_back(std::move(task));
        }
        const std::size_t streams = streams_at_once(tasks.size());
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            if (i % std::max<std::size_t>(streams, 1) == 0) passes_.emplace_back();
            total_ += config_.layers - tasks[i].layer + head_share();
            passes_.back().tasks.push_back(std::move(tasks[i]));
        }
        total_ += config_.layers;
    }

    /// The head in layers.
    double head_share() const { return static_cast<double>(config_.vocabulary * config_.hidden) / layer_parameters(); }

    double layer_parameters() const {
        double out = 0;
        for (const Module& module : linear_modules(config_))
            if (module.layer == 0) out += static_cast<double>(module.rows * module.columns);
        return out;
    }

    /// Chunks over `streams` copies of the rows.
    std::vector<Chunk> chunks(std::size_t streams) const {
        std::vector<std::int64_t> lengths;
        for (std::size_t i = 0; i < streams; ++i) lengths.insert(lengths.end(), lengths_.begin(), lengths_.end());
        const double tokens = operations_per_chunk / (2 * layer_parameters());
        return cut_into_chunks(lengths, std::clamp<std::int64_t>(static_cast<std::int64_t>(tokens), 128, 2048));
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
                .copy_(decoder_->forward(weights, from.slice(0, chunk.begin, chunk.end), chunk, layer));
            const double share = static_cast<double>(chunk.tokens()) / static_cast<double>(tokens_);
            table_.layer_forwards += share;
            advance(share, layer, item);
        }
        const std::string prefix = config_.layer_prefix(layer);
        check_activations(to, prefix.substr(0, prefix.size() - 1), folder_.path().string());
    }

    void walk_reference() {
        if (passes_.empty()) return;
        std::vector<std::int32_t> ids;
        for (const auto& row : ids_) ids.insert(ids.end(), row.begin(), row.end());
        at::Tensor hidden = reader_.embedded(ids);
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
        reference_ = decoder_->normalized(hidden, norm_);
    }

    void run_pass(Pass& pass) {
        const auto started = Clock::now();
        at::Tensor reference = pass.hidden.to(device_.device);
        pass.hidden.reset();
        at::Tensor streams =
            at::empty({static_cast<std::int64_t>(pass.tasks.size()) * tokens_, config_.hidden}, reference.options());
        const std::vector<Chunk> whole = chunks(1);
        std::size_t begun = 0;
        for (int layer = pass.tasks.front().layer; layer < config_.layers; ++layer) {
            const LayerWeights weights = reader_.layer(layer);
            if (begun > 0) {
                // Only those under way: what lies behind them was never written.
                const at::Tensor under_way = streams.slice(0, 0, static_cast<std::int64_t>(begun) * tokens_);
                run_layer(weights, under_way, under_way, chunks(begun), layer,
                          config_.layer_prefix(layer) + "* × " + std::to_string(begun));
            }
            for (; begun < pass.tasks.size() && pass.tasks[begun].layer == layer; ++begun) {
                const Task& task = pass.tasks[begun];
                const auto first = static_cast<std::int64_t>(begun) * tokens_;
                run_layer(perturbation_.apply(weights, task.modules, *task.scheme), reference,
                          streams.slice(0, first, first + tokens_), whole, layer, table_.rows[task.row].group);
            }
            if (begun < pass.tasks.size())
                run_layer(weights, reference, reference, whole, layer, config_.layer_prefix(layer) + "*");
            reader_.drop_layer(layer);
        }
        score(pass, streams);
        for (const Task& task : pass.tasks) {
            SensitivityRow& row = table_.rows[task.row];
            row.seconds = seconds_since(started) / static_cast<double>(pass.tasks.size());
            sink_.on_event(SensitivityMeasured{row});
        }
    }

    void score(const Pass& pass, const at::Tensor& streams) {
        const std::size_t count = pass.tasks.size();
        std::vector<std::vector<double>> kl(count, std::vector<double>(ids_.size(), 0.0)), same = kl;
        std::vector<std::int64_t> scored;
        std::int64_t start = 0;
        for (std::size_t window = 0; window < ids_.size(); ++window) {
            const std::int64_t last = start + lengths_[window] - 1; // nothing follows the last token
            scored.push_back(last - start);
            for (std::int64_t begin = start; begin < last; begin += logit_tokens) {
                const std::int64_t end = std::min(begin + logit_tokens, last);
                const ReferenceBlock block(decoder_->logits(head_, reference_.slice(0, begin, end)));
                for (std::size_t i = 0; i < count; ++i) {
                    const std::int64_t offset = static_cast<std::int64_t>(i) * tokens_;
                    const at::Tensor own = decoder_->normalized(streams.slice(0, offset + begin, offset + end), norm_);
                    const auto difference = block.compare(decoder_->logits(head_, own));
                    kl[i][window] += difference.kl.sum().item<double>();
                    same[i][window] += difference.same_top.sum().item<double>();
                    advance(head_share() * static_cast<double>(end - begin) / static_cast<double>(tokens_), -1,
                            "lm_head");
                }
            }
            start = last + 1;
        }
        for (std::size_t i = 0; i < count; ++i)
            table_.rows[pass.tasks[i].row].kl = measure_of(kl[i], same[i], scored, request_.seed);
    }

    const SensitivityRequest& request_;
    Sink& sink_;
    std::stop_token stop_;
    SensitivityTable table_;
    ModelFolder folder_;
    ModelConfig config_;
    Device device_;
    WeightReader reader_;
    Perturbation perturbation_;
    std::vector<std::vector<std::int32_t>> ids_;
    std::vector<std::int64_t> lengths_;
    std::int64_t tokens_ = 0;
    std::unique_ptr<Decoder> decoder_;
    std::vector<Pass> passes_;
    Norm norm_;
    at::Tensor reference_; ///< normalised final hidden states of the reference
    Linear head_;
    double done_ = 0, total_ = 0;
    Clock::time_point started_ = Clock::now(), reported_{};
};

} // namespace

SensitivityTable measure_sensitivity(const SensitivityRequest& request, Sink& sink, std::stop_token stop) {
    return SensitivityWalk(request, sink, std::move(stop)).run();
}

} // namespace octavo
