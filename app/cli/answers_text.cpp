// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers_text.h"

#include <algorithm>

#include "output.h"
#include "terminal.h"

namespace octavo::cli {

namespace {

constexpr std::string_view gap = "  │  ";
constexpr std::size_t gap_columns = 5, least_column = 20;

/// A model may write what a terminal would obey.
bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

class Wrapper {
public:
    explicit Wrapper(std::size_t width) : width_(width) {}

    void add(std::string_view character, char32_t point) {
        const std::size_t columns = columns_of(point);
        if (point == U' ' && broken_ && columns_ == 0) return; // spaces that a line was broken at
        if (columns_ + columns > width_) {
            if (point == U' ') space_ = line_.size();
            break_line();
            if (point == U' ') return;
        }
        if (point == U' ') space_ = line_.size();
        line_ += character;
        columns_ += columns;
        broken_ = false;
    }

    void end_line() {
        lines_.push_back(std::move(line_));
        start({});
    }

    std::vector<std::string> lines() {
        if (!line_.empty() || lines_.empty()) end_line();
        return std::move(lines_);
    }

private:
    void break_line() {
        std::string rest;
        if (space_ != std::string::npos) {
            rest = line_.substr(std::min(space_ + 1, line_.size()));
            line_.resize(space_);
        }
        lines_.push_back(std::move(line_));
        start(std::move(rest));
        broken_ = true;
    }

    void start(std::string text) {
        line_ = std::move(text);
        columns_ = width_of(line_);
        space_ = std::string::npos;
        broken_ = false;
    }

    std::size_t width_, columns_ = 0, space_ = std::string::npos;
    bool broken_ = false;
    std::string line_;
    std::vector<std::string> lines_;
};

std::string marked(const AnswerText& answer, bool part) {
    if (!part) return answer.same;
    // The space in front belongs to the token, but a line may be broken there.
    const std::size_t spaces = std::min(answer.token.find_first_not_of(' '), answer.token.size() - 1);
    const std::size_t in_front = answer.token.empty() ? 0 : spaces;
    std::string token;
    for (const char c : answer.token.substr(in_front)) token += c == '\n' ? "⏎" : std::string(1, c);
    return answer.same + std::string(in_front, ' ') + "⟦" + token + "⟧" + answer.rest;
}

std::string padded(const std::string& text, std::size_t width) {
    return text + std::string(width - std::min(width, width_of(text)), ' ');
}

} // namespace

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
    Wrapper out(width);
    for (std::size_t at = 0; at < text.size();) {
        const auto [size, point] = next_character(text, at);
        if (point == U'\n')
            out.end_line();
        else if (point == U'\t')
            out.add(" ", U' ');
        else if (!is_control(point))
            out.add(std::string_view(text).substr(at, size), point);
        at += size;
    }
    return out.lines();
}

std::string answers_text(const Answers& answers, std::size_t width) {
    const std::size_t column = std::max((std::max(width, gap_columns) - gap_columns) / 2, least_column);
    std::string out;
    for (const std::string& line : wrapped(answers.prompt, std::max(width, least_column) - 2))
        out += "> " + line + "\n";
    const bool part = answers.divergence.has_value();
    const std::vector<std::string> left = wrapped(marked(answers.original, part), column),
                                   right = wrapped(marked(answers.candidate, part), column);
    const auto row = [&](const std::string& one, const std::string& other) {
        std::string line = padded(one, column) + std::string(gap) + other;
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    };
    row("original, " + std::to_string(answers.original.tokens) + " tokens",
        "candidate, " + std::to_string(answers.candidate.tokens) + " tokens");
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i)
        row(i < left.size() ? left[i] : "", i < right.size() ? right[i] : "");
    const Message sentence = reading(answers);
    for (const std::string& line : wrapped(sentence.english(), width)) out += line + "\n";
    if (!answers.divergence) return out;
    const Divergence& at = *answers.divergence;
    const auto quoted = [](std::string text) {
        std::replace(text.begin(), text.end(), '\n', ' ');
        const std::vector<std::string> plain = wrapped(text, text.size() + 1);
        return "\"" + plain.front() + "\"";
    };
    return out + table({{"", quoted(answers.original.token), quoted(answers.candidate.token)},
                        {"original", percent(at.original_of_original, 2), percent(at.original_of_candidate, 2)},
                        {"candidate", percent(at.candidate_of_original, 2), percent(at.candidate_of_candidate, 2)}});
}

} // namespace octavo::cli
