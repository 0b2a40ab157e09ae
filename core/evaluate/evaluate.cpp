// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/evaluate.h"

#include "base/error.h"
#include "evaluate/paired.h"
#include "evaluate/stream.h"
#include "evaluate/windows.h"
#include "pipeline/progress.h"
#include "text/calibration.h"
#include "text/read_text.h"

#include <chrono>

namespace octavo {

namespace {

constexpr std::int64_t chunk_tokens = 2048;
constexpr std::int64_t logit_tokens = 256; ///< a vocabulary of 150 000 makes 150 MB of them per stream

class Evaluation {
public:
    Evaluation(const EvaluateRequest& request, Sink& sink, std::stop_token stop)
        : request_(request), sink_(sink), stop_(stop), device_(open_device(request.device, request.threads)),
          windows_(windows()), model_(request.model, device_, windows_.rows),
          progress_(sink, stop, "evaluate", model_.config().layers + 1, 1.0) {
        if (request.reference.empty()) return;
        reference_ = std::make_unique<ModelStream>(request.reference, device_, windows_.rows);
        if (reference_->config().layers != model_.config().layers ||
            reference_->config().vocabulary != model_.config().vocabulary)
            throw Error(ErrorCode::unusable_model, msg("The model and its reference differ in layers or vocabulary"),
                        msg("Compare an export with the model it was made from."),
                        Place{.file = request.reference.string()});
    }

    EvaluateResult run() {
        walk_layers();
        score();
        EvaluateResult out{paired_metrics(losses_, same_top_), std::move(losses_)};
        out.metrics.sequence_length = windows_.length;
        out.metrics.windows = static_cast<int>(windows_.rows.size());
        out.metrics.bos = windows_.bos;
        out.metrics.text = request_.text.empty() ? "built-in" : request_.text.string();
        return out;
    }

private:
    Windows windows() const {
        const std::filesystem::path text = request_.text.empty() ? built_in_evaluation_file() : request_.text;
        const Tokenizer tokenizer(request_.reference.empty() ? request_.model : request_.reference);
        const std::string contents = read_text(text);
        try {
            return cut_windows(contents, tokenizer, request_.sequence_length, request_.windows, request_.bos);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::unusable_data) throw;
            throw Error(error.code(), error.message(), error.advice(),
                        Place{.file = text.string(), .line = error.place().line});
        }
    }

    void walk_layers() {
        std::vector<std::int64_t> lengths;
        for (const auto& row : windows_.rows) lengths.push_back(static_cast<std::int64_t>(row.size()));
        const std::vector<Chunk> chunks = cut_into_chunks(lengths, chunk_tokens);
        const double share = 1.0 / static_cast<double>(chunks.size() * (reference_ ? 2 : 1));
        for (int layer = 0; layer < model_.config().layers; ++layer) {
            progress_.start_layer(layer);
            const auto between = [&](const Chunk&) {
                progress_.advance(share, model_.config().layer_prefix(layer) + "*");
            };
            model_.run_layer(layer, chunks, between);
            if (reference_) reference_->run_layer(layer, chunks, between);
        }
    }

    void score() {
        model_.finish_layers();
        if (reference_) reference_->finish_layers();
        progress_.start_layer(model_.config().layers);
        std::int64_t start = 0;
        for (const auto& row : windows_.rows) {
            const auto scored = static_cast<std::int64_t>(row.size()) - 1;
            for (std::int64_t begin = 0; begin < scored; begin += logit_tokens) {
                const std::int64_t end = std::min(begin + logit_tokens, scored);
                score_tokens(row, start, begin, end);
                progress_.advance(static_cast<double>(end - begin) / static_cast<double>(scored) /
                                      static_cast<double>(windows_.rows.size()),
                                  "lm_head");
            }
            start += scored + 1;
        }
    }

    void score_tokens(const std::vector<std::int32_t>& row, std::int64_t start, std::int64_t begin, std::int64_t end) {
        const std::vector<std::int64_t> targets(row.begin() + begin + 1, row.begin() + end + 1);
        losses_.ids.insert(losses_.ids.end(), targets.begin(), targets.end());
        const at::Tensor target = at::tensor(targets).to(device_.device).unsqueeze(1);
        const auto append = [](std::vector<float>& to, const at::Tensor& values) {
            const at::Tensor flat = values.to(at::kFloat).cpu().contiguous();
            to.insert(to.end(), flat.const_data_ptr<float>(), flat.const_data_ptr<float>() + flat.numel());
        };
        const at::Tensor own = model_.log_probabilities(start + begin, start + end);
        append(losses_.loss, own.gather(1, target).neg());
        if (!reference_) return;
        const at::Tensor reference = reference_->log_probabilities(start + begin, start + end);
        append(losses_.reference_loss, reference.gather(1, target).neg());
        same_top_ += reference.argmax(1).eq(own.argmax(1)).sum().item<std::int64_t>();
        append(losses_.kl, (reference.exp() * (reference - own)).sum(1).clamp_min(0));
    }

    const EvaluateRequest& request_;
    Sink& sink_;
    std::stop_token stop_;
    Device device_;
    Windows windows_;
    ModelStream model_;
    std::unique_ptr<ModelStream> reference_;
    PassProgress progress_;
    TokenLosses losses_;
    std::int64_t same_top_ = 0;
};

} // namespace

EvaluateResult evaluate_folder(const EvaluateRequest& request, Sink& sink, std::stop_token stop) {
    const auto started = std::chrono::steady_clock::now();
    sink.on_event(PhaseStarted{"evaluate"});
    EvaluateResult result = Evaluation(request, sink, stop).run();
    result.metrics.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    sink.on_event(PhaseFinished{"evaluate", result.metrics.seconds});
    return result;
}

} // namespace octavo
