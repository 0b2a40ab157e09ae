// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/calibration.h"

#include <algorithm>

#include "base/files.h"
#include "base/resources.h"
#include "base/stop.h"
#include "text/shuffle.h"

namespace octavo {

namespace {

using Row = std::vector<std::int32_t>;

constexpr std::size_t shortest_row = 2; ///< a single token has no next one
constexpr std::size_t batch = 64;       ///< samples tokenised at once

class Builder {
public:
    Builder(const Tokenizer& tokenizer, const CalibrationOptions& options, const std::string& source,
            const std::stop_token& stop)
        : tokenizer_(tokenizer), options_(options), source_(source), stop_(stop) {}

    CalibrationSet build(const std::vector<Sample>& samples) {
        if (samples.size() == 1 && samples[0].messages.empty())
            cut_one_text(samples[0]);
        else
            take(samples);
        if (set_.rows.empty())
            throw Error(ErrorCode::unusable_data, msg("No sample of the dataset has two tokens or more"),
                        msg("Use a dataset with longer texts."), {.file = source_});
        add_notes();
        set_.record = {source_,          static_cast<std::int64_t>(set_.rows.size()),
                       set_.tokens(),    static_cast<int>(options_.sequence_length),
                       options_.packing, options_.seed};
        return std::move(set_);
    }

private:
    bool full() const { return set_.rows.size() >= options_.samples; }

    /// One long text: consecutive windows, each behind a BOS where the model expects one, as perplexity is measured.
    void cut_one_text(const Sample& sample) {
        const auto ids = tokenizer_.encode(sample.text, false);
        const std::size_t lead = tokenizer_.adds_bos() ? 1 : 0, length = options_.sequence_length - lead;
        std::vector<std::size_t> starts;
        for (std::size_t start = 0; ids.size() - start >= length; start += length) starts.push_back(start);
        if (starts.empty()) starts.push_back(0);
        const auto order = shuffled(starts.size(), options_.seed);
        for (std::size_t i = 0; i < order.size() && !full(); ++i) {
            const auto start = starts[order[i]];
            Row row;
            if (lead) row.push_back(tokenizer_.bos_token().value());
            row.insert(row.end(), ids.begin() + static_cast<long>(start),
                       ids.begin() + static_cast<long>(std::min(ids.size(), start + length)));
            if (ids.size() - start > 0 && row.size() >= shortest_row) set_.rows.push_back(std::move(row));
        }
    }

    void take(const std::vector<Sample>& samples) {
        const auto order = shuffled(samples.size(), options_.seed);
        for (std::size_t start = 0; start < order.size() && !full(); start += batch) {
            throw_if_stopped(stop_);
            std::vector<const Sample*> part;
            for (std::size_t i = start; i < std::min(order.size(), start + batch); ++i)
                part.push_back(&samples[order[i]]);
            for (auto& ids : tokenise(part)) add(std::move(ids));
        }
        if (options_.packing && set_.rows.empty() && stream_.size() >= shortest_row) set_.rows.push_back(stream_);
    }

    /// Chats through the template, which writes the BOS itself; plain text with the special tokens that the tokenizer
    /// adds.
    std::vector<Row> tokenise(const std::vector<const Sample*>& samples) {
        std::vector<std::string> chats, texts;
        for (const auto* sample : samples) {
            const bool is_chat = !sample->messages.empty();
            if (is_chat && tokenizer_.has_chat_template())
                chats.push_back(render(*sample));
            else
                texts.push_back(is_chat ? joined(*sample) : sample->text);
        }
        auto chat_rows = tokenizer_.encode(chats, false), text_rows = tokenizer_.encode(texts, true);
        std::vector<Row> rows;
        std::size_t chat = 0, text = 0;
        for (const auto* sample : samples) {
            const bool templated = !sample->messages.empty() && tokenizer_.has_chat_template();
            rows.push_back(std::move(templated ? chat_rows[chat++] : text_rows[text++]));
        }
        return rows;
    }

    std::string render(const Sample& sample) const {
        try {
            return tokenizer_.render(sample.messages);
        } catch (const Error& error) {
            // The message names the template's line; the place is the conversation that it was given.
            throw Error(error.code(), error.message(), error.advice(), {.file = source_, .line = sample.line});
        }
    }

    std::string joined(const Sample& sample) {
        joined_ = true;
        std::string text;
        for (const auto& message : sample.messages) {
            if (message.content.empty()) continue;
            if (!text.empty()) text += "\n\n";
            text += message.content;
        }
        return text;
    }

    void add(Row ids) {
        if (full()) return;
        if (ids.size() < shortest_row) {
            ++short_;
            return;
        }
        if (!options_.packing) {
            if (ids.size() > options_.sequence_length) ids.resize(options_.sequence_length);
            set_.rows.push_back(std::move(ids));
            return;
        }
        stream_.insert(stream_.end(), ids.begin(), ids.end());
        std::size_t used = 0;
        for (; stream_.size() - used >= options_.sequence_length && !full(); used += options_.sequence_length)
            set_.rows.emplace_back(stream_.begin() + static_cast<long>(used),
                                   stream_.begin() + static_cast<long>(used + options_.sequence_length));
        stream_.erase(stream_.begin(), stream_.begin() + static_cast<long>(used));
    }

    void add_notes() {
        if (set_.rows.size() < options_.samples)
            set_.notes.push_back(msg("Only %1 of %2 samples: the data ends", set_.rows.size(), options_.samples));
        if (short_ > 0) set_.notes.push_back(msg("%1 samples with fewer than two tokens were left out", short_));
        if (joined_) set_.notes.push_back(msg("The model has no chat template: messages were joined by blank lines"));
    }

    const Tokenizer& tokenizer_;
    const CalibrationOptions& options_;
    const std::string& source_;
    const std::stop_token& stop_;
    CalibrationSet set_;
    Row stream_;
    std::size_t short_ = 0;
    bool joined_ = false;
};

[[noreturn]] void refuse_ids(const std::filesystem::path& file, Message what) {
    throw Error(ErrorCode::unusable_data, std::move(what), msg("Write a JSON list of equally long lists of token ids."),
                {.file = file.string()});
}

Row checked_row(const Json& list, std::size_t index, std::int64_t vocabulary, const std::filesystem::path& file) {
    if (!list.is_array()) refuse_ids(file, msg("Row %1 is not a list", index));
    Row row;
    row.reserve(list.size());
    for (const auto& value : list) {
        if (!value.is_number_integer()) refuse_ids(file, msg("Row %1 holds something other than whole numbers", index));
        const bool fits = value.is_number_unsigned()
                              ? value.get<std::uint64_t>() < static_cast<std::uint64_t>(vocabulary)
                              : value.get<std::int64_t>() >= 0 && value.get<std::int64_t>() < vocabulary;
        if (!fits)
            refuse_ids(file, msg("Row %1 holds the id %2, outside the vocabulary of %3 tokens", index, value.dump(),
                                 vocabulary));
        row.push_back(value.get<std::int32_t>());
    }
    if (row.size() < shortest_row) refuse_ids(file, msg("Row %1 has fewer than two tokens", index));
    return row;
}

} // namespace

std::int64_t CalibrationSet::tokens() const {
    std::int64_t sum = 0;
    for (const auto& row : rows) sum += static_cast<std::int64_t>(row.size());
    return sum;
}

CalibrationSet build_calibration_set(const std::vector<Sample>& samples, const Tokenizer& tokenizer,
                                     const CalibrationOptions& options, const std::string& source,
                                     const std::stop_token& stop) {
    if (options.samples == 0) throw Error(ErrorCode::usage, msg("At least one calibration sample is needed"));
    if (options.sequence_length < shortest_row || options.sequence_length > (1u << 24))
        throw Error(ErrorCode::usage, msg("A sequence length of %1 tokens is not possible", options.sequence_length),
                    msg("Use 2 tokens or more, 2048 for example."));
    return Builder(tokenizer, options, source, stop).build(samples);
}

CalibrationSet read_calibration_ids(const std::filesystem::path& file, std::int64_t vocabulary) {
    const auto json = read_json(file, ErrorCode::unusable_data, std::size_t(1) << 30);
    if (!json.is_array() || json.empty()) refuse_ids(file, msg("The file does not hold a list of lists"));
    CalibrationSet set;
    set.rows.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        set.rows.push_back(checked_row(json[i], i, vocabulary, file));
        if (set.rows[i].size() != set.rows[0].size())
            refuse_ids(file, msg("Row %1 has %2 tokens, row 0 has %3", i, set.rows[i].size(), set.rows[0].size()));
    }
    set.record.source = "ids";
    set.record.samples = static_cast<std::int64_t>(set.rows.size());
    set.record.tokens = set.tokens();
    set.record.sequence_length = static_cast<int>(set.rows[0].size());
    return set;
}

std::filesystem::path built_in_calibration_file() { return resource("calibration.jsonl"); }
std::filesystem::path built_in_evaluation_file() { return resource("evaluation.txt"); }

} // namespace octavo
