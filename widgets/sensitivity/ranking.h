// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

#include "report/run_record.h"

namespace octavo::gui {

/// Matrices by the damage that quantizing them did, worst first.
class Ranking {
public:
    enum class Measure {
        solved,  ///< relative output error of what was written
        rounded, ///< the same if the weights had only been rounded
        weights  ///< relative error of the weights alone: needs no data
    };
    struct Entry {
        QString name, role;
        int layer = -1;
        double damage = 0;
        std::uint64_t saved = 0; ///< bytes that quantizing it saves
    };

    Ranking() = default;
    Ranking(const std::vector<MatrixReport>& reports, Measure measure);

    const std::vector<Entry>& entries() const { return m_entries; }
    double total() const { return m_total; }
    bool isMeaningful() const { return m_total > 0; }
    /// Share of the total damage in the worst 1, 2, … entries; rises to 1.
    std::vector<double> cumulative() const;
    int rankOf(const QString& matrix) const; ///< −1 when absent
    QStringList worst(int count) const;

    static double damageOf(const MatrixReport& report, Measure measure);

private:
    std::vector<Entry> m_entries;
    double m_total = 0;
};

} // namespace octavo::gui
