// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/attach.h"

#include "page.h"
#include "plot/plot.h"
#include "session/layer_selection.h"

namespace octavo::gui {

void attach(Plot* plot, Page* page, LayerSelection& selection) {
    QObject::connect(plot, &Plot::hovered, page, &Page::hovered);
    QObject::connect(plot, &Plot::stepped, &selection, &LayerSelection::walk);
}

void linkX(Plot* a, Plot* b) {
    const auto follow = [](Plot* from, Plot* to) {
        QObject::connect(&from->navigation(), &PlotNavigation::viewChanged, to, [from, to] {
            if (from->xAxis->range() == to->xAxis->range()) return;
            to->xAxis->setRange(from->xAxis->range());
            to->replot(QCustomPlot::rpQueuedReplot);
        });
    };
    follow(a, b);
    follow(b, a);
}

} // namespace octavo::gui
