// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/run_scatter.h"

#include <cmath>
#include <map>

#include "session/format.h"
#include "session/run_history.h"

namespace octavo::gui {

RunScatter::RunScatter(QWidget* parent) : Plot(parent) {
    setByteAxis(xAxis);
    showLegend();
    setReadout([this](QPointF at) -> Readout {
        const Point* point = nearestTo(at);
        if (!point) return {};
        return {{point->size, point->damage},
                tr("%1\n%2, %3: %4")
                    .arg(point->label, bytesText(std::uint64_t(point->size)), yAxis->label().simplified(),
                         numberText(point->damage, 3))};
    });
    connect(this, &Plot::clicked, this, [this](QPointF at) {
        if (const Point* point = nearestTo(at)) Q_EMIT runClicked(point->folder);
    });
}

double RunScatter::damageOf(const PastRun& run, Damage damage) {
    if (!run.record.metrics) return std::nan("");
    const Metrics& metrics = *run.record.metrics;
    if (damage == Damage::divergence)
        return metrics.kl_divergence.value > 0 ? metrics.kl_divergence.value : std::nan("");
    return metrics.reference_perplexity ? (metrics.perplexity_ratio.value - 1) * 100 : std::nan("");
}

QString RunScatter::labelOf(const PastRun& run) {
    return tr("%1 · %2 · %3")
        .arg(QString::fromStdString(run.record.model.name), run.scheme,
             QLocale().toString(run.started.toLocalTime(), QLocale::ShortFormat));
}

void RunScatter::setRuns(const std::vector<PastRun>& runs, Damage damage) {
    clearSeries();
    m_points.clear();
    setAxisTitles(tr("weights after quantization"),
                  damage == Damage::divergence ? tr("mean KL divergence, nats") : tr("rise of perplexity, %"));
    static const QCPScatterStyle::ScatterShape shapes[] = {
        QCPScatterStyle::ssDisc,     QCPScatterStyle::ssDiamond,          QCPScatterStyle::ssSquare,
        QCPScatterStyle::ssTriangle, QCPScatterStyle::ssTriangleInverted, QCPScatterStyle::ssCrossSquare,
        QCPScatterStyle::ssStar};
    std::map<QString, QCPGraph*> bySchemes;
    for (const PastRun& run : runs) {
        const double value = damageOf(run, damage);
        if (std::isnan(value) || run.record.weight_bytes_after == 0) continue;
        QCPGraph*& graph = bySchemes[run.scheme];
        if (!graph) {
            const int series = int(bySchemes.size()) - 1;
            graph = addPoints(run.scheme, Theme::series(series), shapes[series % 7], 9);
        }
        m_points.push_back({run.folder, labelOf(run), double(run.record.weight_bytes_after), value});
        graph->addData(m_points.back().size, value);
    }
    m_rings = addPoints(tr("chosen"), Tone::alert, QCPScatterStyle::ssCircle, 15);
    m_rings->setScatterStyle({QCPScatterStyle::ssCircle, 15});
    m_rings->removeFromLegend();
    QCPRange x(0, 1);
    if (!m_points.empty()) {
        x = {m_points[0].size, m_points[0].size};
        for (const Point& point : m_points) x.expand(point.size);
        const double air = std::max(x.size() * 0.12, x.upper * 0.05);
        x = {x.lower - air, x.upper + air};
    }
    fit({.floor = 0.0, .x = x});
}

void RunScatter::setChosen(const QStringList& folders) {
    if (!m_rings) return;
    m_rings->data()->clear();
    for (const Point& point : m_points)
        if (folders.contains(point.folder)) m_rings->addData(point.size, point.damage);
    QCPScatterStyle ring(QCPScatterStyle::ssCircle, QPen(theme().selection, 1.0), Qt::NoBrush, 15);
    m_rings->setScatterStyle(ring);
    replot(rpQueuedReplot);
}

const RunScatter::Point* RunScatter::nearestTo(QPointF at) const {
    const Point* best = nullptr;
    double nearest = 18; // px
    for (const Point& point : m_points) {
        const double distance = std::hypot(xAxis->coordToPixel(point.size) - xAxis->coordToPixel(at.x()),
                                           yAxis->coordToPixel(point.damage) - yAxis->coordToPixel(at.y()));
        if (distance >= nearest) continue;
        nearest = distance;
        best = &point;
    }
    return best;
}

} // namespace octavo::gui
