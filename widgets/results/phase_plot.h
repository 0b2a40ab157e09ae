// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "plot/plot.h"
#include "report/run_record.h"

namespace octavo::gui {

/// Seconds of each phase.
class PhasePlot final : public Plot {
    Q_OBJECT

public:
    explicit PhasePlot(QWidget* parent = nullptr);
    void setPhases(const std::vector<PhaseRecord>& phases);
    static QString phaseLabel(const std::string& phase); ///< translated
};

} // namespace octavo::gui
