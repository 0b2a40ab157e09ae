// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/evaluate.h"

#include "base/error.h"
#include "evaluate/belongs.h"
#include "evaluate/details.h"
#include "evaluate/paired.h"
#include "evaluate/questions.h"
#include "evaluate/room.h"
#include "evaluate/stream.h"
#include "evaluate/windows.h"
#include "pipeline/progress.h"
#include "quantize/kernels/logits.h"
#include "text/calibration.h"
#include "text/read_text.h"

#include <algorithm>
#include <chrono>

namespace octavo {

namespace {

constexpr std::int64_t chunk_tokens = 2048;
constexpr std::int64_t logit_tokens = 256; ///< a vocabulary of 150 000 makes 150 MB of them per stream

class Evaluation {
public:
    Evaluation(const EvaluateRequest& request, Sink& sink, std::stop_token stop)
        : request_(checked(request)), sink_(sink), stop_(stop), device_(open_device(request.device, request.threads)),
          tokenizer_(request.reference.empty() ? request.model : request.reference), windows_(windows()),
          model_(request.model, device_, windows_.rows),
          progress_(sink, stop, "evaluate", model_.config().layers + 1, 1.0) {
        if (request.reference.empty()) return;
        reference_ = std::make_unique<ModelStream>(request.reference, device_, windows_.rows);
        check_belong_together(model_, *reference_);
    }

    EvaluateResult run() {
        walk_layers();
        score();
        EvaluateResult out;
        std::string names;
        for (const Part& part : parts_) names += (names.empty() ? "" : ", ") + part.text;
        out.metrics = metrics_of(losses_, windows_.rows.size(), names);
        if (reference_)
            for (const Part& part : parts_) out.report.texts.push_back(comparison(part));
        out.tokens = std::move(losses_);
        return out;
    }

private:
    /// The windows that one text gave.
    struct Part {
        std::string text;
        std::size_t first = 0, count = 0;
    };

    /// What can be refused from the configs is, before a tokenizer or a text is read.
    static const EvaluateRequest& checked(const EvaluateRequest& request) {
        if (!request.reference.empty()) check_same_shape(ModelFolder(request.model), ModelFolder(request.reference));
        return request;
    }

    Metrics metrics_of(const TokenLosses& losses, std::size_t windows, const std::string& text) const {
        std::int64_t same = 0;
        for (std::size_t i = 0; i < losses.top.size(); ++i) same += losses.top[i] == losses.reference_top[i];
        Metrics out = paired_metrics(losses, same);
        out.sequence_length = windows_.length;
        out.windows = static_cast<int>(windows);
        out.bos = windows_.bos;
        out.text = text;
        return out;
    }

    Comparison comparison(const Part& part) const {
        const auto first = windows_.rows.begin() + static_cast<std::ptrdiff_t>(part.first);
        const std::vector<std::vector<std::int32_t>> rows(first, first + static_cast<std::ptrdiff_t>(part.count));
        std::size_t begin = 0, tokens = 0;
        for (std::size_t i = 0; i < part.first; ++i) begin += windows_.rows[i].size() - 1;
        for (const auto& row : rows) tokens += row.size() - 1;
        const TokenLosses losses = part_of(losses_, begin, begin + tokens);
        return compare_details(metrics_of(losses, part.count, part.text), losses, rows, tokenizer_);
    }

    Windows windows() {
        std::vector<std::filesystem::path> texts = request_.texts;
        if (texts.empty()) texts.push_back(request_.text);
        Windows out;
        for (const std::filesystem::path& text : texts) {
            const Windows own = windows_of(text.empty() ? built_in_evaluation_file() : text);
            if (own.length < request_.sequence_length)
                sink_.on_event(
                    LogLine{LogLevel::warning,
                            msg("%1 is shorter than a window of %2 tokens: it is scored as one of %3",
                                text.empty() ? "built-in" : text.string(), request_.sequence_length, own.length)});
            parts_.push_back({text.empty() ? "built-in" : text.string(), out.rows.size(), own.rows.size()});
            out.rows.insert(out.rows.end(), own.rows.begin(), own.rows.end());
            out.bos = own.bos;
            out.length = std::max(out.length, own.length);
        }
        check_evaluation_memory(read_model_config(ModelFolder(request_.model)),
                                static_cast<std::int64_t>(out.rows.size()), out.length,
                                request_.reference.empty() ? 1 : 2, free_memory(device_));
        return out;
    }

    Windows windows_of(const std::filesystem::path& text) const {
        const std::string contents = read_text(text);
        try {
            return cut_windows(contents, tokenizer_, request_.sequence_length, request_.windows, request_.bos);
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
        const std::size_t first = losses_.ids.size(), count = static_cast<std::size_t>(end - begin);
        losses_.ids.insert(losses_.ids.end(), row.begin() + begin + 1, row.begin() + end + 1);
        losses_.loss.resize(first + count);
        const at::Tensor own = model_.logits(start + begin, start + end).cpu();
        if (!reference_) {
            const std::int64_t columns = own.size(1);
            in_parallel(end - begin, 1, [&](std::int64_t from, std::int64_t to) {
                for (std::int64_t i = from; i < to; ++i) {
                    const std::size_t at = first + static_cast<std::size_t>(i);
                    const float* logits = own.const_data_ptr<float>() + i * columns;
                    losses_.loss[at] = loss_of(losses_.ids[at], logits, kernels::summary(logits, columns).log_sum);
                }
            });
            return;
        }
        for (auto* numbers : {&losses_.reference_loss, &losses_.kl}) numbers->resize(first + count);
        for (auto* ids : {&losses_.top, &losses_.reference_top}) ids->resize(first + count);
        losses_.top5.resize(first + count);
        const at::Tensor reference = reference_->logits(start + begin, start + end).cpu();
        in_parallel(end - begin, 1, [&](std::int64_t from, std::int64_t to) {
            for (std::int64_t i = from; i < to; ++i)
                compare_token(own, reference, i, first + static_cast<std::size_t>(i));
        });
    }

    static float loss_of(std::int32_t id, const float* logits, double log_sum) {
        return static_cast<float>(log_sum - static_cast<double>(logits[id]));
    }

    /// Row i of the logits of both, for scored token `at`.
    void compare_token(const at::Tensor& own, const at::Tensor& reference, std::int64_t i, std::size_t at) {
        const std::int64_t columns = own.size(1);
        const float *logits = own.const_data_ptr<float>() + i * columns,
                    *before = reference.const_data_ptr<float>() + i * columns;
        const kernels::LogitSummary found = kernels::summary(logits, columns),
                                    expected = kernels::summary(before, columns);
        losses_.loss[at] = loss_of(losses_.ids[at], logits, found.log_sum);
        losses_.reference_loss[at] = loss_of(losses_.ids[at], before, expected.log_sum);
        losses_.kl[at] =
            static_cast<float>(kernels::divergence(before, expected.log_sum, logits, found.log_sum, columns));
        losses_.top[at] = found.best.front();
        losses_.reference_top[at] = expected.best.front();
        losses_.top5[at] =
            static_cast<std::uint8_t>(std::count_if(expected.best.begin(), expected.best.end(), [&](std::int32_t id) {
                return id >= 0 && std::find(found.best.begin(), found.best.end(), id) != found.best.end();
            }));
    }

    const EvaluateRequest& request_;
    Sink& sink_;
    std::stop_token stop_;
    Device device_;
    Tokenizer tokenizer_;
    std::vector<Part> parts_; ///< filled by windows()
    Windows windows_;
    ModelStream model_;
    std::unique_ptr<ModelStream> reference_;
    PassProgress progress_;
    TokenLosses losses_;
};

} // namespace

EvaluateResult evaluate_folder(const EvaluateRequest& request, Sink& sink, std::stop_token stop) {
    const auto started = std::chrono::steady_clock::now();
    sink.on_event(PhaseStarted{"evaluate"});
    // Broken lines are named before anything is computed.
    const std::vector<Question> questions =
        request.questions.empty() ? std::vector<Question>() : read_questions(request.questions);
    EvaluateResult result = Evaluation(request, sink, stop).run();
    if (!questions.empty()) {
        const Tokenizer tokenizer(request.reference.empty() ? request.model : request.reference);
        const Device device = open_device(request.device, request.threads);
        const auto answers = [&](const std::filesystem::path& model) {
            return answer_questions(questions, model, tokenizer, device, sink, stop);
        };
        const std::vector<std::size_t> own = answers(request.model);
        result.report.choices = choice_result(
            questions, own, request.reference.empty() ? std::vector<std::size_t>() : answers(request.reference),
            request.questions.string());
    }
    result.metrics.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    sink.on_event(PhaseFinished{"evaluate", result.metrics.seconds});
    return result;
}

} // namespace octavo
