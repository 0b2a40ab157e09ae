// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/quality_plots.h"

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
    setNamedAxis(yAxis, {tr("before"), tr("after")});
    setAxisTitles(tr("perplexity, 95 % interval of the paired difference"), QString());
    const auto point = [this](const QString& name, Tone tone, QCPScatterStyle::ScatterShape shape, double value, double row) {
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
    const double error = metrics.reference_perplexity ? *metrics.reference_perplexity * metrics.perplexity_ratio.standard_error * confidence : 0;
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
    setReadout([this, metrics, error](QPointF at) -> Readout {
        if (at.y() < 0.5 && metrics.reference_perplexity)
            return {{*metrics.reference_perplexity, 0}, tr("before: perplexity %1").arg(numberText(*metrics.reference_perplexity, 5))};
        return {{metrics.perplexity, 1}, tr("after: perplexity %1 ± %2").arg(numberText(metrics.perplexity, 5), numberText(error, 2))};
    });
}

DivergencePlot::DivergencePlot(QWidget* parent) : Plot(parent) { setLogarithmic(yAxis, true); }

void DivergencePlot::setMetrics(const Metrics& metrics) {
    clearSeries();
    const std::pair<QString, double> points[] = {{tr("median"), metrics.kl_median}, {tr("mean"), metrics.kl_divergence.value}, {tr("90 %"), metrics.kl_p90},
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
        }
    fit({.x = QCPRange(-0.6, 5.6)});
    setReadout([this, metrics](QPointF at) -> Readout {
        const int i = int(std::lround(at.x()));
        const double values[] = {metrics.kl_median, metrics.kl_divergence.value, metrics.kl_p90, metrics.kl_p99, metrics.kl_p999, metrics.kl_max};
        if (i < 0 || i > 5 || !(values[i] > 0)) return {};
        return {{double(i), values[i]}, tr("%1: %2 nats").arg(xAxis->tickVectorLabels().value(i), numberText(values[i], 3))};
    });
}

PhasePlot::PhasePlot(QWidget* parent) : Plot(parent) {
    yAxis->setRangeReversed(true);
    yAxis->grid()->setVisible(false);
}

QString PhasePlot::phaseLabel(const std::string& phase) {
    if (phase == "read") return tr("read");
    if (phase == "tokenise") return tr("tokenise");
    if (phase == "calibrate") return tr("calibrate and solve");
    if (phase == "encode") return tr("encode");
    if (phase == "export") return tr("export");
    if (phase == "verify") return tr("verify");
    if (phase == "evaluate") return tr("evaluate");
    return QString::fromStdString(phase);
}

void PhasePlot::setPhases(const std::vector<PhaseRecord>& phases) {
    clearSeries();
    QStringList names;
    auto* bars = new QCPBars(yAxis, xAxis);
    bars->setName(tr("seconds"));
    bars->setWidth(0.6);
    setTone(bars, Tone::after);
    double longest = 0;
    for (std::size_t i = 0; i < phases.size(); ++i) {
        names << phaseLabel(phases[i].name);
        bars->addData(double(i), phases[i].seconds);
        longest = std::max(longest, phases[i].seconds);
    }
    setNamedAxis(yAxis, names);
    setAxisTitles(tr("seconds"), QString());
    setHome({0, std::max(longest, 1e-3) * 1.06}, {-0.6, double(phases.size()) - 0.4});
    setReadout([this, phases](QPointF at) -> Readout {
        const long i = std::lround(at.y());
        if (i < 0 || i >= long(phases.size())) return {};
        const PhaseRecord& phase = phases[std::size_t(i)];
        return {{phase.seconds, double(i)}, tr("%1: %2 s").arg(phaseLabel(phase.name), QLocale().toString(phase.seconds, 'f', 1))};
    });
}

} // namespace octavo::gui
