// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_navigation.h"

#include <cmath>

namespace octavo::gui {
namespace {

constexpr int wheelBurst = 350; ///< ms: turns of the wheel within this time are one gesture
constexpr std::size_t deepest = 200;

bool isLogarithmic(const QCPAxis* axis) { return axis->scaleType() == QCPAxis::stLogarithmic; }

bool same(const QCPRange& a, const QCPRange& b) {
    const double tolerance = 1e-9 * std::max(std::abs(a.size()), std::abs(b.size()));
    return std::abs(a.lower - b.lower) <= tolerance && std::abs(a.upper - b.upper) <= tolerance;
}

bool same(const PlotNavigation::View& a, const PlotNavigation::View& b) {
    return same(a.first, b.first) && same(a.second, b.second);
}

/// `range` moved and, where it must be, shrunk to lie within `limit`.
QCPRange within(QCPRange range, const QCPRange& limit) {
    if (range.size() >= limit.size()) return limit;
    if (range.lower < limit.lower) return {limit.lower, limit.lower + range.size()};
    if (range.upper > limit.upper) return {limit.upper - range.size(), limit.upper};
    return range;
}

QCPRange logOf(const QCPRange& r) {
    return {std::log10(std::max(r.lower, 1e-300)), std::log10(std::max(r.upper, 1e-299))};
}
QCPRange powerOf(const QCPRange& r) { return {std::pow(10.0, r.lower), std::pow(10.0, r.upper)}; }

} // namespace

PlotNavigation::PlotNavigation(QCustomPlot* plot) : QObject(plot), m_plot(plot) {
    plot->setInteractions(QCP::iRangeDrag);
    m_home = m_atPress = view();
    for (QCPAxis* axis : {plot->xAxis, plot->yAxis})
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this, axis] {
            if (m_showing) return;
            bound(axis, axis == m_plot->xAxis ? m_home.first : m_home.second);
            Q_EMIT viewChanged();
        });
}

PlotNavigation::View PlotNavigation::view() const { return {m_plot->xAxis->range(), m_plot->yAxis->range()}; }

void PlotNavigation::setHome(const View& home, bool keepZoom) {
    const bool keep = keepZoom && isZoomed() && same(home, m_home);
    m_home = home;
    if (keep) return;
    m_stack.clear();
    show(home);
}

void PlotNavigation::show(const View& view) {
    m_showing = true;
    m_plot->xAxis->setRange(view.first);
    m_plot->yAxis->setRange(view.second);
    m_showing = false;
    Q_EMIT viewChanged();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void PlotNavigation::bound(QCPAxis* axis, const QCPRange& home) {
    const bool log = isLogarithmic(axis);
    QCPRange limit = log ? logOf(home) : home;
    // A little air around the data, so that the outermost mark can be pulled away from the frame.
    const double air = limit.size() * 0.08;
    limit = {limit.lower - air, limit.upper + air};
    const QCPRange now = log ? logOf(axis->range()) : axis->range();
    const QCPRange allowed = within(now, limit);
    if (same(now, allowed)) return;
    m_showing = true;
    axis->setRange(log ? powerOf(allowed) : allowed);
    m_showing = false;
}

void PlotNavigation::remember(bool merge) {
    const bool burst = merge && m_sinceGesture.isValid() && m_sinceGesture.elapsed() < wheelBurst && !m_stack.empty();
    m_sinceGesture.restart();
    if (burst) return;
    if (m_stack.size() == deepest) m_stack.erase(m_stack.begin());
    m_stack.push_back(view());
}

void PlotNavigation::reset() {
    if (same(view(), m_home)) return;
    remember(false);
    show(m_home);
}

void PlotNavigation::back() {
    m_sinceGesture.invalidate();
    if (m_stack.empty()) return;
    const View last = m_stack.back();
    m_stack.pop_back();
    show(last);
}

void PlotNavigation::zoom(double factor, Qt::Orientations axes, QPointF centre) {
    remember(true);
    if (axes & Qt::Horizontal) m_plot->xAxis->scaleRange(factor, m_plot->xAxis->pixelToCoord(centre.x()));
    if (axes & Qt::Vertical) m_plot->yAxis->scaleRange(factor, m_plot->yAxis->pixelToCoord(centre.y()));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void PlotNavigation::pan(double x, double y) {
    remember(true);
    const auto move = [](QCPAxis* axis, double share) {
        if (share == 0) return;
        if (!isLogarithmic(axis)) return axis->moveRange(axis->range().size() * share);
        const QCPRange log = logOf(axis->range());
        axis->setRange(powerOf({log.lower + log.size() * share, log.upper + log.size() * share}));
    };
    move(m_plot->xAxis, x);
    move(m_plot->yAxis, y);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void PlotNavigation::setRubberBandMode(bool on) { m_rubberBand = on; }

void PlotNavigation::mousePress(QMouseEvent* event) {
    m_pressed = event->button() == Qt::LeftButton;
    if (!m_pressed) return;
    m_atPress = view();
    const bool band = m_rubberBand != bool(event->modifiers() & Qt::ShiftModifier);
    m_plot->setSelectionRectMode(band ? QCP::srmZoom : QCP::srmNone);
}

void PlotNavigation::mouseRelease() {
    if (!m_pressed) return;
    m_pressed = false;
    if (same(m_atPress, view())) return;
    m_sinceGesture.invalidate();
    m_stack.push_back(m_atPress);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void PlotNavigation::wheel(QWheelEvent* event) {
    const double steps = event->angleDelta().y() / 120.0;
    if (steps == 0) return;
    const QRect room = m_plot->axisRect()->rect();
    Qt::Orientations axes = Qt::Horizontal | Qt::Vertical;
    // Over an axis, or with Ctrl, only that one.
    if (event->position().x() < room.left())
        axes = Qt::Vertical;
    else if (event->position().y() > room.bottom() || event->modifiers() & Qt::ControlModifier)
        axes = Qt::Horizontal;
    zoom(std::pow(0.85, steps), axes, event->position());
    event->accept();
}

} // namespace octavo::gui
