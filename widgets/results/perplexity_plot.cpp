// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/perplexity_plot.h"

#include <cmath>

#include "session/format.h"

namespace octavo::gui {
namespace {

constexpr double confidence = 1.96; ///< 95 % of a normal distribution, in standard errors

} // namespace

PerplexityPlot::PerplexityPlot(QWidget* parent) : Plot(parent) {
    yAxis->setRangeReversed(true);
    yAxis->grid()->setVisible(false);
}

void PerplexityPlot::setMetrics(const Metrics& metrics) {
    clearSeries();
    clearGuides();
    setNamedAxis(yAxis, {tr("before"), tr("after")});
    setAxisTitles(tr("perplexity, 95 % interval"), QString());
    const auto point = [this](const QString& name, Tone tone, QCPScatterStyle::ScatterShape shape, double value,
                              double row) {
        // Values run along x: the key axis is the vertical one.
        auto* graph = new QCPGraph(yAxis, xAxis);
        graph->setName(name);
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle({shape, 9});
        setTone(graph, tone);
        graph->addData(row, value);
        return graph;
    };
    double low = metrics.perplexity, high = metrics.perplexity;
    if (metrics.reference_perplexity) {
        point(tr("before"), Tone::before, QCPScatterStyle::ssCircle, *metrics.reference_perplexity, 0);
        low = std::min(low, *metrics.reference_perplexity);
        high = std::max(high, *metrics.reference_perplexity);
    }
    QCPGraph* after = point(tr("after"), Tone::after, QCPScatterStyle::ssDiamond, metrics.perplexity, 1);
    const double error = metrics.reference_perplexity
                             ? *metrics.reference_perplexity * metrics.perplexity_ratio.standard_error * confidence
                             : 0;
    if (error > 0) {
        auto* bars = new QCPErrorBars(yAxis, xAxis);
        bars->setDataPlottable(after);
        bars->setErrorType(QCPErrorBars::etValueError);
        bars->setName(tr("95 % interval"));
        bars->setWhiskerWidth(10);
        setTone(bars, Tone::after);
        bars->addData(error);
        low = std::min(low, metrics.perplexity - error);
        high = std::max(high, metrics.perplexity + error);
    }
    const double air = std::max((high - low) * 0.25, high * 0.002);
    setHome({low - air, high + air}, {-0.6, 1.6});
    const QLocale locale;
    const Qt::Alignment above = Qt::AlignHCenter | Qt::AlignBottom;
    constexpr double lift = 0.14; ///< rows, above the mark
    if (metrics.reference_perplexity)
        addLabel({*metrics.reference_perplexity, -lift}, locale.toString(*metrics.reference_perplexity, 'f', 2), above);
    const QString text = locale.toString(metrics.perplexity, 'f', 2);
    addLabel({metrics.perplexity, 1 - lift}, error > 0 ? tr("%1 ± %2").arg(text, locale.toString(error, 'f', 2)) : text,
             above);
    setReadout([this, metrics, error](QPointF at) -> Readout {
        if (at.y() < 0.5 && metrics.reference_perplexity)
            return {{*metrics.reference_perplexity, 0},
                    tr("before: perplexity %1").arg(numberText(*metrics.reference_perplexity, 5))};
        return {{metrics.perplexity, 1},
                tr("after: perplexity %1 ± %2").arg(numberText(metrics.perplexity, 5), numberText(error, 2))};
    });
}

} // namespace octavo::gui
