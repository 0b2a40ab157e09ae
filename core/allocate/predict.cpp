// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/predict.h"

#include <map>
#include <string_view>

namespace octavo {

namespace {

/// Σ of one tier's divergences.
std::optional<double> sum_of(const SensitivityTable& table, const std::vector<MatrixReport>& layers, int tier) {
    std::map<std::string_view, std::string_view> scheme_of;
    for (const MatrixReport& report : layers) scheme_of.emplace(report.name, report.scheme);
    double sum = 0;
    bool any = false;
    std::string_view group;
    for (const SensitivityRow& row : table.rows) {
        if (row.group == group || row.modules.empty()) continue; // rows of a group follow each other
        group = row.group;
        const auto first = scheme_of.find(row.modules.front());
        if (first == scheme_of.end()) return std::nullopt;
        for (const std::string& name : row.modules)
            if (const auto found = scheme_of.find(name); found == scheme_of.end() || found->second != first->second)
                return std::nullopt;
        if (first->second.empty()) continue;
        const SensitivityRow* measured = table.find(row.group, std::string(first->second));
        if (!measured || !(tier == 3 ? measured->kl.has_value() : measured->gradient.has_value())) return std::nullopt;
        sum += measured->damage(tier);
        any = true;
    }
    if (!any) return std::nullopt;
    return sum;
}

} // namespace

std::optional<double> predicted_divergence(const SensitivityTable& table, const std::vector<MatrixReport>& layers) {
    const std::optional<double> measured = sum_of(table, layers, 3);
    return measured ? measured : sum_of(table, layers, 2);
}

} // namespace octavo
