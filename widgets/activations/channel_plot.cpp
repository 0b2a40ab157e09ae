// SPDX-License-Identifier: GPL-3.0-or-later
#include "activations/channel_plot.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "session/format.h"

namespace octavo::gui {

namespace {

const QString movingLayer = QStringLiteral("moving");

} // namespace

ChannelPlot::ChannelPlot(QWidget* parent) : Plot(parent) {
    setIntegerAxis(xAxis);
    // What a slider moves has a picture of its own: axes and the other series are not drawn again with it.
    addLayer(movingLayer, layer(QStringLiteral("main")), limAbove);
    layer(movingLayer)->setMode(QCPLayer::lmBuffered);
    showLegend();
    setNames(tr("before smoothing"), tr("after smoothing"));
    setReadout([this](QPointF at) { return read(at); });
    connect(this, &Plot::clicked, this, [this](QPointF at) {
        if (const int channel = channelAt(read(at).position.x()); channel >= 0) Q_EMIT channelClicked(channel);
    });
}

void ChannelPlot::setNames(const QString& before, const QString& after) {
    m_beforeName = before;
    m_afterName = after;
}

void ChannelPlot::setValues(const std::vector<float>& before, const std::vector<float>& after, bool sorted,
                            bool logarithmic) {
    clearSeries();
    m_before = m_after = nullptr;
    setLogarithmic(yAxis, logarithmic);
    xAxis->setLabel(sorted ? tr("channels, largest first") : tr("channel"));
    m_sorted = sorted;
    m_beforeValues = before;
    m_afterValues = after;
    const std::vector<float>& leading = before.empty() ? after : before;
    m_order.resize(leading.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    if (sorted)
        std::stable_sort(m_order.begin(), m_order.end(),
                         [&](int a, int b) { return leading[std::size_t(a)] > leading[std::size_t(b)]; });
    m_position.resize(m_order.size());
    for (std::size_t x = 0; x < m_order.size(); ++x) m_position[std::size_t(m_order[x])] = int(x);
    if (!before.empty()) {
        m_before = addLine(m_beforeName, Tone::before);
        fill(m_before, before);
    }
    if (!after.empty()) {
        m_after = addLine(m_afterName, Tone::after);
        m_after->setLayer(movingLayer);
        fill(m_after, after);
    }
    // The layer of the axes is the next one above that of what moves.
    if (m_beforeOnTop && m_before) m_before->setLayer(QStringLiteral("axes"));
    fit({.floor = 0.0, .x = QCPRange(-0.5 - double(m_order.size()) * 0.005, double(m_order.size()) * 1.005 - 0.5)});
}

void ChannelPlot::updateAfter(const std::vector<float>& after) {
    if (!m_after || m_order.size() != after.size())
        return setValues(m_beforeValues, after, m_sorted, yAxis->scaleType() == QCPAxis::stLogarithmic);
    m_afterValues = after;
    fill(m_after, after);
    layer(movingLayer)->replot();
}

void ChannelPlot::fill(QCPGraph* graph, const std::vector<float>& values) const {
    const bool log = yAxis->scaleType() == QCPAxis::stLogarithmic;
    QVector<QCPGraphData> points;
    points.reserve(qsizetype(m_order.size()));
    for (std::size_t x = 0; x < m_order.size() && x < values.size(); ++x) {
        const double value = values[std::size_t(m_order[x])];
        points.append({double(x), log && !(value > 0) ? std::nan("") : value});
    }
    graph->data()->set(points, true);
}

void ChannelPlot::markChannel(int channel) {
    if (channel < 0 || channel >= int(m_position.size())) return mark({});
    mark(m_position[std::size_t(channel)], std::max(1.0, double(m_position.size()) / 250));
}

int ChannelPlot::channelAt(double x) const {
    const auto index = std::lround(x);
    return index < 0 || index >= long(m_order.size()) ? -1 : m_order[std::size_t(index)];
}

Readout ChannelPlot::read(QPointF at) const {
    if (m_order.empty()) return {};
    // Many channels share a pixel: the largest of them is what is seen.
    const double reach = std::abs(xAxis->pixelToCoord(3) - xAxis->pixelToCoord(0));
    const int last = int(m_order.size()) - 1;
    const int from = std::clamp(int(std::lround(at.x() - reach)), 0, last),
              to = std::clamp(int(std::lround(at.x() + reach)), 0, last);
    const std::vector<float>& leading = m_beforeValues.empty() ? m_afterValues : m_beforeValues;
    int best = from;
    for (int x = from; x <= to; ++x)
        if (leading[std::size_t(m_order[std::size_t(x)])] > leading[std::size_t(m_order[std::size_t(best)])]) best = x;
    const auto channel = std::size_t(m_order[std::size_t(best)]);
    QString text = tr("channel %1").arg(channel);
    if (channel < m_beforeValues.size())
        text += QStringLiteral("\n") + m_beforeName + QStringLiteral(": ") + numberText(m_beforeValues[channel]);
    if (channel < m_afterValues.size())
        text += QStringLiteral("\n") + m_afterName + QStringLiteral(": ") + numberText(m_afterValues[channel]);
    return {{double(best), double(leading[channel])}, text};
}

} // namespace octavo::gui
