// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot.h"

#include <cmath>
#include <limits>

#include "plot/decade_ticker.h"
#include "plot/plot_export.h"
#include "plot/plot_menu.h"
#include "session/format.h"

namespace octavo::gui {
namespace {

/// Ticks at multiples of a binary unit, written with it.
class ByteTicker final : public QCPAxisTicker {
public:
    explicit ByteTicker(const QCPAxis* axis) : m_axis(axis) {}

protected:
    double getTickStep(const QCPRange& range) override {
        // As many labels as have room beside each other.
        const int length = m_axis->orientation() == Qt::Horizontal ? m_axis->axisRect()->width() / 85
                                                                   : m_axis->axisRect()->height() / 40;
        const double exact = range.size() / std::clamp(length, 2, 6);
        const double unit = std::pow(1024.0, std::floor(std::log(std::max(exact, 1.0)) / std::log(1024.0)));
        return cleanMantissa(exact / unit) * unit;
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        return bytesText(std::uint64_t(std::max(0.0, tick)));
    }

private:
    const QCPAxis* m_axis;
};

} // namespace

Plot::Plot(QWidget* parent) : QCustomPlot(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setNotAntialiasedElements(QCP::aePlottables | QCP::aeAxes | QCP::aeGrid | QCP::aeSubGrid);
    setNoAntialiasingOnDrag(true);
    // Plots above each other share their x axis by eye: the same room left of it.
    axisRect()->setMinimumMargins({62, 6, 10, 36});
    m_band = new QCPItemRect(this);
    m_band->setLayer(QStringLiteral("background"));
    m_band->setSelectable(false);
    m_band->setVisible(false);
    m_navigation = new PlotNavigation(this);
    m_tracer = new PlotTracer(this);
    for (QCPAxis* axis : {xAxis, yAxis, xAxis2, yAxis2}) axis->setTicker(QSharedPointer<LinearTicker>::create(axis));
    connect(this, &QCustomPlot::beforeReplot, this, [this] {
        for (QCPAxis* axis : {yAxis, yAxis2}) fitTitle(axis);
    });
    connect(m_navigation, &PlotNavigation::viewChanged, m_tracer, [this] { m_tracer->show({}); });
    recolour();
}

Plot::~Plot() = default;

void Plot::setTitle(const QString& title) {
    m_title = title;
    setAccessibleName(title);
}

void Plot::setAxisTitles(const QString& x, const QString& y) {
    xAxis->setLabel(x);
    yAxis->setLabel(y);
}

void Plot::setLogarithmic(QCPAxis* axis, bool on) {
    if (on == (axis->scaleType() == QCPAxis::stLogarithmic)) return;
    axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (on)
        axis->setTicker(QSharedPointer<DecadeTicker>::create(axis));
    else
        axis->setTicker(QSharedPointer<LinearTicker>::create(axis));
}

void Plot::setIntegerAxis(QCPAxis* axis) {
    const auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
    ticker->setTickStep(1);
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    axis->setTicker(ticker);
    axis->setSubTicks(false);
    axis->setNumberFormat(QStringLiteral("f"));
    axis->setNumberPrecision(0);
}

void Plot::setNamedAxis(QCPAxis* axis, const QStringList& names, double rotation) {
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (int i = 0; i < names.size(); ++i) ticker->addTick(i, names[i]);
    axis->setTicker(ticker);
    axis->setSubTicks(false);
    axis->setTickLabelRotation(rotation);
}

void Plot::setByteAxis(QCPAxis* axis) { axis->setTicker(QSharedPointer<ByteTicker>::create(axis)); }

QCPGraph* Plot::addLine(const QString& name, Tone tone, Qt::PenStyle style) {
    QCPGraph* graph = addGraph();
    graph->setName(name);
    setTone(graph, tone, style);
    return graph;
}

QCPGraph* Plot::addPoints(const QString& name, Tone tone, QCPScatterStyle::ScatterShape shape, double size) {
    QCPGraph* graph = addGraph();
    graph->setName(name);
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setScatterStyle({shape, size});
    setTone(graph, tone);
    return graph;
}

QCPGraph* Plot::addImpulses(const QString& name, Tone tone) {
    QCPGraph* graph = addGraph();
    graph->setName(name);
    graph->setLineStyle(QCPGraph::lsImpulse);
    setTone(graph, tone);
    return graph;
}

QCPBars* Plot::addBars(const QString& name, Tone tone) {
    auto* bars = new QCPBars(xAxis, yAxis);
    bars->setName(name);
    setTone(bars, tone);
    return bars;
}

void Plot::setTone(QCPAbstractPlottable* plottable, Tone tone, Qt::PenStyle style) {
    plottable->setAntialiased(false);
    plottable->setSelectable(QCP::stNone);
    m_styles.insert(plottable, {tone, style});
    paint(plottable, m_styles[plottable]);
}

void Plot::paint(QCPAbstractPlottable* plottable, const Style& style) {
    plottable->setPen(m_theme.pen(style.tone, style.line));
    plottable->setBrush(Qt::NoBrush);
    if (auto* bars = qobject_cast<QCPBars*>(plottable)) {
        bars->setBrush(m_theme.fill(style.tone));
    } else if (auto* graph = qobject_cast<QCPGraph*>(plottable); graph && !graph->scatterStyle().isNone()) {
        QCPScatterStyle scatter = graph->scatterStyle();
        scatter.setPen(m_theme.pen(style.tone));
        scatter.setBrush(m_theme.fill(style.tone));
        graph->setScatterStyle(scatter);
    } else if (auto* box = qobject_cast<QCPStatisticalBox*>(plottable)) {
        box->setBrush(m_theme.fill(style.tone));
        box->setWhiskerPen(m_theme.pen(style.tone));
        box->setWhiskerBarPen(m_theme.pen(style.tone));
        box->setMedianPen(QPen(m_theme.text, 1.0));
    }
}

void Plot::clearSeries() {
    for (int i = plottableCount() - 1; i >= 0; --i)
        if (!qobject_cast<QCPColorMap*>(plottable(i))) {
            m_styles.remove(plottable(i));
            removePlottable(i);
        }
    m_tracer->show({});
}

void Plot::fit(const Fit& options) {
    const std::optional<double>& floor = options.floor;
    QCPRange x, y;
    bool anyX = false, anyY = false;
    for (int i = 0; i < plottableCount(); ++i) {
        bool found = false;
        if (plottable(i)->valueAxis() != yAxis) continue;
        const auto positive = yAxis->scaleType() == QCPAxis::stLogarithmic ? QCP::sdPositive : QCP::sdBoth;
        const QCPRange keys = plottable(i)->getKeyRange(found);
        if (found) {
            x = anyX ? x.expanded(keys) : keys;
            anyX = true;
        }
        const QCPRange values = plottable(i)->getValueRange(found, positive);
        if (found) {
            y = anyY ? y.expanded(values) : values;
            anyY = true;
        }
    }
    if (options.x)
        x = *options.x;
    else if (!anyX)
        x = {0, 1};
    if (!anyY) y = yAxis->scaleType() == QCPAxis::stLogarithmic ? QCPRange(0.1, 1) : QCPRange(0, 1);
    if (x.size() <= 0) x = {x.lower - 0.5, x.upper + 0.5};
    if (yAxis->scaleType() == QCPAxis::stLogarithmic) {
        y.lower = std::max(y.lower, y.upper * 1e-12);
        const double air = std::max(options.air * std::log10(y.upper / y.lower), 0.05);
        y = {y.lower * std::pow(10.0, -air), y.upper * std::pow(10.0, air)};
    } else {
        if (floor) y.lower = std::min(*floor, y.lower);
        if (y.size() <= 0) y.upper = y.lower + std::max(1.0, std::abs(y.lower));
        const double air = y.size() * options.air;
        y = {floor && y.lower >= *floor ? *floor : y.lower - air, y.upper + air};
    }
    setHome(x, y, options.keepZoom);
}

void Plot::setHome(const QCPRange& x, const QCPRange& y, bool keepZoom) {
    m_navigation->setHome({x, y}, keepZoom);
    replot(rpQueuedReplot);
}

void Plot::mark(std::optional<double> x, double width) {
    m_band->setVisible(x.has_value());
    if (x) {
        for (QCPItemPosition* corner : {m_band->topLeft, m_band->bottomRight}) {
            corner->setTypeX(QCPItemPosition::ptPlotCoords);
            corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
        }
        m_band->topLeft->setCoords(*x - width / 2, 0);
        m_band->bottomRight->setCoords(*x + width / 2, 1);
    }
    replot(rpQueuedReplot);
}

void Plot::markRow(std::optional<double> y, double height) {
    m_band->setVisible(y.has_value());
    if (y) {
        for (QCPItemPosition* corner : {m_band->topLeft, m_band->bottomRight}) {
            corner->setTypeX(QCPItemPosition::ptAxisRectRatio);
            corner->setTypeY(QCPItemPosition::ptPlotCoords);
        }
        m_band->topLeft->setCoords(0, *y + height / 2);
        m_band->bottomRight->setCoords(1, *y - height / 2);
    }
    replot(rpQueuedReplot);
}

void Plot::setMarksOnTop() {
    m_marksOnTop = true;
    m_band->setLayer(QStringLiteral("legend"));
    m_band->setBrush(Qt::NoBrush);
    m_band->setPen(QPen(m_theme.selection, 1.0));
}

void Plot::addGuide(double x, const QString& label, Tone tone, Qt::PenStyle style) {
    Guide guide{new QCPItemLine(this), new QCPItemText(this), tone, style};
    for (QCPItemPosition* end : {guide.line->start, guide.line->end, guide.label->position}) {
        end->setTypeX(QCPItemPosition::ptPlotCoords);
        end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    guide.line->start->setCoords(x, 0);
    guide.line->end->setCoords(x, 1);
    guide.label->setText(label);
    guide.label->setVisible(!label.isEmpty());
    // Labels of neighbouring guides stand below each other.
    guide.label->position->setCoords(x, 0.02 + 0.11 * double(m_guides.size() % 4));
    const QCPRange range = xAxis->range();
    const bool right = x > range.center();
    guide.label->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
    guide.label->setPadding({4, 1, 4, 1});
    guide.line->setSelectable(false);
    guide.label->setSelectable(false);
    paint(guide);
    m_guides.push_back(guide);
}

void Plot::addLabel(QPointF at, const QString& text, Qt::Alignment alignment) {
    Guide label{nullptr, new QCPItemText(this), Tone::neutral, Qt::SolidLine};
    label.label->position->setCoords(at.x(), at.y());
    label.label->setText(text);
    label.label->setPositionAlignment(alignment);
    label.label->setPadding({9, 0, 9, 0}); // clear of the ticks of an axis
    label.label->setSelectable(false);
    paint(label);
    m_guides.push_back(label);
}

void Plot::paint(const Guide& guide) {
    if (guide.line) guide.line->setPen(m_theme.pen(guide.tone, guide.style));
    if (!guide.label) return;
    guide.label->setColor(m_theme.text);
    guide.label->setFont(font());
    QColor ground = m_theme.background;
    ground.setAlpha(215);
    guide.label->setBrush(ground);
}

void Plot::clearGuides() {
    for (const Guide& guide : m_guides) {
        if (guide.line) removeItem(guide.line);
        if (guide.label) removeItem(guide.label);
    }
    m_guides.clear();
}

QString Plot::csv() const { return m_csv ? m_csv() : PlotExport::csv(*this); }

Readout Plot::nearest(QPointF coordinates) const {
    const QPointF cursor(xAxis->coordToPixel(coordinates.x()), yAxis->coordToPixel(coordinates.y()));
    Readout best;
    double bestDistance = 40; // px
    for (int i = 0; i < graphCount(); ++i) {
        const QCPGraph* series = graph(i);
        if (!series->realVisibility() || series->data()->isEmpty()) continue;
        // Neighbours within a few pixels: the highest of them is what the eye sees.
        const double reach = std::abs(xAxis->pixelToCoord(cursor.x() + 4) - xAxis->pixelToCoord(cursor.x()));
        auto from = series->data()->findBegin(coordinates.x() - reach, true);
        const auto to = series->data()->findEnd(coordinates.x() + reach, true);
        for (; from != to; ++from) {
            const QPointF at(series->keyAxis()->coordToPixel(from->key),
                             series->valueAxis()->coordToPixel(from->value));
            const double distance = std::hypot(at.x() - cursor.x(), at.y() - cursor.y());
            if (!(distance < bestDistance)) continue;
            bestDistance = distance;
            best.position = {from->key, yAxis->pixelToCoord(at.y())};
            best.text = tr("%1\n%2: %3\n%4: %5")
                            .arg(series->name(), xAxis->label().simplified(), numberText(from->key),
                                 series->valueAxis()->label().simplified(), numberText(from->value));
        }
    }
    return best;
}

void Plot::readAt(QPointF pixel) {
    if (!axisRect()->rect().contains(pixel.toPoint())) {
        m_tracer->show({});
        Q_EMIT hovered({});
        return;
    }
    const QPointF coordinates(xAxis->pixelToCoord(pixel.x()), yAxis->pixelToCoord(pixel.y()));
    const Readout readout = m_readout ? m_readout(coordinates) : nearest(coordinates);
    m_tracer->show(readout);
    Q_EMIT hovered(QString(readout.text).replace(QLatin1Char('\n'), QStringLiteral("   ")));
}

} // namespace octavo::gui
