// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/answers.h"

#include "evaluate/row_writer.h"

#include <algorithm>
#include <cmath>

namespace octavo {

namespace {

constexpr double kept_bytes = 1024.0 * 1024 * 1024; ///< of the original's probabilities

/// log P of every token, on the host.
at::Tensor log_probabilities(const at::Tensor& logits) { return at::log_softmax(logits, 0).cpu(); }

double probability(const at::Tensor& log_probabilities, std::int32_t token) {
    return std::exp(static_cast<double>(log_probabilities[token].item<float>()));
}

class Comparer {
public:
    Comparer(const AnswersRequest& request, Sink& sink, const std::stop_token& stop)
        : request_(request), writing_(request.original), stop_(stop),
          progress_(sink, stop, "generate", 1, 2 * static_cast<double>(tokens_to_write(writing_))),
          vocabulary_(read_model_config(ModelFolder(writing_.model)).vocabulary), out_(writing_.prompts.size()) {
        const std::int64_t other = read_model_config(ModelFolder(request.candidate)).vocabulary;
        if (other != vocabulary_)
            throw Error(ErrorCode::unusable_model,
                        msg("The two models have vocabularies of %1 and %2 tokens: their answers cannot be compared",
                            vocabulary_, other),
                        msg("Compare an export with the model it was made from."),
                        Place{.file = request.candidate.string()});
    }

    std::vector<AnswerTokens> run() {
        std::vector<std::size_t> batch;
        const std::size_t most = prompts_together();
        for (std::size_t i = 0; i < writing_.prompts.size(); ++i) {
            batch.push_back(i);
            if (batch.size() < most && i + 1 < writing_.prompts.size()) continue;
            ask_original(batch);
            ask_candidate(batch);
            batch.clear();
        }
        return std::move(out_);
    }

private:
    std::size_t prompts_together() const {
        const double each = static_cast<double>(vocabulary_) * 4 * static_cast<double>(longest_answer());
        return static_cast<std::size_t>(std::max(1.0, kept_bytes / each));
    }

    std::int64_t longest_answer() const {
        std::int64_t out = 1;
        for (std::size_t i = 0; i < writing_.prompts.size(); ++i)
            out = std::max(out, length_of(writing_, i) - static_cast<std::int64_t>(writing_.prompts[i].size()));
        return out;
    }

    RowWriter opened(const std::filesystem::path& model) {
        return RowWriter(writing_, model, msg("Compare answers on a machine with more memory, or on a GPU."), progress_,
                         stop_);
    }

    void ask_original(const std::vector<std::size_t>& batch) {
        kept_.clear();
        RowWriter writer = opened(writing_.model);
        writer.run(batch, [this](std::size_t row, std::int32_t token, const at::Tensor& logits) {
            out_[row].original.push_back(token);
            kept_[row].push_back(log_probabilities(logits));
        });
    }

    void ask_candidate(const std::vector<std::size_t>& batch) {
        RowWriter writer = opened(request_.candidate);
        writer.run(batch, [this](std::size_t row, std::int32_t token, const at::Tensor& logits) {
            AnswerTokens& answer = out_[row];
            const std::size_t at = answer.candidate.size();
            answer.candidate.push_back(token);
            if (answer.divergence || token == answer.original[at]) return;
            const at::Tensor &before = kept_[row][at], after = log_probabilities(logits);
            const std::int32_t own = answer.original[at];
            answer.divergence = Divergence{at,
                                           own,
                                           token,
                                           probability(before, own),
                                           probability(before, token),
                                           probability(after, own),
                                           probability(after, token)};
            kept_[row].clear();
        });
    }

    const AnswersRequest& request_;
    const GenerateRequest& writing_;
    const std::stop_token& stop_;
    PassProgress progress_;
    std::int64_t vocabulary_;                             ///< of both
    std::map<std::size_t, std::vector<at::Tensor>> kept_; ///< of each row of the batch and step, [vocabulary]
    std::vector<AnswerTokens> out_;
};

} // namespace

std::vector<AnswerTokens> compare_answers(const AnswersRequest& request, Sink& sink, std::stop_token stop) {
    check_options(request.original);
    if (request.original.prompts.empty()) return {};
    return Comparer(request, sink, stop).run();
}

} // namespace octavo
