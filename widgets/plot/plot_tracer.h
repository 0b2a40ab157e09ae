// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointF>
#include <QString>

#include "plot/theme.h"

class QCPItemText;
class QCPItemTracer;
class QCPLayer;
class QCustomPlot;

namespace octavo::gui {

/// What stands under the cursor: where the ring goes (plot coordinates) and what the read-out says (layer, channel,
/// value, unit).
struct Readout {
    QPointF position;
    QString text;
    bool isValid() const { return !text.isEmpty(); }
};

/// The ring and label that follow the cursor. They live on a buffered layer of their own: moving them does not redraw
/// the plot.
class PlotTracer : public QObject {
    Q_OBJECT

public:
    explicit PlotTracer(QCustomPlot* plot);

    void show(const Readout& readout); ///< an invalid one hides
    void recolour(const Theme& theme);

private:
    QCustomPlot* m_plot;
    QCPLayer* m_layer;
    QCPItemTracer* m_ring;
    QCPItemText* m_label;
    bool m_visible = false;
};

} // namespace octavo::gui
