// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "plot/plot.h"
#include "report/run_record.h"

namespace octavo::gui {

/// Perplexity before and after with the 95 % interval of the paired comparison.
class PerplexityPlot final : public Plot {
    Q_OBJECT

public:
    explicit PerplexityPlot(QWidget* parent = nullptr);
    void setMetrics(const Metrics& metrics);
};

/// Percentiles of the KL divergence over tokens.
class DivergencePlot final : public Plot {
    Q_OBJECT

public:
    explicit DivergencePlot(QWidget* parent = nullptr);
    void setMetrics(const Metrics& metrics);
};

/// Seconds of each phase.
class PhasePlot final : public Plot {
    Q_OBJECT

public:
    explicit PhasePlot(QWidget* parent = nullptr);
    void setPhases(const std::vector<PhaseRecord>& phases);
    static QString phaseLabel(const std::string& phase); ///< translated
};

} // namespace octavo::gui
