// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
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

/// Names that a dataset has in place of those that read_dataset() knows: "messages" → "conversation". When there are
/// any for whole columns (messages, conversations, prompt, response, completion, text, system), no other column is
/// read; `role`, `content`, `from` and `value` name the fields of a message.
using ColumnNames = std::map<std::string, std::string>;

/// "messages=conversation,role=speaker" → names. Throws Error(usage) for anything else, and names that are not known.
ColumnNames column_names(const std::string& text);

/// Reads JSONL, JSON, Parquet or plain text: `messages` [{role, content}], ShareGPT `conversations` [{from, value}],
/// `prompt` + `response` or `completion`, `text`; a .txt file is one text. Throws Error(unusable_data) naming file and
/// line: empty, binary, invalid UTF-8, broken JSON, unknown role, a column of `columns` that is not there;
/// Error(cancelled) between two entries. The line of a Parquet file is its row.
std::vector<Sample> read_dataset(const std::filesystem::path& file, const std::stop_token& stop = {},
                                 const ColumnNames& columns = {});

/// A part of the calibration data.
struct DataSource {
    enum class Kind { file, built_in, self }; ///< self: text that the model writes itself
    Kind kind = Kind::file;
    std::filesystem::path file = {};
    double weight = 1; ///< share of the samples, relative to the other parts'

    std::string name() const; ///< file name, "built-in" or "self"
    bool operator==(const DataSource&) const = default;
};

/// "FILE", "builtin" or "self", with ":WEIGHT" behind it where it is not 1. Throws Error(usage).
DataSource data_source(const std::string& text);

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

/// How many of `samples` each part gets: by weight, the largest remainders first, at least one each. Throws
/// Error(usage) for fewer samples than parts.
std::vector<std::size_t> shares(const std::vector<DataSource>& parts, std::size_t samples);

/// The rows of all parts in one order that follows from the seed.
CalibrationSet mixed(std::vector<CalibrationSet> parts, std::uint64_t seed);

/// --calibration-ids: a JSON list of lists of ids. Throws Error(unusable_data): not such a list, an id outside [0,
/// vocabulary).
CalibrationSet read_calibration_ids(const std::filesystem::path& file, std::int64_t vocabulary);

/// The texts in resources/: found beside the program or in the source tree. Throws Error(io) when the installation is
/// broken.
std::filesystem::path built_in_calibration_file();
std::filesystem::path built_in_evaluation_file();

} // namespace octavo
