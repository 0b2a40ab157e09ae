// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

} // namespace octavo::gui
