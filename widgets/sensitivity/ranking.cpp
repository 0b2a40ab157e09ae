// SPDX-License-Identifier: GPL-3.0-or-later
#include "sensitivity/ranking.h"

#include <algorithm>
#include <cmath>

namespace octavo::gui {

double Ranking::damageOf(const MatrixReport& report, Measure measure) {
    switch (measure) {
    case Measure::solved: return report.relative_error;
    case Measure::rounded: return report.relative_error_rounding;
    case Measure::weights: break;
    }
    return report.weight_sqnr_db > 0 ? std::pow(10.0, -report.weight_sqnr_db / 10) : 0;
}

Ranking::Ranking(const std::vector<MatrixReport>& reports, Measure measure) {
    for (const MatrixReport& report : reports) {
        if (report.scheme.empty()) continue;
        const double damage = damageOf(report, measure);
        if (!std::isfinite(damage)) continue;
        m_total += damage;
        m_entries.push_back({QString::fromStdString(report.name), QString::fromStdString(report.role), report.layer,
                             damage,
                             report.bytes_before > report.bytes_after ? report.bytes_before - report.bytes_after : 0});
    }
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [](const Entry& a, const Entry& b) { return a.damage > b.damage; });
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
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.name == matrix; });
    return found == m_entries.end() ? -1 : int(found - m_entries.begin());
}

QStringList Ranking::worst(int count) const {
    QStringList names;
    for (std::size_t i = 0; i < m_entries.size() && int(i) < count; ++i) names << m_entries[i].name;
    return names;
}

} // namespace octavo::gui
