// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/gradient_walk.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/stop.h"
#include "evaluate/layer_gradient.h"
#include "evaluate/logit_damage.h"
#include "evaluate/perturbation.h"
#include "model/activation_store.h"
#include "model/finite.h"

namespace octavo {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double operations_per_chunk = 5e10; ///< half of tier 3's: a chunk goes forward and back before a stop is seen
constexpr std::int64_t logits_at_once = 6'000'000;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// A matrix of a group as the scheme has it.
struct RoundedLinear {
    Linear linear;
    at::Tensor divisor; ///< [K] of its input; undefined = 1
};

/// A row under way: the layer's matrices as the scheme has them, and g·Δy of every token so far.
struct Target {
    const SensitivityTask* task;
    std::map<const Linear*, RoundedLinear> rounded; ///< by the original
    at::Tensor change;                              ///< [tokens] double, first order, along the random directions
};

class GradientWalk {
public:
    GradientWalk(const SensitivityRequest& request, const ScoredRows& rows, SensitivityTable& table, Sink& sink,
                 const std::stop_token& stop)
        : request_(request), rows_(rows), table_(table), sink_(sink), stop_(stop), folder_(request.model),
          config_(read_model_config(folder_)), device_(open_device(request.device, request.threads)),
          reader_(folder_, config_, device_), perturbation_(config_, request, device_),
          decoder_(config_, device_, rows.longest), chunks_(rows.chunks(config_, 1, operations_per_chunk)),
          store_(Device{}, state_memory(request, Device{}), spill_folder(request)) {}

    void run() {
        sink_.on_event(PhaseStarted{"gradient"});
        plan();
        if (!tasks_.empty()) {
            walk_forward();
            start_back();
            const double before = table_.seconds;
            const int last = tasks_.front().layer;
            for (int layer = config_.layers - 1; layer >= last; --layer) {
                back_through(layer);
                table_.seconds = before + seconds_since(started_);
                keep_table(request_, table_, false);
            }
        }
        sink_.on_event(PhaseFinished{"gradient", seconds_since(started_)});
    }

private:
    static std::filesystem::path spill_folder(const SensitivityRequest& request) {
        return request.file.empty() ? std::filesystem::temp_directory_path()
                                    : std::filesystem::absolute(request.file).parent_path();
    }

    void plan() {
        for (SensitivityRow& row : table_.rows)
            if (!row.gradient && row.layer < 0)
                row.gradient_missing = msg("It belongs to no decoder layer, which is all that gradients are taken of");
        tasks_ =
            tasks_of(request_, table_, config_, [](const SensitivityRow& row) { return row.gradient.has_value(); });
        total_ = 3 * (config_.layers + head_share(config_));
        for (const SensitivityTask& task : tasks_) total_ += share_of(task);
    }

    /// The products of a row, in layers.
    double share_of(const SensitivityTask& task) const {
        return static_cast<double>(table_.rows[task.row].parameters) / layer_parameters(config_);
    }

    void advance(double layers, int layer, const std::string& item) {
        throw_if_stopped(stop_);
        done_ += layers;
        if (seconds_since(reported_) < 0.05) return;
        reported_ = Clock::now();
        const double elapsed = seconds_since(started_);
        sink_.on_event(Progress{"gradient", item, layer, config_.layers, done_, total_, elapsed,
                                done_ > 0.01 * total_ ? elapsed * (total_ - done_) / done_ : -1});
    }

    double share_of(std::int64_t tokens) const {
        return static_cast<double>(tokens) / static_cast<double>(rows_.tokens);
    }

    void walk_forward() {
        at::Tensor hidden = reader_.embedded(rows_.joined());
        for (int layer = 0; layer < config_.layers; ++layer) {
            if (layer >= tasks_.front().layer) inputs_.push_back(store_.make(hidden.sizes()).copy_(hidden));
            const LayerWeights weights = reader_.layer(layer);
            for (const Chunk& chunk : chunks_) {
                hidden.slice(0, chunk.begin, chunk.end)
                    .copy_(decoder_.forward(weights, hidden.slice(0, chunk.begin, chunk.end), chunk, layer));
                advance(share_of(chunk.tokens()), layer, config_.layer_prefix(layer) + "*");
            }
            const std::string prefix = config_.layer_prefix(layer);
            check_activations(hidden, prefix.substr(0, prefix.size() - 1), folder_.path().string());
            reader_.drop_layer(layer);
            store_.settle();
        }
        table_.layer_forwards += config_.layers;
        last_ = hidden;
    }

    /// The gradient with respect to the last layer's output.
    void start_back() {
        const Norm norm = reader_.norm(config_.prefix + "norm");
        const Linear head = reader_.head();
        at::Generator generator = at::detail::createCPUGenerator(request_.seed);
        const std::int64_t step = std::clamp<std::int64_t>(logits_at_once / config_.vocabulary, 1, 256);
        gradient_ = at::zeros_like(last_); // nothing follows the last token of a window: it is not scored
        std::int64_t start = 0;
        for (const std::int64_t length : rows_.lengths) {
            const std::int64_t last = start + length - 1;
            for (std::int64_t begin = start; begin < last; begin += step) {
                const std::int64_t end = std::min(begin + step, last);
                const at::Tensor signs = random_signs(end - begin, config_.vocabulary, generator);
                gradient_.slice(0, begin, end)
                    .copy_(head_gradient(decoder_, head, norm, last_.slice(0, begin, end), signs));
                advance(3 * head_share(config_) * share_of(end - begin), -1, "lm_head");
            }
            start = last + 1;
        }
        last_.reset();
    }

    std::vector<Target> targets_of(int layer, LayerWeights& weights) {
        std::vector<Target> out;
        for (const SensitivityTask& task : tasks_) {
            if (task.layer != layer) continue;
            Target& target = out.emplace_back(Target{&task, {}, at::zeros({rows_.tokens}, at::kDouble)});
            LayerWeights rounded = perturbation_.apply(weights, task.modules, *task.scheme);
            for (const Module& module : task.modules)
                target.rounded[&linear_of(weights, module)] = {
                    linear_of(rounded, module), perturbation_.input_divisor(module, task.modules, *task.scheme)};
            throw_if_stopped(stop_);
        }
        return out;
    }

    void back_through(int layer) {
        const auto started = Clock::now();
        LayerWeights weights = reader_.layer(layer);
        std::vector<Target> targets = targets_of(layer, weights);
        for (const Chunk& chunk : chunks_) {
            const at::Tensor x = inputs_.back().slice(0, chunk.begin, chunk.end).to(device_.device);
            at::Tensor gradient = gradient_.slice(0, chunk.begin, chunk.end);
            const LayerGradient back = layer_gradient(decoder_, weights, x, chunk, layer, gradient);
            gradient.copy_(back.input);
            advance(2 * share_of(chunk.tokens()), layer, config_.layer_prefix(layer) + "*");
            for (Target& target : targets) {
                add(target, back, chunk);
                advance(share_of(*target.task) * share_of(chunk.tokens()), layer, table_.rows[target.task->row].group);
            }
        }
        inputs_.pop_back();
        reader_.drop_layer(layer);
        table_.layer_forwards += 2;
        for (const Target& target : targets)
            finish(target, seconds_since(started) / static_cast<double>(targets.size()));
    }

    /// Σ over the group's matrices of g·Δy, per token.
    void add(Target& target, const LayerGradient& back, const Chunk& chunk) {
        at::Tensor change = target.change.slice(0, chunk.begin, chunk.end);
        for (const TracedProduct& product : back.products) {
            const auto found = target.rounded.find(product.linear);
            if (found == target.rounded.end()) continue;
            const at::Tensor along =
                (product.gradient * output_change(product, found->second)).sum(-1, false, at::kDouble).cpu();
            if (product.tokens.defined())
                change.index_add_(0, product.tokens.cpu(), along);
            else
                change.add_(along);
        }
    }

    /// Δy [rows, N].
    at::Tensor output_change(const TracedProduct& product, const RoundedLinear& rounded) const {
        at::Tensor x = product.input;
        if (rounded.divisor.defined()) x = x / rounded.divisor.to(x.device());
        x = x.contiguous();
        if (device_.is_cpu()) return decoder_.apply(rounded.linear, x).sub_(product.output);
        // The decoder's products are rounded to bf16 there, which is as much as a scheme of 8 bits changes.
        const Linear& matrix = rounded.linear;
        const at::Tensor y = at::mm(matrix.input ? fake_quantized(x, *matrix.input) : x, matrix.weight.t());
        return y.sub_(at::mm(product.input, product.linear->weight.t()));
    }

    void finish(const Target& target, double seconds) {
        SensitivityRow& row = table_.rows[target.task->row];
        std::vector<double> sums;
        std::int64_t start = 0;
        for (const std::int64_t length : rows_.lengths) {
            sums.push_back(0.5 * target.change.slice(0, start, start + length).square().sum().item<double>());
            start += length;
        }
        if (std::all_of(sums.begin(), sums.end(), [](double sum) { return std::isfinite(sum); }))
            row.gradient = forecast_of(sums, rows_.scored(), request_.seed);
        else
            row.gradient_missing = msg("The gradient here is NaN or infinite");
        if (!row.kl) row.seconds = seconds;
        sink_.on_event(SensitivityMeasured{row});
    }

    const SensitivityRequest& request_;
    const ScoredRows& rows_;
    SensitivityTable& table_;
    Sink& sink_;
    const std::stop_token& stop_;
    ModelFolder folder_;
    ModelConfig config_;
    Device device_;
    WeightReader reader_;
    Perturbation perturbation_;
    Decoder decoder_;
    std::vector<Chunk> chunks_;
    ActivationStore store_;
    std::vector<at::Tensor>
        inputs_;          ///< of the layers [tokens, hidden], on the CPU; those gone back through are dropped
    at::Tensor last_;     ///< output of the last layer
    at::Tensor gradient_; ///< with respect to the output of the layer that comes next
    std::vector<SensitivityTask> tasks_;
    double done_ = 0, total_ = 0;
    Clock::time_point started_ = Clock::now(), reported_{};
};

} // namespace

void forecast_sensitivity(const SensitivityRequest& request, const ScoredRows& rows, SensitivityTable& table,
                          Sink& sink, const std::stop_token& stop) {
    const at::NoGradGuard no_gradients;
    GradientWalk(request, rows, table, sink, stop).run();
}

} // namespace octavo
