// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "model/device.h"
#include "text/tokenizer.h"

namespace octavo {

struct Question {
    std::string question;
    std::vector<std::string> choices;
    std::size_t answer = 0; ///< index of the right choice
    long line = 0;
};

/// JSON lines {"question": "…", "choices": ["…", …], "answer": 1 | "B" | "text of a choice"}; empty lines are passed
/// over. Throws Error(unusable_data) naming file and line: not such an object, fewer than two choices or an empty one,
/// an answer that is none of them; a file without questions.
std::vector<Question> read_questions(const std::filesystem::path& file);

/// Log-likelihood of each choice after its question, divided by the choice's length in bytes (what lm-eval calls
/// acc_norm); the question is taken as it stands, with one space between it and the choice, and a BOS in front where
/// the tokenizer adds one. Returns the index of the best choice per question.
std::vector<std::size_t> answer_questions(const std::vector<Question>& questions, const std::filesystem::path& model,
                                          const Tokenizer& tokenizer, Device device, Sink& sink, std::stop_token stop);

/// Accuracy with its interval, paired with the reference's answers where there are any.
ChoiceResult choice_result(const std::vector<Question>& questions, const std::vector<std::size_t>& answers,
                           const std::vector<std::size_t>& reference_answers, const std::string& file);

} // namespace octavo
