// SPDX-License-Identifier: GPL-3.0-or-later
// What Plot does with mouse, keys and palette; what it draws is in plot.cpp.
#include "plot/plot.h"
#include "plot/plot_menu.h"

namespace octavo::gui {

void Plot::mousePressEvent(QMouseEvent* event) {
    m_pressedAt = event->pos();
    m_moved = false;
    m_navigation->mousePress(event);
    if (event->button() == Qt::LeftButton) QCustomPlot::mousePressEvent(event);
}

void Plot::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton && (event->pos() - m_pressedAt).manhattanLength() >= 4) m_moved = true;
    // A hand that trembles while it clicks does not pan.
    if (event->buttons() && !m_moved) return;
    QCustomPlot::mouseMoveEvent(event);
    if (!event->buttons()) readAt(event->position());
}

void Plot::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_moved && selectionRect() && selectionRect()->isActive()) selectionRect()->cancel();
    QCustomPlot::mouseReleaseEvent(event);
    m_navigation->mouseRelease();
    if (!m_moved && event->button() == Qt::LeftButton && axisRect()->rect().contains(event->pos()))
        Q_EMIT clicked({xAxis->pixelToCoord(event->position().x()), yAxis->pixelToCoord(event->position().y())});
}

void Plot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) m_navigation->reset();
    event->accept();
}

void Plot::wheelEvent(QWheelEvent* event) { m_navigation->wheel(event); }

void Plot::keyPressEvent(QKeyEvent* event) {
    const double share = event->modifiers() & Qt::ShiftModifier ? 0.01 : 0.1;
    const QPointF centre = axisRect()->rect().center();
    const Qt::Orientations both = Qt::Horizontal | Qt::Vertical;
    switch (event->key()) {
    case Qt::Key_0:
    case Qt::Key_Home: return m_navigation->reset();
    case Qt::Key_Backspace: return m_navigation->back();
    case Qt::Key_Z: return m_navigation->setRubberBandMode(!m_navigation->rubberBandMode());
    case Qt::Key_Plus: return m_navigation->zoom(0.8, both, centre);
    case Qt::Key_Minus: return m_navigation->zoom(1.25, both, centre);
    case Qt::Key_Left: return m_navigation->pan(-share, 0);
    case Qt::Key_Right: return m_navigation->pan(share, 0);
    case Qt::Key_PageUp: return m_navigation->pan(0, share);
    case Qt::Key_PageDown: return m_navigation->pan(0, -share);
    case Qt::Key_Up: Q_EMIT stepped(-1); return;
    case Qt::Key_Down: Q_EMIT stepped(1); return;
    default: QCustomPlot::keyPressEvent(event);
    }
}

void Plot::leaveEvent(QEvent* event) {
    m_tracer->show({});
    Q_EMIT hovered({});
    QCustomPlot::leaveEvent(event);
}

void Plot::resizeEvent(QResizeEvent* event) {
    // A splitter or a layout that is not done yet may give no room at all: QCustomPlot would draw into empty pixmaps.
    if (!event->size().isEmpty()) QCustomPlot::resizeEvent(event);
}

void Plot::changeEvent(QEvent* event) {
    QCustomPlot::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange ||
        event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        recolour();
        Q_EMIT themeChanged();
    }
    if (event->type() == QEvent::LocaleChange) setLocale(QLocale());
}

void Plot::contextMenuEvent(QContextMenuEvent* event) {
    PlotMenu::exec(*this, event->globalPos());
    event->accept();
}

void Plot::recolour() {
    m_theme = Theme::from(palette());
    setBackground(m_theme.background);
    QFont small = font();
    if (small.pointSizeF() > 0) small.setPointSizeF(small.pointSizeF() * 0.9);
    for (QCPAxis* axis : {xAxis, yAxis, xAxis2, yAxis2}) {
        axis->setBasePen(QPen(m_theme.axis, 1.0));
        axis->setTickPen(QPen(m_theme.axis, 1.0));
        axis->setSubTickPen(QPen(m_theme.axis, 1.0));
        axis->setTickLabelColor(m_theme.text);
        axis->setLabelColor(m_theme.text);
        axis->setTickLabelFont(small);
        axis->setLabelFont(font());
        axis->grid()->setPen(QPen(m_theme.grid, 1.0, Qt::SolidLine));
        axis->grid()->setZeroLinePen(QPen(m_theme.grid, 1.0));
        axis->setLabelPadding(3);
    }
    legend->setFont(small);
    legend->setTextColor(m_theme.text);
    legend->setBorderPen(Qt::NoPen);
    legend->setIconSize(18, 10);
    legend->setRowSpacing(0);
    QColor ground = m_theme.background;
    ground.setAlpha(225);
    legend->setBrush(ground);
    selectionRect()->setPen(QPen(m_theme.selection, 1.0, Qt::DashLine));
    QColor tint = m_theme.selection;
    tint.setAlpha(m_theme.dark ? 46 : 34);
    selectionRect()->setBrush(tint);
    m_band->setPen(m_marksOnTop ? QPen(m_theme.selection, 1.0) : QPen(Qt::NoPen));
    m_band->setBrush(m_marksOnTop ? QBrush(Qt::NoBrush) : QBrush(tint));
    for (auto it = m_styles.cbegin(); it != m_styles.cend(); ++it) paint(it.key(), it.value());
    for (const Guide& guide : m_guides) paint(guide);
    m_tracer->recolour(m_theme);
    replot(rpQueuedReplot);
}

} // namespace octavo::gui
