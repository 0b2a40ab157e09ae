// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks/loss_strip.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

LossStrip::LossStrip(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    setAccessibleName(tr("Relative output error per layer"));
    connect(&session.view(), &RunView::runChanged, this, &LossStrip::collect);
    connect(&session.view(), &RunView::reportsGrown, this, &LossStrip::collect);
    connect(&session.selection(), &LayerSelection::changed, this, qOverload<>(&QWidget::update));
    collect();
}

QSize LossStrip::sizeHint() const { return {fontMetrics().height() * 26, fontMetrics().height() * 4}; }
QSize LossStrip::minimumSizeHint() const { return {fontMetrics().height() * 10, fontMetrics().height() * 3}; }

void LossStrip::collect() {
    const RunView& view = m_session.view();
    m_errors.assign(static_cast<std::size_t>(std::max(view.layers(), 0)), std::nan(""));
    for (const MatrixReport& report : view.reports()) {
        if (report.layer < 0 || static_cast<std::size_t>(report.layer) >= m_errors.size() || report.relative_error <= 0)
            continue;
        double& error = m_errors[static_cast<std::size_t>(report.layer)];
        error = std::isnan(error) ? report.relative_error : std::max(error, report.relative_error);
    }
    update();
}

QRectF LossStrip::area() const {
    const int line = fontMetrics().height();
    return QRectF(rect()).adjusted(0, line + 2, 0, -1);
}

int LossStrip::layerAt(const QPointF& point) const {
    if (m_errors.empty()) return -1;
    return std::clamp(
        static_cast<int>((point.x() - area().left()) / area().width() * static_cast<double>(m_errors.size())), 0,
        static_cast<int>(m_errors.size()) - 1);
}

void LossStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    double low = 0, high = 0;
    bool any = false;
    for (const double error : m_errors) {
        if (std::isnan(error)) continue;
        low = any ? std::min(low, error) : error;
        high = any ? std::max(high, error) : error;
        any = true;
    }
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QRectF bars = area();
    const QString title = any ? tr("Worst error per layer (log), %1 … %2").arg(numberText(low, 2), numberText(high, 2))
                              : tr("Error per layer: none measured yet");
    painter.drawText(QRectF(0, 0, width(), bars.top()), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(title, Qt::ElideRight, width()));
    painter.drawLine(QPointF(bars.left(), bars.bottom()), QPointF(bars.right(), bars.bottom()));
    if (!any) return;
    // A decade at least: errors that are nearly the same look so. The smallest bar keeps a tenth of the height.
    const double span = std::log(std::max(high / low, 10.0)),
                 step = bars.width() / static_cast<double>(m_errors.size());
    for (std::size_t i = 0; i < m_errors.size(); ++i) {
        if (std::isnan(m_errors[i])) continue;
        const double part = 1 - 0.9 * std::log(high / m_errors[i]) / span;
        const bool selected = static_cast<int>(i) == m_session.selection().layer();
        const QColor color = selected ? palette().color(QPalette::Highlight) : QColor(0xe6, 0x9f, 0x00);
        painter.fillRect(QRectF(bars.left() + step * static_cast<double>(i) + step * 0.12,
                                bars.bottom() - bars.height() * part, std::max(step * 0.76, 1.0), bars.height() * part),
                         color);
    }
}

void LossStrip::mousePressEvent(QMouseEvent* event) {
    if (const int layer = layerAt(event->position()); layer >= 0) m_session.selection().setLayer(layer);
}

bool LossStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int layer = layerAt(help->pos());
        if (layer >= 0 && !std::isnan(m_errors[static_cast<std::size_t>(layer)]))
            QToolTip::showText(help->globalPos(),
                               tr("Layer %1: relative error %2")
                                   .arg(layer)
                                   .arg(numberText(m_errors[static_cast<std::size_t>(layer)], 3)),
                               this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace octavo::gui
