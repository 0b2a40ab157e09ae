// SPDX-License-Identifier: GPL-3.0-or-later
#include "sensitivity/ranking.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace octavo::gui {

double Ranking::damageOf(const MatrixReport& report, Measure measure) {
    switch (measure) {
    case Measure::solved: return report.relative_error;
    case Measure::rounded: return report.relative_error_rounding;
    default: break;
    }
    return report.weight_sqnr_db > 0 ? std::pow(10.0, -report.weight_sqnr_db / 10) : 0;
}

Ranking::Ranking(const std::vector<MatrixReport>& reports, Measure measure) {
    for (const MatrixReport& report : reports) {
        if (report.scheme.empty()) continue;
        Entry entry;
        entry.damage = entry.low = entry.high = damageOf(report, measure);
        if (!std::isfinite(entry.damage)) continue;
        entry.name = QString::fromStdString(report.name);
        entry.role = QString::fromStdString(report.role);
        entry.layer = report.layer;
        entry.saved = report.bytes_before > report.bytes_after ? report.bytes_before - report.bytes_after : 0;
        entry.matrices = {entry.name};
        m_entries.push_back(std::move(entry));
    }
    sort();
}

Ranking::Ranking(const SensitivityTable& table, const std::vector<MatrixReport>& reports, Measure measure) {
    const bool forecast = measure == Measure::forecast;
    const auto meanOf = [](const auto& known) { return known ? std::optional(known->mean) : std::nullopt; };
    std::map<std::string, std::string> schemes;
    for (const MatrixReport& report : reports) schemes[report.name] = report.scheme;
    std::map<std::string, const SensitivityRow*> chosen;
    for (const SensitivityRow& row : table.rows) {
        const std::optional<double> damage = forecast ? meanOf(row.gradient) : meanOf(row.kl);
        if (!damage || !std::isfinite(*damage) || row.modules.empty()) continue;
        const SensitivityRow*& known = chosen[row.group];
        if (!known || schemes[row.modules.front()] == row.scheme) known = &row;
    }
    for (const auto& [group, row] : chosen) {
        Entry entry;
        entry.name = QString::fromStdString(group);
        entry.role = QString::fromStdString(row->role);
        entry.layer = row->layer;
        entry.divergence = meanOf(row->kl);
        entry.forecast = meanOf(row->gradient);
        entry.damage = forecast ? *entry.forecast : *entry.divergence;
        entry.low = forecast ? row->gradient->low : row->kl->low;
        entry.high = forecast ? row->gradient->high : row->kl->high;
        if (row->kl) entry.sameTop = row->kl->same_top;
        entry.saved = row->bytes_before > row->bytes ? row->bytes_before - row->bytes : 0;
        for (const std::string& module : row->modules) entry.matrices << QString::fromStdString(module);
        m_entries.push_back(std::move(entry));
    }
    sort();
}

void Ranking::sort() {
    for (const Entry& entry : m_entries) m_total += entry.damage;
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [](const Entry& a, const Entry& b) { return a.damage > b.damage; });
}

bool Ranking::hasIntervals() const {
    return std::any_of(m_entries.begin(), m_entries.end(), [](const Entry& entry) { return entry.high > entry.low; });
}

std::vector<double> Ranking::cumulative() const {
    std::vector<double> shares;
    double sum = 0;
    for (const Entry& entry : m_entries) {
        sum += entry.damage;
        shares.push_back(m_total > 0 ? sum / m_total : 0);
    }
    return shares;
}

int Ranking::rankOf(const QString& matrix) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return entry.matrices.contains(matrix); });
    return found == m_entries.end() ? -1 : int(found - m_entries.begin());
}

QStringList Ranking::worst(int count) const {
    QStringList names;
    for (std::size_t i = 0; i < m_entries.size() && int(i) < count; ++i) names << m_entries[i].matrices;
    return names;
}

} // namespace octavo::gui
