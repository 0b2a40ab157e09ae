// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_tracer.h"

#include "plot/qcp.h"

namespace octavo::gui {

PlotTracer::PlotTracer(QCustomPlot* plot) : QObject(plot), m_plot(plot) {
    plot->addLayer(QStringLiteral("readout"), plot->layer(QStringLiteral("legend")), QCustomPlot::limAbove);
    m_layer = plot->layer(QStringLiteral("readout"));
    m_layer->setMode(QCPLayer::lmBuffered);
    m_ring = new QCPItemTracer(plot);
    m_ring->setLayer(m_layer);
    m_ring->setStyle(QCPItemTracer::tsCircle);
    m_ring->setSize(9);
    m_ring->setSelectable(false);
    m_label = new QCPItemText(plot);
    m_label->setLayer(m_layer);
    m_label->setPadding({6, 3, 6, 3});
    m_label->setSelectable(false);
    m_label->setClipToAxisRect(false);
    m_label->setTextAlignment(Qt::AlignLeft);
    m_label->position->setType(QCPItemPosition::ptAbsolute);
    m_layer->setVisible(false);
}

void PlotTracer::show(const Readout& readout) {
    if (!readout.isValid()) {
        if (!m_visible) return;
        m_visible = false;
        m_layer->setVisible(false);
        m_layer->replot();
        return;
    }
    m_visible = true;
    m_layer->setVisible(true);
    m_ring->position->setCoords(readout.position.x(), readout.position.y());
    m_label->setText(readout.text);
    // Beside the ring, on the side where there is room.
    const QRect room = m_plot->axisRect()->rect();
    const QPointF at(
        m_plot->xAxis->coordToPixel(readout.position.x()),
        std::clamp(m_plot->yAxis->coordToPixel(readout.position.y()), double(room.top()), double(room.bottom())));
    const QSize size = QFontMetrics(m_label->font()).size(0, readout.text) + QSize(12, 6);
    const double x = at.x() + 12 + size.width() <= room.right()
                         ? at.x() + 12
                         : std::max<double>(room.left(), at.x() - 12 - size.width());
    const double y = std::clamp(at.y() - size.height() - 8, double(room.top()),
                                double(std::max(room.top(), room.bottom() - size.height())));
    m_label->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_label->position->setCoords(x, y);
    m_layer->replot();
}

void PlotTracer::recolour(const Theme& theme) {
    m_ring->setPen(QPen(theme.selection, 1.0));
    m_ring->setBrush(Qt::NoBrush);
    m_label->setColor(theme.text);
    m_label->setFont(m_plot->font());
    m_label->setPen(QPen(theme.grid, 1.0));
    QColor ground = theme.labelBackground;
    ground.setAlpha(235);
    m_label->setBrush(ground);
}

} // namespace octavo::gui
