// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/divergence_plot.h"

#include <cmath>

#include "session/format.h"

namespace octavo::gui {

DivergencePlot::DivergencePlot(QWidget* parent) : Plot(parent) { setLogarithmic(yAxis, true); }

void DivergencePlot::setMetrics(const Metrics& metrics) {
    clearSeries();
    clearGuides();
    const std::pair<QString, double> points[] = {
        {tr("median"), metrics.kl_median}, {tr("mean"), metrics.kl_divergence.value}, {tr("90 %"), metrics.kl_p90},
        {tr("99 %"), metrics.kl_p99},      {tr("99.9 %"), metrics.kl_p999},           {tr("max"), metrics.kl_max}};
    QStringList names;
    for (const auto& [name, value] : points) names << name;
    setNamedAxis(xAxis, names);
    setAxisTitles(tr("over the tokens"), tr("KL divergence, nats"));
    QCPGraph* graph = addLine(tr("KL divergence"), Tone::after);
    graph->setLineStyle(QCPGraph::lsNone);
    QCPGraph* stems = addImpulses(tr("stems"), Tone::after);
    graph->setScatterStyle({QCPScatterStyle::ssDiamond, 8});
    setTone(graph, Tone::after);
    for (int i = 0; i < 6; ++i)
        if (points[i].second > 0) {
            graph->addData(i, points[i].second);
            stems->addData(i, points[i].second);
            addLabel({double(i), points[i].second * 1.12}, numberText(points[i].second, 2),
                     Qt::AlignHCenter | Qt::AlignBottom);
        }
    fit({.x = QCPRange(-0.6, 5.6)});
    // Room for the figure above the largest.
    setHome(xAxis->range(), {yAxis->range().lower, yAxis->range().upper * 3});
    setReadout([this, metrics](QPointF at) -> Readout {
        const int i = int(std::lround(at.x()));
        const double values[] = {metrics.kl_median, metrics.kl_divergence.value,
                                 metrics.kl_p90,    metrics.kl_p99,
                                 metrics.kl_p999,   metrics.kl_max};
        if (i < 0 || i > 5 || !(values[i] > 0)) return {};
        return {{double(i), values[i]},
                tr("%1: %2 nats").arg(xAxis->tickVectorLabels().value(i), numberText(values[i], 3))};
    });
}

} // namespace octavo::gui
