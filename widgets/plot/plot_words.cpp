// SPDX-License-Identifier: GPL-3.0-or-later
// The words around the data of a Plot, and what becomes of them where it is small.
#include <algorithm>
#include <numeric>

#include "plot/plot.h"

namespace octavo::gui {

void Plot::showLegend() {
    legend->setVisible(true);
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    axisRect()->insetLayout()->take(legend);
    plotLayout()->insertRow(0);
    auto* row = new QCPLayoutGrid;
    plotLayout()->addElement(0, 0, row);
    row->addElement(0, 0, legend);
    row->addElement(0, 1, new QCPLayoutElement(this));
    row->setColumnStretchFactor(0, 0.001);
    row->setMargins({axisRect()->minimumMargins().left(), 2, 8, 0});
    legend->setMargins({0, 0, 0, 0});
    plotLayout()->setRowStretchFactor(0, 0.001);
    plotLayout()->setRowSpacing(0);
    connect(this, &QCustomPlot::beforeReplot, this, &Plot::arrangeLegend);
    recolour();
}

void Plot::fitTitle(QCPAxis* axis) const {
    const QString title = axis->label().simplified();
    // The title is centred on the axes, which do not stand in the middle of the plot.
    const QRect room = axisRect()->rect();
    const int length = 2 * std::min(room.center().y(), height() - room.center().y());
    const QFontMetrics metrics(axis->labelFont());
    QString lines, line;
    for (const QString& word : title.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
        if (!line.isEmpty() && metrics.horizontalAdvance(longer) > length) {
            lines += line + QLatin1Char('\n');
            line = word;
        } else {
            line = longer;
        }
    }
    lines += line;
    if (lines != axis->label()) axis->setLabel(lines);
}

void Plot::arrangeLegend() {
    std::vector<int> widths;
    int line = 1;
    for (int i = 0; i < legend->itemCount(); ++i)
        if (const QCPAbstractLegendItem* item = legend->item(i)) { // a removed one leaves an empty cell
            widths.push_back(item->minimumOuterSizeHint().width() + legend->columnSpacing());
            line = std::max(line, item->minimumOuterSizeHint().height());
        }
    const int items = int(widths.size());
    const auto columnsIn = [&](int room) {
        for (int columns = items; columns > 1; --columns) {
            std::vector<int> widest(std::size_t(columns), 0);
            for (int i = 0; i < items; ++i)
                widest[std::size_t(i % columns)] = std::max(widest[std::size_t(i % columns)], widths[std::size_t(i)]);
            if (std::accumulate(widest.begin(), widest.end(), 0) <= room) return columns;
        }
        return 1;
    };
    // Above the axes; where that takes several rows, from the edge of the plot on, which may spare one.
    const int axes = axisRect()->minimumMargins().left(), room = viewport().width() - 16;
    const bool wraps = columnsIn(room - axes) < items;
    const int columns = columnsIn(wraps ? room : room - axes);
    // A legend that leaves the picture no room goes; the read-out names the series.
    QCPLayoutElement* row = legend->layout();
    const bool shown = line * ((items + columns - 1) / columns) <= viewport().height() / 4;
    legend->setVisible(shown);
    row->setMargins({wraps ? 4 : axes, shown ? 2 : 0, 8, 0});
    row->setMinimumSize(shown ? QSize() : QSize(1, 1)); // what is not shown takes no room
    row->setMaximumSize(QWIDGETSIZE_MAX, shown ? QWIDGETSIZE_MAX : 1);
    if (columns == m_legendColumns) return;
    m_legendColumns = columns;
    legend->setWrap(columns);
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst, true);
}

} // namespace octavo::gui
