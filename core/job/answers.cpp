// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/answers.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "architecture/architecture.h"
#include "base/stop.h"
#include "checkpoint/model_folder.h"
#include "job/gather.h"
#include "text/read_text.h"

namespace octavo {

namespace {

using Ids = std::vector<std::int32_t>;

constexpr std::string_view replacement = "\xef\xbf\xbd"; ///< what a decoder puts in place of half a character

std::string share(double probability) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, 100 * probability, std::chars_format::fixed, 1).ptr;
    return {text, end};
}

class Asker {
public:
    explicit Asker(const PromptsRequest& request)
        : request_(request), config_(read_model_config(ModelFolder(request.original))), tokenizer_(request.original) {}

    AnswersRequest tokens() const {
        AnswersRequest out;
        GenerateRequest& writing = out.original;
        writing.model = request_.original;
        out.candidate = request_.candidate;
        writing.new_tokens = request_.tokens;
        writing.temperature = request_.temperature;
        writing.top_p = request_.top_p;
        writing.seed = request_.seed;
        writing.threads = request_.threads;
        writing.device = request_.device;
        for (std::size_t i = 0; i < request_.prompts.size(); ++i) writing.prompts.push_back(prompt(i));
        return out;
    }

    Answers text(std::size_t prompt, const AnswerTokens& tokens) const {
        Answers out;
        out.prompt = request_.prompts[prompt].back().content;
        out.divergence = tokens.divergence;
        out.original = parts(tokens.original, tokens.divergence);
        out.candidate = parts(tokens.candidate, tokens.divergence);
        return out;
    }

private:
    Ids prompt(std::size_t index) const {
        const std::vector<ChatMessage>& messages = request_.prompts[index];
        if (messages.empty())
            throw Error(ErrorCode::usage, msg("Prompt %1 is empty", index + 1), msg("Write something to be answered."));
        Ids ids;
        if (request_.chat_template && tokenizer_.has_chat_template()) {
            ids = tokenizer_.encode(tokenizer_.render(messages, true), false);
        } else {
            std::string text;
            for (const ChatMessage& message : messages) text += (text.empty() ? "" : "\n\n") + message.content;
            ids = tokenizer_.encode(text, true);
        }
        check(ids, index);
        return ids;
    }

    void check(const Ids& ids, std::size_t index) const {
        if (ids.empty())
            throw Error(ErrorCode::usage, msg("Prompt %1 is empty", index + 1), msg("Write something to be answered."));
        check_ids(ids, config_, request_.original);
        if (config_.context > 0 && static_cast<std::int64_t>(ids.size()) + request_.tokens > config_.context)
            throw Error(ErrorCode::unusable_model,
                        msg("Prompt %1 has %2 tokens; with an answer of %3 that is more than the model's context of %4",
                            index + 1, ids.size(), request_.tokens, config_.context),
                        msg("Ask for fewer tokens or shorten the prompt."), {.file = request_.original.string()});
    }

    /// The end-of-text token is nothing to read, unless the answers part there.
    std::string text_of(Ids ids) const {
        if (!ids.empty() && std::ranges::find(config_.eos_tokens, ids.back()) != config_.eos_tokens.end())
            ids.pop_back();
        return tokenizer_.decode(ids);
    }

    AnswerText parts(const Ids& ids, const std::optional<Divergence>& divergence) const {
        AnswerText out;
        out.tokens = ids.size();
        const std::string all = text_of(ids);
        if (!divergence) {
            out.same = all;
            return out;
        }
        const auto at = ids.begin() + static_cast<std::ptrdiff_t>(divergence->token);
        out.same = without_half_character(tokenizer_.decode({ids.begin(), at}));
        const std::string with = without_half_character(tokenizer_.decode({ids.begin(), at + 1}));
        // Half a character is nothing by itself; with the tokens behind it it is in the rest.
        const bool whole = with.starts_with(out.same) && with.size() > out.same.size();
        out.token = whole ? with.substr(out.same.size()) : tokenizer_.decode({*at});
        if (const std::size_t read = whole ? with.size() : out.same.size(); all.size() > read)
            out.rest = all.substr(read);
        return out;
    }

    static std::string without_half_character(std::string text) {
        while (text.ends_with(replacement)) text.resize(text.size() - replacement.size());
        return text;
    }

    const PromptsRequest& request_;
    ModelConfig config_;
    Tokenizer tokenizer_;
};

/// What the model is to answer: the assistant's own words behind the last question go.
std::vector<ChatMessage> question(Sample sample) {
    if (sample.messages.empty()) return {{"user", std::move(sample.text)}};
    while (sample.messages.size() > 1 && sample.messages.back().role != "user") sample.messages.pop_back();
    return std::move(sample.messages);
}

} // namespace

std::vector<Answers> answer_prompts(const PromptsRequest& request, Sink& sink, std::stop_token stop) {
    if (request.prompts.empty())
        throw Error(ErrorCode::usage, msg("There is nothing to answer"), msg("Give at least one prompt."));
    const auto started = std::chrono::steady_clock::now();
    sink.on_event(PhaseStarted{"generate"});
    const Asker asker(request);
    const std::vector<AnswerTokens> tokens = load_engine().compare_answers(asker.tokens(), sink, stop);
    std::vector<Answers> out;
    for (std::size_t i = 0; i < tokens.size(); ++i) out.push_back(asker.text(i, tokens[i]));
    sink.on_event(
        PhaseFinished{"generate", std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count()});
    return out;
}

Message reading(const Answers& answers) {
    if (!answers.divergence) return msg("Both answers are the same, all %1 tokens.", answers.original.tokens);
    const Divergence& at = *answers.divergence;
    const std::string own = share(at.original_of_original), other = share(at.original_of_candidate);
    if (at.near_tie())
        return msg("The answers part at token %1, where the original was near a tie: it gave its own token %2 % and "
                   "the other one %3 %. A small change decides such a choice.",
                   at.token + 1, own, other);
    return msg("The answers part at token %1, where the original had a clear preference: it gave its own token %2 % "
               "and the other one %3 %.",
               at.token + 1, own, other);
}

std::vector<std::vector<ChatMessage>> read_prompts(const std::filesystem::path& file, const std::stop_token& stop) {
    std::vector<std::vector<ChatMessage>> out;
    const std::string extension = small_extension(file);
    if (extension == ".json" || extension == ".jsonl" || extension == ".ndjson" || extension == ".parquet") {
        for (Sample& sample : read_dataset(file, stop)) out.push_back(question(std::move(sample)));
        return out;
    }
    const std::string text = read_text(file);
    for (std::size_t start = 0; start < text.size();) {
        throw_if_stopped(stop);
        const std::size_t end = std::min(text.find('\n', start), text.size());
        std::string line = text.substr(start, end - start);
        if (line.ends_with('\r')) line.pop_back();
        if (line.find_first_not_of(" \t") != std::string::npos) out.push_back({{"user", std::move(line)}});
        start = end + 1;
    }
    if (out.empty())
        throw Error(ErrorCode::unusable_data, msg("The file holds no prompt"), msg("Write one prompt on each line."),
                    {.file = file.string()});
    return out;
}

} // namespace octavo
