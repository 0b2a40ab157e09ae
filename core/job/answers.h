// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "text/calibration.h"

namespace octavo {

/// What two folders are asked, and how they answer.
struct PromptsRequest {
    std::filesystem::path original, candidate;
    std::vector<std::vector<ChatMessage>> prompts; ///< conversations that end with the user
    bool chat_template = true; ///< the original's, where it has one; else the messages are gone on with as they are
    int tokens = 256;          ///< of an answer at most
    double temperature = 0;    ///< 0 = always the most likely token
    double top_p = 1;
    std::uint64_t seed = 42;
    int threads = 0;
    std::string device = "auto";
};

/// An answer as text, in three parts around the first token that the other one does not have.
struct AnswerText {
    std::string same;  ///< all of it where the answers do not part
    std::string token; ///< the first that differs, special tokens by their name
    std::string rest;
    std::size_t tokens = 0; ///< of the whole answer
};

/// Both answers to one prompt.
struct Answers {
    std::string prompt; ///< the last message
    AnswerText original, candidate;
    std::optional<Divergence> divergence;
};

/// Renders, tokenises and has both folders answer. One tokenizer and one template serve both: the original's. Events:
/// the phase "generate". Throws Error(usage) for no prompt, Error(unusable_model) for folders of different vocabularies
/// or prompts longer than the context, and what Engine::compare_answers() throws.
std::vector<Answers> answer_prompts(const PromptsRequest& request, Sink& sink, std::stop_token stop);

/// One sentence: whether the answers part, where, and whether the original was near a tie there.
Message reading(const Answers& answers);

/// Prompts of a file: a dataset that read_dataset() knows (JSON, JSONL, Parquet), of each conversation what comes up to
/// the last message of the user; of any other file each line that is not empty. Throws Error(unusable_data).
std::vector<std::vector<ChatMessage>> read_prompts(const std::filesystem::path& file, const std::stop_token& stop = {});

} // namespace octavo
