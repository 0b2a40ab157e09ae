// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/plot.h"
#include "smoothing/smoothing_data.h"

namespace octavo::gui {

/// Relative output error over the smoothing strength: measured points, the prediction, the chosen and the best
/// strength, and what is expected of scales that were found channel by channel.
class ErrorPlot final : public Plot {
    Q_OBJECT

public:
    explicit ErrorPlot(QWidget* parent = nullptr);
    void setData(const SmoothingData& data);
    void setStrength(double strength); ///< of the slider; < 0 hides
    QCPGraph* measured() const { return m_measured; }
    QCPGraph* predicted() const { return m_predicted; }
    QCPGraph* balanced() const { return m_balanced; } ///< null when the scales are a strength's

private:
    QCPGraph* m_measured = nullptr;
    QCPGraph* m_predicted = nullptr;
    QCPGraph* m_balanced = nullptr;
};

} // namespace octavo::gui
