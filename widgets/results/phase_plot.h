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
    void setPhases(const std::vector<PhaseRecord>& phases);
    static QString phaseLabel(const std::string& phase); ///< translated
    static QString stageLabel(const std::string& stage); ///< likewise, marked as a part

private:
    struct Row {
        QString name;
        double seconds, limit;
    };
    void label(const Row& row, double place, double longest);
    QString readoutText(const Row& row) const;
};

} // namespace octavo::gui
