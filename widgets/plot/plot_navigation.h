// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPoint>

#include <utility>
#include <vector>

#include "plot/qcp.h"

namespace octavo::gui {

/// Zoom and pan of one plot with a stack of views: every gesture can be taken back one by one, or all at once.
class PlotNavigation : public QObject {
    Q_OBJECT

public:
    explicit PlotNavigation(QCustomPlot* plot);

    using View = std::pair<QCPRange, QCPRange>; ///< x and y axis

    View view() const;
    /// The view that `0` returns to; also the limit of zooming out. Keeps the user's zoom when `keepZoom` and there is
    /// one.
    void setHome(const View& home, bool keepZoom);
    bool isZoomed() const { return !m_stack.empty(); }
    int depth() const { return int(m_stack.size()); }

    void reset();                                                    ///< home; Backspace returns from there
    void back();                                                     ///< one gesture
    void zoom(double factor, Qt::Orientations axes, QPointF centre); ///< factor < 1 zooms in; centre in pixels
    void pan(double x, double y);                                    ///< in shares of the visible range
    bool rubberBandMode() const { return m_rubberBand; }
    void setRubberBandMode(bool on);

    void mousePress(QMouseEvent* event); ///< before QCustomPlot sees it: decides between pan and rubber band
    void mouseRelease();
    void wheel(QWheelEvent* event);

Q_SIGNALS:
    void viewChanged();

private:
    void remember(bool merge);
    void show(const View& view);
    void bound(QCPAxis* axis, const QCPRange& home);

    QCustomPlot* m_plot;
    View m_home;
    std::vector<View> m_stack;
    View m_atPress;
    QElapsedTimer m_sinceGesture;
    bool m_rubberBand = false, m_pressed = false, m_showing = false;
};

} // namespace octavo::gui
