// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "report/run_record.h"
#include "text/tokenizer.h"

namespace octavo {

struct ChatMessage {
    std::string role, content;
};

/// One entry of a dataset: a conversation, or plain text (then `messages` is empty).
struct Sample {
    std::vector<ChatMessage> messages;
    std::string text;
    long line = 0; ///< in the file, for messages
};

/// Reads JSONL, JSON or plain text: `messages` [{role, content}], ShareGPT `conversations` [{from, value}], `prompt` +
/// `response` or `completion`, `text`; a .txt file is one text. Throws Error(unusable_data) naming file and line:
/// empty, binary, invalid UTF-8, broken JSON, unknown role; Error(cancelled) between two entries.
std::vector<Sample> read_dataset(const std::filesystem::path& file, const std::stop_token& stop = {});

struct CalibrationOptions {
    std::size_t samples = 512;
    std::size_t sequence_length = 2048;
    std::uint64_t seed = 42;
    bool packing = false;
};

/// Rows of token ids; no padding: rows may have different lengths.
struct CalibrationSet {
    std::vector<std::vector<std::int32_t>> rows;
    DatasetRecord record;
    std::vector<Message> notes; ///< "only 113 of 512 samples: the data ends"

    std::int64_t tokens() const;
};

/// Shuffled with the seed, rendered with the model's template, tokenised without a second BOS, truncated, or packed
/// into full rows. Samples shorter than two tokens are left out. Throws Error(unusable_data) when nothing is left, and
/// what template or tokenizer throw; Error(cancelled).
CalibrationSet build_calibration_set(const std::vector<Sample>& samples, const Tokenizer& tokenizer,
                                     const CalibrationOptions& options, const std::string& source,
                                     const std::stop_token& stop = {});

/// --calibration-ids: a JSON list of lists of ids. Throws Error(unusable_data): not such a list, an id outside [0,
/// vocabulary).
CalibrationSet read_calibration_ids(const std::filesystem::path& file, std::int64_t vocabulary);

/// The texts in resources/: found beside the program or in the source tree. Throws Error(io) when the installation is
/// broken.
std::filesystem::path built_in_calibration_file();
std::filesystem::path built_in_evaluation_file();

} // namespace octavo
