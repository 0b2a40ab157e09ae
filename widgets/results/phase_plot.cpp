// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/phase_plot.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>

namespace octavo::gui {

PhasePlot::PhasePlot(QWidget* parent) : Plot(parent) {
    yAxis->setRangeReversed(true);
    yAxis->grid()->setVisible(false);
}

QString PhasePlot::phaseLabel(const std::string& phase) {
    if (phase == "read") return tr("read");
    if (phase == "tokenise") return tr("tokenise");
    if (phase == "calibrate") return tr("calibrate and solve");
    if (phase == "encode") return tr("encode");
    if (phase == "export") return tr("export");
    if (phase == "verify") return tr("verify");
    if (phase == "evaluate") return tr("evaluate");
    return QString::fromStdString(phase);
}

QString PhasePlot::stageLabel(const std::string& stage) {
    const QString indent = QStringLiteral("· "); // names stand right-aligned beside the axis
    if (stage == "read") return indent + tr("read");
    if (stage == "forward") return indent + tr("forward");
    if (stage == "observe") return indent + tr("observe, Hessians");
    if (stage == "smooth") return indent + tr("smooth");
    if (stage == "factorise") return indent + tr("Cholesky");
    if (stage == "solve") return indent + tr("solve");
    if (stage == "spectrum") return indent + tr("spectrum");
    if (stage == "store") return indent + tr("store");
    return indent + QString::fromStdString(stage);
}

void PhasePlot::label(const Row& row, double place, double longest) {
    const QString seconds = QLocale().toString(row.seconds, 'f', 1);
    const QString text =
        row.limit > 0 && row.seconds > 0 && !isNarrow()
            ? tr("%1 s · %2 % of the limit").arg(seconds, QLocale().toString(100 * row.limit / row.seconds, 'f', 0))
            : tr("%1 s").arg(seconds);
    // Beside short bars, inside long ones.
    addLabel({row.seconds, place}, text,
             (row.seconds > longest / 2 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QString PhasePlot::readoutText(const Row& row) const {
    const QString seconds = QLocale().toString(row.seconds, 'f', 1);
    if (row.limit <= 0) return tr("%1: %2 s").arg(row.name, seconds);
    return tr("%1: %2 s; %3 s at the rate of large products and plain copies on this machine")
        .arg(row.name, seconds, QLocale().toString(row.limit, 'f', 1));
}

void PhasePlot::setPhases(const std::vector<PhaseRecord>& phases) {
    m_rows.clear();
    for (const PhaseRecord& phase : phases) {
        m_rows << Row{phaseLabel(phase.name), phase.seconds, phase.limit_seconds};
        for (const StageRecord& stage : phase.stages)
            m_rows << Row{stageLabel(stage.name), stage.seconds, stage.limit_seconds};
    }
    draw();
}

void PhasePlot::resizeEvent(QResizeEvent* event) {
    Plot::resizeEvent(event);
    if (std::min(rowsThatFit(), m_rows.size()) != m_drawn || isNarrow() != m_drawnNarrow) draw();
}

bool PhasePlot::isNarrow() const { return width() < 60 * QFontMetrics(yAxis->tickLabelFont()).averageCharWidth(); }

qsizetype PhasePlot::rowsThatFit() const {
    const int line = QFontMetrics(yAxis->tickLabelFont()).height(), axis = 3 * line; // numbers and title below
    return std::max<qsizetype>(3, (height() - axis) / line);
}

QList<PhasePlot::Row> PhasePlot::shownRows() const {
    QList<Row> rows = m_rows;
    while (rows.size() > rowsThatFit())
        rows.erase(std::min_element(rows.begin(), rows.end(),
                                    [](const Row& one, const Row& other) { return one.seconds < other.seconds; }));
    return rows;
}

void PhasePlot::draw() {
    clearSeries();
    clearGuides();
    const QList<Row> rows = shownRows();
    m_drawn = rows.size();
    m_drawnNarrow = isNarrow();
    QStringList names;
    auto* bars = new QCPBars(yAxis, xAxis);
    bars->setName(tr("seconds"));
    bars->setWidth(0.6);
    setTone(bars, Tone::after);
    auto* limits = new QCPBars(yAxis, xAxis);
    limits->setName(tr("at the machine's limit"));
    limits->setWidth(0.2);
    setTone(limits, Tone::before);
    double longest = 0;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        names << rows[i].name;
        bars->addData(double(i), rows[i].seconds);
        if (rows[i].limit > 0) limits->addData(double(i), rows[i].limit);
        longest = std::max(longest, rows[i].seconds);
    }
    for (qsizetype i = 0; i < rows.size(); ++i) label(rows[i], double(i), longest);
    setNamedAxis(yAxis, names);
    setAxisTitles(tr("seconds"), QString());
    setHome({0, std::max(longest, 1e-3) * 1.06}, {-0.6, double(rows.size()) - 0.4});
    setReadout([this, rows](QPointF at) -> Readout {
        const long i = std::lround(at.y());
        if (i < 0 || i >= long(rows.size())) return {};
        return {{rows[i].seconds, double(i)}, readoutText(rows[i])};
    });
}

} // namespace octavo::gui
