// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "plot/plot.h"

namespace octavo::gui {

/// What is known about one layer's input, before or after smoothing. NaN = not known.
struct LayerRange {
    int layer = 0;
    double minimum = 0, maximum = 0, absmax = 0;
    double percentiles[5] = {};          ///< signed: 1, 25, 50, 75, 99 %
    double magnitudePercentiles[5] = {}; ///< the same of |x|
};

/// Quantile `share` of |x| from a log-spaced histogram of report/run_folder.h; geometric middle of its bin, NaN when it
/// is empty.
double histogramQuantile(const std::vector<float>& counts, double share);

/// Range of one kind of input over the layers, before and after smoothing.
class RangePlot final : public Plot {
    Q_OBJECT

public:
    enum class Show { absmax, range, boxes };

    explicit RangePlot(QWidget* parent = nullptr);
    /// `layers`: how many the axis shows, whether they are there already or not.
    void setRanges(const std::vector<LayerRange>& before, const std::vector<LayerRange>& after, Show show,
                   bool logarithmic, int layers);

private:
    void addAbsmax(const std::vector<LayerRange>& ranges, const QString& name, Tone tone, Qt::PenStyle line,
                   QCPScatterStyle::ScatterShape shape);
    void addRange(const std::vector<LayerRange>& ranges, const QString& name, Tone tone, Qt::PenStyle line);
    void addBoxes(const std::vector<LayerRange>& ranges, const QString& name, Tone tone, double shift, bool magnitude);
};

} // namespace octavo::gui
