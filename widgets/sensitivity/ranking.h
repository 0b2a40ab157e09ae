// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

#include "report/run_record.h"
#include "report/sensitivity.h"

namespace octavo::gui {

/// Matrices, or groups of them, by the damage that quantizing them did, worst first.
class Ranking {
public:
    enum class Measure {
        solved,     ///< relative output error of what was written
        rounded,    ///< the same if the weights had only been rounded
        weights,    ///< relative error of the weights alone: needs no data
        divergence, ///< KL divergence of the logits when this group alone is quantized
        forecast    ///< the same, forecast from gradients
    };
    struct Entry {
        QString name, role; ///< of a matrix, or of a fused set
        int layer = -1;
        double damage = 0;
        std::uint64_t saved = 0; ///< bytes that quantizing it saves
        QStringList matrices;
        double low = 0, high = 0; ///< 95 % interval of the damage; equal where it is not known
        double sameTop = 0;       ///< fraction of tokens whose most likely next one stays; with divergence only
        std::optional<double> divergence, forecast; ///< of a group, where they are known
    };

    Ranking() = default;
    Ranking(const std::vector<MatrixReport>& reports, Measure measure);
    /// Of groups by measured or forecast divergence, each under the scheme that the run gave it, else under the first
    /// one that was measured.
    Ranking(const SensitivityTable& table, const std::vector<MatrixReport>& reports,
            Measure measure = Measure::divergence);

    const std::vector<Entry>& entries() const { return m_entries; }
    double total() const { return m_total; }
    bool isMeaningful() const { return m_total > 0; }
    bool hasIntervals() const;
    /// Share of the total damage in the worst 1, 2, … entries; rises to 1.
    std::vector<double> cumulative() const;
    int rankOf(const QString& matrix) const; ///< of the entry that holds it; −1 when absent
    QStringList worst(int count) const;      ///< matrices of the worst entries

    static double damageOf(const MatrixReport& report, Measure measure);

private:
    void sort();

    std::vector<Entry> m_entries;
    double m_total = 0;
};

} // namespace octavo::gui
