// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/phase_plot.h"

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

void PhasePlot::setPhases(const std::vector<PhaseRecord>& phases) {
    clearSeries();
    clearGuides();
    QStringList names;
    auto* bars = new QCPBars(yAxis, xAxis);
    bars->setName(tr("seconds"));
    bars->setWidth(0.6);
    setTone(bars, Tone::after);
    double longest = 0;
    for (std::size_t i = 0; i < phases.size(); ++i) {
        names << phaseLabel(phases[i].name);
        bars->addData(double(i), phases[i].seconds);
        longest = std::max(longest, phases[i].seconds);
    }
    // Beside short bars, inside long ones.
    for (std::size_t i = 0; i < phases.size(); ++i)
        addLabel({phases[i].seconds, double(i)}, tr("%1 s").arg(QLocale().toString(phases[i].seconds, 'f', 1)),
                 (phases[i].seconds > longest / 2 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    setNamedAxis(yAxis, names);
    setAxisTitles(tr("seconds"), QString());
    setHome({0, std::max(longest, 1e-3) * 1.06}, {-0.6, double(phases.size()) - 0.4});
    setReadout([this, phases](QPointF at) -> Readout {
        const long i = std::lround(at.y());
        if (i < 0 || i >= long(phases.size())) return {};
        const PhaseRecord& phase = phases[std::size_t(i)];
        return {{phase.seconds, double(i)},
                tr("%1: %2 s").arg(phaseLabel(phase.name), QLocale().toString(phase.seconds, 'f', 1))};
    });
}

} // namespace octavo::gui
