// SPDX-License-Identifier: GPL-3.0-or-later
#include "pareto/front_plot.h"

#include <algorithm>
#include <cmath>

#include "session/format.h"

namespace octavo::gui {

FrontPlot::FrontPlot(QWidget* parent) : Plot(parent) {
    setByteAxis(xAxis);
    setLogarithmic(yAxis, true);
    showLegend();
    setReadout([this](QPointF at) { return read(at); });
}

void FrontPlot::setFront(const std::vector<Allocator::Point>& front, const std::vector<Spot>& uniform,
                         const std::vector<Spot>& measured, const QString& damageTitle) {
    clearSeries();
    clearGuides();
    m_front = front;
    m_spots = uniform;
    m_spots.insert(m_spots.end(), measured.begin(), measured.end());
    setAxisTitles(tr("size of the whole model"), damageTitle);
    QCPGraph* line = addLine(tr("best mixes"), Tone::after);
    for (const Allocator::Point& point : front)
        if (point.damage > 0) line->addData(double(point.bytes), point.damage);
    QCPGraph* points = addPoints(tr("one scheme for all"), Tone::before, QCPScatterStyle::ssSquare, 8);
    labelUniform(uniform, points);
    if (!measured.empty()) {
        QCPGraph* runs = addPoints(tr("measured runs"), Tone::third, QCPScatterStyle::ssDiamond, 9);
        for (const Spot& spot : measured) runs->addData(spot.bytes, spot.damage);
    }
    m_chosen = addPoints(tr("chosen mix"), Tone::alert, QCPScatterStyle::ssDisc, 12);
    QCPRange x(0, 1);
    if (!front.empty()) x = {double(front.front().bytes), double(front.back().bytes)};
    for (const Spot& spot : m_spots) x.expand(spot.bytes);
    const double air = std::max(x.size() * 0.05, x.upper * 0.01);
    fit({.x = QCPRange(x.lower - air, x.upper + air), .air = 0.12});
    // The last groups to be quantized cost next to nothing: they would stretch the axis over many empty decades.
    const double least = front.empty() ? 0 : front.front().damage * 1e-5;
    if (const QCPRange y = yAxis->range(); y.lower < least) setHome(xAxis->range(), {least, y.upper});
}

void FrontPlot::labelUniform(const std::vector<Spot>& uniform, QCPGraph* points) {
    const double width = m_front.empty() ? 0 : double(m_front.back().bytes) - double(m_front.front().bytes);
    const auto isCrowded = [&](const Spot& one) {
        return std::ranges::any_of(uniform, [&](const Spot& other) {
            return other.bytes < one.bytes && one.bytes - other.bytes < 0.12 * width &&
                   std::fabs(std::log10(one.damage / other.damage)) < 0.5;
        });
    };
    for (const Spot& spot : uniform) {
        if (spot.damage <= 0) continue;
        points->addData(spot.bytes, spot.damage);
        // The line falls to the right and nothing is below it: above on the right is free, and so is clear below.
        if (isCrowded(spot))
            addLabel({spot.bytes, 0.4 * spot.damage}, spot.label, Qt::AlignHCenter | Qt::AlignTop);
        else
            addLabel({spot.bytes, spot.damage}, spot.label, Qt::AlignLeft | Qt::AlignBottom);
    }
}

void FrontPlot::setChosen(double bytes, double damage) {
    if (!m_chosen) return;
    m_chosen->data()->clear();
    // With next to no damage it stands at the lower edge: a logarithmic axis has no zero.
    m_chosen->addData(bytes, std::max(damage, yAxis->range().lower));
    replot(rpQueuedReplot);
}

bool FrontPlot::isOnChosen(QPointF pixel) const {
    if (!m_chosen || m_chosen->data()->isEmpty()) return false;
    const auto point = m_chosen->data()->constBegin();
    return std::hypot(xAxis->coordToPixel(point->key) - pixel.x(), yAxis->coordToPixel(point->value) - pixel.y()) < 14;
}

void FrontPlot::mousePressEvent(QMouseEvent* event) {
    m_dragging = event->button() == Qt::LeftButton && isOnChosen(event->position());
    if (!m_dragging) Plot::mousePressEvent(event);
}

void FrontPlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragging) {
        Q_EMIT dragged(xAxis->pixelToCoord(event->position().x()));
        return;
    }
    if (!event->buttons()) setCursor(isOnChosen(event->position()) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    Plot::mouseMoveEvent(event);
}

void FrontPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_dragging) return Plot::mouseReleaseEvent(event);
    m_dragging = false;
}

void FrontPlot::keyPressEvent(QKeyEvent* event) {
    if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        Q_EMIT moved(event->key() == Qt::Key_Right ? 1 : -1);
    else
        Plot::keyPressEvent(event);
}

Readout FrontPlot::read(QPointF at) const {
    const QPointF cursor(xAxis->coordToPixel(at.x()), yAxis->coordToPixel(at.y()));
    const auto distance = [&](double bytes, double damage) {
        return damage > 0
                   ? std::hypot(xAxis->coordToPixel(bytes) - cursor.x(), yAxis->coordToPixel(damage) - cursor.y())
                   : 1e9;
    };
    double nearest = 18; // px
    Readout out;
    for (const Spot& spot : m_spots)
        if (const double away = distance(spot.bytes, spot.damage); away < nearest) {
            nearest = away;
            QString text =
                tr("%1\n%2, %3: %4")
                    .arg(spot.label, bytesText(std::uint64_t(spot.bytes)), yAxis->label(), numberText(spot.damage, 3));
            if (spot.predicted) text += QLatin1Char('\n') + tr("foretold: %1").arg(numberText(*spot.predicted, 3));
            out = {{spot.bytes, spot.damage}, text};
        }
    for (const Allocator::Point& point : m_front)
        if (const double away = distance(double(point.bytes), point.damage); away < nearest) {
            nearest = away;
            out = {{double(point.bytes), point.damage},
                   tr("best mix of this size\n%1, %2 bits per weight\n%3: %4")
                       .arg(bytesText(point.bytes), numberText(point.bits_per_weight, 3), yAxis->label(),
                            numberText(point.damage, 3))};
        }
    return out;
}

} // namespace octavo::gui
