// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/questions.h"

#include "base/error.h"
#include "evaluate/stream.h"
#include "pipeline/progress.h"
#include "text/read_text.h"

#include <algorithm>
#include <limits>

namespace octavo {

namespace {

[[noreturn]] void refuse(Message what, const std::filesystem::path& file, long line) {
    throw Error(
        ErrorCode::unusable_data, std::move(what),
        msg("Each line is one object with \"question\", \"choices\" (a list of texts) and \"answer\" (index from "
            "0, letter, or the text of a choice)."),
        {.file = file.string(), .line = line});
}

std::size_t answer_of(const Json& answer, const std::vector<std::string>& choices, const std::filesystem::path& file,
                      long line) {
    std::size_t index = choices.size();
    if (answer.is_number_unsigned()) {
        index = static_cast<std::size_t>(std::min<std::uint64_t>(answer.get<std::uint64_t>(), choices.size()));
    } else if (answer.is_string()) {
        const std::string text = answer.get<std::string>();
        index = static_cast<std::size_t>(std::find(choices.begin(), choices.end(), text) - choices.begin());
        if (index == choices.size() && text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z')
            index = static_cast<std::size_t>(text[0] - 'A');
    }
    if (index >= choices.size()) refuse(msg("The answer is none of the choices"), file, line);
    return index;
}

Question question_of(const Json& json, const std::filesystem::path& file, long line) {
    if (!json.is_object()) refuse(msg("The line is no JSON object"), file, line);
    for (const char* key : {"question", "choices", "answer"})
        if (!json.contains(key)) refuse(msg("\"%1\" is missing", key), file, line);
    Question out;
    out.line = line;
    if (!json["question"].is_string() || json["question"].get<std::string>().empty())
        refuse(msg("\"question\" is no text"), file, line);
    out.question = json["question"].get<std::string>();
    const Json& choices = json["choices"];
    if (!choices.is_array() || choices.size() < 2) refuse(msg("There are fewer than two choices"), file, line);
    for (const Json& choice : choices) {
        if (!choice.is_string() || choice.get<std::string>().empty())
            refuse(msg("A choice is no text, or empty"), file, line);
        out.choices.push_back(choice.get<std::string>());
    }
    out.answer = answer_of(json["answer"], out.choices, file, line);
    return out;
}

/// One choice of one question as tokens.
struct Candidate {
    std::size_t question, choice;
    std::int64_t first; ///< token of the row at which the choice begins
};

class Answering {
public:
    Answering(const std::vector<Question>& questions, const Tokenizer& tokenizer) {
        std::vector<std::int32_t> bos;
        if (tokenizer.adds_bos() && tokenizer.bos_token()) bos.push_back(*tokenizer.bos_token());
        for (std::size_t q = 0; q < questions.size(); ++q) {
            const std::string& text = questions[q].question;
            const bool spaced = text.back() == ' ' || text.back() == '\n';
            // The space belongs to the choice's first token, so the question ends before it.
            const std::string context = spaced && text.back() == ' ' ? text.substr(0, text.size() - 1) : text;
            const std::size_t length = tokenizer.encode(context, false).size();
            for (std::size_t c = 0; c < questions[q].choices.size(); ++c) {
                std::vector<std::int32_t> row = bos;
                const std::string whole = context + (text.back() == '\n' ? "" : " ") + questions[q].choices[c];
                const std::vector<std::int32_t> ids = tokenizer.encode(whole, false);
                row.insert(row.end(), ids.begin(), ids.end());
                const std::size_t first = std::clamp<std::size_t>(length + bos.size(), 1, row.size() - 1);
                candidates_.push_back({q, c, static_cast<std::int64_t>(first)});
                rows_.push_back(std::move(row));
            }
        }
    }

    std::vector<std::size_t> run(const std::vector<Question>& questions, const std::filesystem::path& model,
                                 Device device, Sink& sink, std::stop_token stop) {
        ModelStream stream(model, device, rows_);
        PassProgress progress(sink, stop, "questions", stream.config().layers + 1, 1.0);
        std::vector<std::int64_t> lengths;
        for (const auto& row : rows_) lengths.push_back(static_cast<std::int64_t>(row.size()));
        const std::vector<Chunk> chunks = cut_into_chunks(lengths, 1024);
        for (int layer = 0; layer < stream.config().layers; ++layer) {
            progress.start_layer(layer);
            stream.run_layer(layer, chunks, [&](const Chunk&) {
                progress.advance(1.0 / static_cast<double>(chunks.size()), stream.config().layer_prefix(layer) + "*");
            });
        }
        stream.finish_layers();
        progress.start_layer(stream.config().layers);
        std::vector<std::size_t> best(questions.size(), 0);
        std::vector<double> score(questions.size(), -std::numeric_limits<double>::infinity());
        std::int64_t start = 0;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const Candidate& one = candidates_[i];
            const auto& text = questions[one.question].choices[one.choice];
            const double own = likelihood(stream, rows_[i], start, one.first) / static_cast<double>(text.size());
            if (own > score[one.question]) {
                score[one.question] = own;
                best[one.question] = one.choice;
            }
            start += lengths[i];
            progress.advance(1.0 / static_cast<double>(rows_.size()), "lm_head");
        }
        return best;
    }

private:
    /// Σ log p of the tokens [first, end) of a row that begins at token `start` of the stream.
    static double likelihood(const ModelStream& stream, const std::vector<std::int32_t>& row, std::int64_t start,
                             std::int64_t first) {
        const std::vector<std::int64_t> targets(row.begin() + first, row.end());
        const auto end = static_cast<std::int64_t>(row.size());
        const at::Tensor log_p = stream.log_probabilities(start + first - 1, start + end - 1);
        return log_p.gather(1, at::tensor(targets).to(log_p.device()).unsqueeze(1)).sum(at::kDouble).item<double>();
    }

    std::vector<std::vector<std::int32_t>> rows_;
    std::vector<Candidate> candidates_;
};

} // namespace

std::vector<Question> read_questions(const std::filesystem::path& file) {
    const std::string text = read_text(file);
    std::vector<Question> out;
    long number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line(text.data() + begin, end - begin);
        ++number;
        begin = end + 1;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const Json json = Json::parse(line, nullptr, false);
        if (json.is_discarded()) refuse(msg("The line is no JSON"), file, number);
        out.push_back(question_of(json, file, number));
    }
    if (out.empty()) refuse(msg("The file holds no questions"), file, 0);
    return out;
}

std::vector<std::size_t> answer_questions(const std::vector<Question>& questions, const std::filesystem::path& model,
                                          const Tokenizer& tokenizer, Device device, Sink& sink, std::stop_token stop) {
    return Answering(questions, tokenizer).run(questions, model, device, sink, std::move(stop));
}

ChoiceResult choice_result(const std::vector<Question>& questions, const std::vector<std::size_t>& answers,
                           const std::vector<std::size_t>& reference_answers, const std::string& file) {
    ChoiceResult out;
    out.file = file;
    out.questions = static_cast<std::int64_t>(questions.size());
    std::int64_t right = 0, was_right = 0;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const bool now = answers[i] == questions[i].answer;
        right += now;
        if (reference_answers.empty()) continue;
        const bool before = reference_answers[i] == questions[i].answer;
        was_right += before;
        out.lost += before && !now;
        out.gained += now && !before;
    }
    out.accuracy = wilson(right, out.questions);
    if (reference_answers.empty()) return out;
    out.reference_accuracy = wilson(was_right, out.questions);
    out.p_value = mcnemar(out.lost, out.gained);
    return out;
}

} // namespace octavo
