// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/heat_map.h"

#include <cmath>
#include <limits>

#include "plot/decade_ticker.h"
#include "plot/plot_export.h"

namespace octavo::gui {

HeatMap::HeatMap(QWidget* parent) : Plot(parent) {
    m_map = new QCPColorMap(xAxis, yAxis);
    m_map->setInterpolate(false);
    m_map->setSelectable(QCP::stNone);
    m_map->setAntialiased(false);
    m_map->removeFromLegend();
    m_bar = new QCPColorScale(this);
    m_bar->setType(QCPAxis::atRight);
    m_bar->setBarWidth(12);
    m_bar->setRangeDrag(false);
    m_bar->setRangeZoom(false);
    plotLayout()->addElement(0, 1, m_bar);
    auto* margins = new QCPMarginGroup(this);
    axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    m_bar->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    m_map->setColorScale(m_bar);
    m_map->setGradient(mapGradient());
    yAxis->setRangeReversed(true);
    setMarksOnTop();
    xAxis->grid()->setVisible(false);
    yAxis->grid()->setVisible(false);
    connect(this, &QCustomPlot::beforeReplot, this, [this] { fitTitle(m_bar->axis()); });
    connect(&navigation(), &PlotNavigation::viewChanged, this, &HeatMap::updateWindow);
    setCsv([this] {
        QStringList lines;
        QStringList row{PlotExport::cell(yAxis->label().simplified())};
        for (int column = 0; column < m_pyramid.columns(); ++column) row << QString::number(column);
        lines << row.join(QLatin1Char(','));
        for (int r = 0; r < m_pyramid.rows(); ++r) {
            row = {QString::number(r)};
            for (int column = 0; column < m_pyramid.columns(); ++column) {
                const float value = m_pyramid.at(r, column);
                row << (std::isfinite(value) ? QString::number(value, 'g', QLocale::FloatingPointShortest) : QString());
            }
            lines << row.join(QLatin1Char(','));
        }
        return QString(lines.join(QStringLiteral("\r\n")) + QStringLiteral("\r\n"));
    });
    recolour();
}

void HeatMap::setMatrix(std::vector<float> values, int rows, int columns, Scale scale, bool keepZoom) {
    m_pyramid = MaxPyramid(std::move(values), rows, columns);
    m_scale = scale;
    m_level = -1;
    if (m_pyramid.isEmpty() || !std::isfinite(m_pyramid.maximum())) {
        m_map->data()->clear();
        setHome({0, 1}, {0, 1}, false);
        return;
    }
    m_bar->axis()->setTicker(scale == Scale::logarithmic
                                 ? QSharedPointer<QCPAxisTicker>(new DecadeTicker(m_bar->axis(), true))
                                 : QSharedPointer<QCPAxisTicker>(new LinearTicker(m_bar->axis())));
    // More than six decades of colours tell nothing apart.
    const double high = m_pyramid.maximum();
    const double low = scale == Scale::linear ? 0 : std::max<double>(m_pyramid.minimum(), high * 1e-6);
    setColourRange(low, high);
    setHome({-0.5, columns - 0.5}, {-0.5, rows - 0.5}, keepZoom);
    updateWindow();
}

void HeatMap::setColourTitle(const QString& title) { m_bar->axis()->setLabel(title); }

void HeatMap::setColourRange(double low, double high) {
    QCPRange range(low, high);
    if (m_scale == Scale::logarithmic) range = {std::log10(std::max(low, 1e-30)), std::log10(std::max(high, 1e-30))};
    if (range.size() <= 0) range.upper = range.lower + (range.lower == 0 ? 1 : std::abs(range.lower) * 0.1);
    m_bar->setDataRange(range);
    replot(rpQueuedReplot);
}

float HeatMap::shown(float value) const {
    if (m_scale == Scale::linear) return value;
    return value > 0 ? std::log10(value) : std::numeric_limits<float>::quiet_NaN();
}

void HeatMap::updateWindow() {
    if (m_pyramid.isEmpty()) return;
    const QCPRange x = xAxis->range(), y = yAxis->range();
    const double ratio = bufferDevicePixelRatio();
    const int level = MaxPyramid::levelFor(x.size(), axisRect()->width() * ratio, m_pyramid.levels());
    const int rowStep = std::max(1, int(std::ceil(y.size() / std::max(1.0, axisRect()->height() * ratio))));
    const int step = 1 << level, columns = m_pyramid.columnsAt(level);
    const int left = std::clamp(int(std::floor((x.lower + 0.5) / step)), 0, columns - 1);
    const int right = std::clamp(int(std::ceil((x.upper + 0.5) / step)), left, columns - 1);
    if (level == m_level && rowStep == m_rowStep && left >= m_first && right <= m_last) return;
    // One screen more on both sides: panning repaints an image that is there already.
    const int screen = right - left + 1;
    m_level = level;
    m_rowStep = rowStep;
    m_first = std::max(0, left - screen);
    m_last = std::min(columns - 1, right + screen);
    const int width = std::max(2, m_last - m_first + 1);
    const int height = std::max(2, (m_pyramid.rows() + rowStep - 1) / rowStep);
    auto* cells = m_map->data();
    cells->setSize(width, height);
    const double half = (step - 1) / 2.0, rowHalf = (rowStep - 1) / 2.0;
    cells->setRange({double(m_first) * step + half, double(m_first + width - 1) * step + half},
                    {rowHalf, (height - 1.0) * rowStep + rowHalf});
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column) {
            const bool inside = m_first + column < columns && row * rowStep < m_pyramid.rows();
            cells->setCell(column, row,
                           inside ? double(shown(m_pyramid.cell(level, rowStep, row, m_first + column)))
                                  : std::numeric_limits<double>::quiet_NaN());
        }
    replot(rpQueuedReplot);
}

HeatMap::Cell HeatMap::cellAt(QPointF coordinates) const {
    if (m_pyramid.isEmpty()) return {};
    const int row = int(std::lround(coordinates.y()));
    const int column = int(std::lround(coordinates.x()));
    if (row < 0 || row >= m_pyramid.rows() || column < 0 || column >= m_pyramid.columns()) return {};
    const int step = std::max(1, 1 << std::max(0, m_level));
    const int first = column / step * step;
    const int best = m_pyramid.argmax(row, first, first + step - 1);
    return {row, best, m_pyramid.at(row, best)};
}

void HeatMap::resizeEvent(QResizeEvent* event) {
    Plot::resizeEvent(event);
    updateWindow();
}

void HeatMap::recolour() {
    Plot::recolour();
    QCPAxis* axis = m_bar->axis();
    axis->setBasePen(QPen(theme().axis, 1.0));
    axis->setTickPen(QPen(theme().axis, 1.0));
    axis->setSubTickPen(QPen(theme().axis, 1.0));
    axis->setTickLabelColor(theme().text);
    axis->setLabelColor(theme().text);
    axis->setTickLabelFont(xAxis->tickLabelFont());
    axis->setLabelFont(xAxis->labelFont());
}

} // namespace octavo::gui
