// SPDX-License-Identifier: GPL-3.0-or-later
#include "sensitivity_text.h"

#include <algorithm>
#include <cmath>

#include "output.h"

namespace octavo::cli {

namespace {

std::string interval(const KlMeasure& kl) {
    if (!std::isfinite(kl.low)) return "one window: unknown";
    return scientific(kl.low) + " - " + scientific(kl.high);
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
    if (tier == 3) lines.front().insert(lines.front().end(), {"KL divergence", "95 % interval", "same top"});
    for (const SensitivityRow* row : rows) {
        std::vector<std::string> line{row->group, row->scheme, fixed(row->bits_per_weight, 2),
                                      optional_text(row->weight_sqnr_db, decibels)};
        if (errors)
            line.insert(line.end(), {optional_text(row->relative_error_rounding, scientific),
                                     optional_text(row->relative_error_solved, scientific)});
        if (tier == 3)
            line.insert(line.end(), {scientific(row->kl->mean), interval(*row->kl), percent(row->kl->same_top, 2)});
        lines.push_back(std::move(line));
    }
    std::string out = octavo::cli::table(lines, {true, true});
    if (tier == 3)
        out += "  KL divergence of the logits in nats, one group quantized at a time, " +
               std::to_string(table.protocol.windows) + " windows of " +
               std::to_string(table.protocol.sequence_length) + " tokens of " + table.protocol.text + "; " +
               fixed(table.layer_forwards, 0) + " layer passes in " + duration_text(table.seconds) + ".\n";
    return out;
}

} // namespace octavo::cli
