// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/plot.h"
#include "report/run_record.h"

namespace octavo::gui {

/// Percentiles of the KL divergence over tokens.
class DivergencePlot final : public Plot {
    Q_OBJECT

public:
    explicit DivergencePlot(QWidget* parent = nullptr);
    void setMetrics(const Metrics& metrics);
};

} // namespace octavo::gui
