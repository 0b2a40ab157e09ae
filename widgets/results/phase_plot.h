// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "plot/plot.h"
#include "report/run_record.h"

namespace octavo::gui {

/// Seconds of each phase and of the stages inside it, and how many of them the machine needs at its limit.
class PhasePlot final : public Plot {
    Q_OBJECT

public:
    explicit PhasePlot(QWidget* parent = nullptr);
    /// Where there is no room for all of them, the longest ones are shown.
    void setPhases(const std::vector<PhaseRecord>& phases);
    static QString phaseLabel(const std::string& phase); ///< translated
    static QString stageLabel(const std::string& stage); ///< likewise, marked as a part

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Row {
        QString name;
        double seconds, limit;
    };
    qsizetype rowsThatFit() const;
    bool isNarrow() const; ///< no room for more than seconds beside a bar
    QList<Row> shownRows() const;
    void draw();
    void label(const Row& row, double place, double longest);
    QString readoutText(const Row& row) const;

    QList<Row> m_rows; ///< phases and stages in their order
    qsizetype m_drawn = 0;
    bool m_drawnNarrow = false;
};

} // namespace octavo::gui
