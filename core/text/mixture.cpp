// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <random>

#include "text/calibration.h"
#include "text/shuffle.h"

namespace octavo {

namespace {

/// Uniform in [0, bound): the distributions of the standard library differ between its implementations, this does not.
std::uint64_t draw_below(std::mt19937_64& generator, std::uint64_t bound) {
    const auto rejected = (0 - bound) % bound; // 2^64 mod bound values at the bottom would be drawn once too often
    for (;;)
        if (const auto value = generator(); value >= rejected) return value % bound;
}

constexpr std::array known_columns{"messages", "conversations", "prompt",  "response", "completion", "text",
                                   "system",   "role",          "content", "from",     "value"};

std::string listing() {
    std::string out;
    for (const char* name : known_columns) out += (out.empty() ? "" : ", ") + std::string(name);
    return out;
}

} // namespace

/// Fisher-Yates.
std::vector<std::size_t> shuffled(std::size_t count, std::uint64_t seed) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::mt19937_64 generator(seed);
    for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[draw_below(generator, i)]);
    return order;
}

ColumnNames column_names(const std::string& text) {
    ColumnNames out;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        const std::string pair = text.substr(start, end - start);
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals + 1 >= pair.size())
            throw Error(ErrorCode::usage, msg("\"%1\" does not say which column stands for which", pair),
                        msg("Write pairs as in messages=conversation,role=speaker."));
        const std::string name = pair.substr(0, equals);
        if (std::ranges::find(known_columns, name) == known_columns.end())
            throw Error(ErrorCode::usage, msg("There is no column \"%1\" to be named", name),
                        msg("The columns are: %1.", listing()));
        if (!out.emplace(name, pair.substr(equals + 1)).second)
            throw Error(ErrorCode::usage, msg("The column \"%1\" is named twice", name), msg("Name it once."));
        start = end + 1;
    }
    return out;
}

std::string DataSource::name() const {
    switch (kind) {
    case Kind::built_in: return "built-in";
    case Kind::self: return "self";
    case Kind::file: break;
    }
    return file.filename().string();
}

DataSource data_source(const std::string& text) {
    DataSource out;
    std::string name = text;
    // A colon may belong to the file's name: what stands behind the last one has to be a number.
    if (const std::size_t colon = text.rfind(':'); colon != std::string::npos) {
        const char *begin = text.data() + colon + 1, *end = text.data() + text.size();
        double weight = 0;
        const auto [rest, status] = std::from_chars(begin, end, weight);
        if (status == std::errc() && rest == end) {
            if (!(weight > 0 && std::isfinite(weight)))
                throw Error(ErrorCode::usage, msg("The weight of \"%1\" is not above 0", text),
                            msg("Write FILE:WEIGHT, as in chats.jsonl:2."));
            out.weight = weight;
            name = text.substr(0, colon);
        }
    }
    if (name.empty())
        throw Error(ErrorCode::usage, msg("The calibration data have no name"), msg("Give a file, builtin or self."));
    if (name == "self")
        out.kind = DataSource::Kind::self;
    else if (name == "builtin")
        out.kind = DataSource::Kind::built_in;
    else
        out.file = name;
    return out;
}

std::vector<std::size_t> shares(const std::vector<DataSource>& parts, std::size_t samples) {
    if (samples < parts.size())
        throw Error(ErrorCode::usage, msg("%1 samples cannot come from %2 datasets", samples, parts.size()),
                    msg("Use more samples or fewer datasets."));
    double sum = 0;
    for (const DataSource& part : parts) sum += part.weight;
    std::vector<std::size_t> out;
    std::vector<std::pair<double, std::size_t>> remainders;
    const auto spare = static_cast<double>(samples - parts.size()); // one for each beforehand
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const double wanted = spare * parts[i].weight / sum;
        out.push_back(1 + static_cast<std::size_t>(wanted));
        remainders.emplace_back(std::floor(wanted) - wanted, i); // the largest remainder first
    }
    std::ranges::sort(remainders);
    std::size_t left = samples - std::accumulate(out.begin(), out.end(), std::size_t(0));
    for (std::size_t i = 0; left > 0; i = (i + 1) % remainders.size(), --left) ++out[remainders[i].second];
    return out;
}

CalibrationSet mixed(std::vector<CalibrationSet> parts, std::uint64_t seed) {
    if (parts.size() == 1) return std::move(parts.front());
    std::vector<std::vector<std::int32_t>*> rows;
    CalibrationSet out;
    for (CalibrationSet& part : parts) {
        if (!out.record.source.empty()) out.record.source += ", ";
        out.record.source += part.record.source + " (" + std::to_string(part.rows.size()) + ")";
        for (Message& note : part.notes) out.notes.push_back(msg("%1: %2", part.record.source, std::move(note)));
        for (auto& row : part.rows) rows.push_back(&row);
    }
    for (const std::size_t i : shuffled(rows.size(), seed)) out.rows.push_back(std::move(*rows[i]));
    out.record.samples = static_cast<std::int64_t>(out.rows.size());
    out.record.tokens = out.tokens();
    out.record.sequence_length = parts.front().record.sequence_length;
    out.record.packed = parts.front().record.packed;
    out.record.seed = seed;
    return out;
}

} // namespace octavo
