// SPDX-License-Identifier: GPL-3.0-or-later
#include "activations/range_plot.h"

#include <cmath>

#include "report/run_folder.h"

namespace octavo::gui {

double histogramQuantile(const std::vector<float>& counts, double share) {
    double total = 0;
    for (const float count : counts) total += count;
    if (!(total > 0)) return std::nan("");
    double sum = 0;
    for (int bin = 0; bin < int(counts.size()); ++bin) {
        sum += counts[std::size_t(bin)];
        if (sum >= share * total && counts[std::size_t(bin)] > 0)
            return bin == 0 ? 0 : std::sqrt(histogram_lower_edge(bin)) * std::sqrt(histogram_lower_edge(bin + 1));
    }
    return std::nan("");
}

RangePlot::RangePlot(QWidget* parent) : Plot(parent) {
    setIntegerAxis(xAxis);
    showLegend();
}

void RangePlot::setRanges(const std::vector<LayerRange>& before, const std::vector<LayerRange>& after, Show show,
                          bool logarithmic, int layers) {
    clearSeries();
    // Signed values have no logarithm: boxes then show |x|, and the range its two magnitudes.
    setLogarithmic(yAxis, logarithmic);
    const bool both = !before.empty() && !after.empty();
    if (show == Show::absmax) {
        setAxisTitles(tr("layer"), tr("input absmax"));
        if (!before.empty())
            addAbsmax(before, tr("before smoothing"), Tone::before, Qt::DashLine, QCPScatterStyle::ssCircle);
        if (!after.empty())
            addAbsmax(after, tr("after smoothing"), Tone::after, Qt::SolidLine, QCPScatterStyle::ssDiamond);
    } else if (show == Show::range && !logarithmic) {
        setAxisTitles(tr("layer"), tr("input range"));
        if (!before.empty()) addRange(before, tr("before smoothing"), Tone::before, Qt::DashLine);
        if (!after.empty()) addRange(after, tr("after smoothing"), Tone::after, Qt::SolidLine);
    } else {
        setAxisTitles(tr("layer"), logarithmic ? tr("|input|, 1–99 %") : tr("input, 1–99 %"));
        if (!before.empty()) addBoxes(before, tr("before smoothing"), Tone::before, both ? -0.2 : 0, logarithmic);
        if (!after.empty()) addBoxes(after, tr("after smoothing"), Tone::after, both ? 0.2 : 0, logarithmic);
    }
    const int last = layers - 1;
    fit({.floor = show == Show::absmax ? std::optional<double>(0) : std::nullopt, .x = QCPRange(-0.6, last + 0.6)});
}

void RangePlot::addAbsmax(const std::vector<LayerRange>& ranges, const QString& name, Tone tone, Qt::PenStyle line,
                          QCPScatterStyle::ScatterShape shape) {
    QCPGraph* graph = addLine(name, tone, line);
    graph->setScatterStyle({shape, 5.0});
    setTone(graph, tone, line);
    for (const LayerRange& range : ranges) graph->addData(range.layer, range.absmax);
}

void RangePlot::addRange(const std::vector<LayerRange>& ranges, const QString& name, Tone tone, Qt::PenStyle line) {
    QCPGraph* low = addLine(name + tr(", minimum"), tone, line);
    QCPGraph* high = addLine(name + tr(", maximum"), tone, line);
    low->removeFromLegend();
    high->removeFromLegend();
    high->setScatterStyle({QCPScatterStyle::ssTriangle, 5.0});
    low->setScatterStyle({QCPScatterStyle::ssTriangleInverted, 5.0});
    setTone(low, tone, line);
    setTone(high, tone, line);
    high->setName(name);
    high->addToLegend();
    for (const LayerRange& range : ranges) {
        low->addData(range.layer, range.minimum);
        high->addData(range.layer, range.maximum);
    }
}

void RangePlot::addBoxes(const std::vector<LayerRange>& ranges, const QString& name, Tone tone, double shift,
                         bool magnitude) {
    auto* box = new QCPStatisticalBox(xAxis, yAxis);
    box->setName(name);
    box->setWidth(0.36);
    box->setWhiskerWidth(0.2);
    setTone(box, tone);
    QCPGraph* ends = addPoints(name + tr(", extremes"), tone,
                               tone == Tone::before ? QCPScatterStyle::ssCircle : QCPScatterStyle::ssDiamond, 4);
    ends->removeFromLegend();
    for (const LayerRange& range : ranges) {
        const double* p = magnitude ? range.magnitudePercentiles : range.percentiles;
        const double key = range.layer + shift;
        // A logarithmic axis cannot show a percentile of zero: most of the input may be exactly that.
        const auto shown = [&](double value) { return magnitude ? std::max(value, range.absmax * 1e-6) : value; };
        if (!std::isnan(p[2])) box->addData(key, shown(p[0]), shown(p[1]), shown(p[2]), shown(p[3]), shown(p[4]));
        ends->addData(key, magnitude ? range.absmax : range.maximum);
        if (!magnitude) ends->addData(key, range.minimum);
    }
}

} // namespace octavo::gui
