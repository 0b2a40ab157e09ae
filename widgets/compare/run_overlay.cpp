// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/run_overlay.h"

#include <algorithm>
#include <cmath>

#include "session/format.h"
#include "session/losses.h"

namespace octavo::gui {
namespace {

constexpr std::size_t linePoints = 400; ///< of the curve along the text

} // namespace

RunOverlay::RunOverlay(QWidget* parent) : Plot(parent) {
    setIntegerAxis(xAxis);
    showLegend();
}

std::vector<RunOverlay::Point> RunOverlay::pointsOf(const OverlaidRun& one, What what, const QString& kind) {
    std::vector<Point> points;
    const std::vector<MatrixReport>& reports = one.run->record.layers;
    if (what == What::text) {
        if (one.losses)
            for (const auto& [token, difference] : differenceAlongText(*one.losses, linePoints))
                points.push_back({token, difference, tr("token %1").arg(std::lround(token))});
        return points;
    }
    std::string seen;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        const MatrixReport& report = reports[i];
        const QString site = QString::fromStdString(report.site);
        if (what == What::errors) {
            points.push_back({double(i), report.relative_error > 0 ? report.relative_error : std::nan(""),
                              layerLabel(QString::fromStdString(report.name))});
        } else if (report.site != seen && withinLayer(site) == kind) {
            seen = report.site;
            const std::vector<float> absmax = one.run->statistics.get(report.site, "absmax_after");
            if (!absmax.empty())
                points.push_back(
                    {double(report.layer), *std::max_element(absmax.begin(), absmax.end()), layerLabel(site)});
        }
    }
    return points;
}

void RunOverlay::setRuns(const std::vector<OverlaidRun>& runs, What what, const QString& kind) {
    clearSeries();
    m_points = 0;
    setLogarithmic(yAxis, what != What::text);
    if (what == What::errors)
        setAxisTitles(tr("matrix, in execution order"), tr("relative output error"));
    else if (what == What::ranges)
        setAxisTitles(tr("layer"), tr("absmax after smoothing, %1").arg(siteKindLabel(kind)));
    else
        setAxisTitles(tr("scored token"), tr("Δ loss, nats"));
    std::vector<std::vector<Point>> curves;
    double longest = 1;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        curves.push_back(pointsOf(runs[i], what, kind));
        QCPGraph* graph =
            addLine(runs[i].name, i == 0 ? Tone::before : Tone::after, i == 0 ? Qt::DashLine : Qt::SolidLine);
        for (const Point& point : curves.back()) {
            graph->addData(point.x, point.y);
            longest = std::max(longest, point.x);
        }
        m_points += curves.back().size();
    }
    fit({.x = QCPRange(-0.5, longest + 0.5)});
    setReadout([curves](QPointF at) -> Readout {
        Readout readout;
        for (const std::vector<Point>& curve : curves) {
            const auto near = std::min_element(curve.begin(), curve.end(), [&](const Point& a, const Point& b) {
                return std::abs(a.x - at.x()) < std::abs(b.x - at.x());
            });
            if (near == curve.end()) continue;
            if (readout.text.isEmpty()) {
                readout.position = {near->x, near->y};
                readout.text = near->label;
            }
            readout.text += QLatin1Char('\n') + numberText(near->y, 3);
        }
        return readout;
    });
}

} // namespace octavo::gui
