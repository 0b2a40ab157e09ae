// SPDX-License-Identifier: GPL-3.0-or-later
#include "sensitivity_text.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "output.h"

namespace octavo::cli {

namespace {

template <class Measure>
std::string interval(const Measure& measure) {
    if (!std::isfinite(measure.low)) return "one window: unknown";
    return scientific(measure.low) + " - " + scientific(measure.high);
}

/// Why groups have no forecast, each reason once.
std::string missing_text(const SensitivityTable& table) {
    std::map<std::string, int> reasons;
    for (const SensitivityRow& row : table.rows)
        if (!row.gradient && !row.gradient_missing.empty()) ++reasons[row.gradient_missing.english()];
    std::string out;
    for (const auto& [reason, count] : reasons)
        out += "  Without a forecast: " + std::to_string(count) + " rows. " + reason + ".\n";
    return out;
}

std::string optional_text(const std::optional<double>& value, std::string (*format)(double)) {
    return value ? format(*value) : "-";
}

std::string decibels(double value) { return fixed(value, 1); }

} // namespace

std::string sensitivity_text(const SensitivityTable& table) {
    std::vector<const SensitivityRow*> rows;
    for (const SensitivityRow& row : table.rows) rows.push_back(&row);
    const int tier = table.tier();
    std::stable_sort(rows.begin(), rows.end(), [&](const SensitivityRow* a, const SensitivityRow* b) {
        return a->damage(tier) > b->damage(tier);
    });
    const bool errors = std::any_of(rows.begin(), rows.end(),
                                    [](const SensitivityRow* row) { return row->relative_error_solved.has_value(); });
    std::vector<std::vector<std::string>> lines{{"group", "scheme", "bits", "SQNR dB"}};
    if (errors) lines.front().insert(lines.front().end(), {"error rounded", "solved"});
    const bool forecast = std::any_of(table.rows.begin(), table.rows.end(),
                                      [](const SensitivityRow& row) { return row.gradient.has_value(); });
    if (forecast) lines.front().insert(lines.front().end(), {"KL forecast", "95 % interval"});
    if (tier == 3) lines.front().insert(lines.front().end(), {"KL divergence", "95 % interval", "same top"});
    for (const SensitivityRow* row : rows) {
        std::vector<std::string> line{row->group, row->scheme, fixed(row->bits_per_weight, 2),
                                      optional_text(row->weight_sqnr_db, decibels)};
        if (errors)
            line.insert(line.end(), {optional_text(row->relative_error_rounding, scientific),
                                     optional_text(row->relative_error_solved, scientific)});
        if (forecast && row->gradient)
            line.insert(line.end(), {scientific(row->gradient->mean), interval(*row->gradient)});
        else if (forecast)
            line.insert(line.end(), {"-", "-"});
        if (tier == 3)
            line.insert(line.end(), {scientific(row->kl->mean), interval(*row->kl), percent(row->kl->same_top, 2)});
        lines.push_back(std::move(line));
    }
    std::string out = octavo::cli::table(lines, {true, true}) + missing_text(table);
    if (tier >= 2)
        out += std::string(tier == 3 ? "  KL divergence of the logits in nats, one group quantized at a time, "
                                     : "  KL divergence of the logits in nats as gradients forecast it, ") +
               std::to_string(table.protocol.windows) + " windows of " +
               std::to_string(table.protocol.sequence_length) + " tokens of " + table.protocol.text + "; " +
               fixed(table.layer_forwards, 0) + " layer passes in " + duration_text(table.seconds) + ".\n";
    return out;
}

} // namespace octavo::cli
