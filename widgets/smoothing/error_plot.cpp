// SPDX-License-Identifier: GPL-3.0-or-later
#include "smoothing/error_plot.h"

#include <cmath>

namespace octavo::gui {

ErrorPlot::ErrorPlot(QWidget* parent) : Plot(parent) {
    setLogarithmic(yAxis, true);
    showLegend();
}

void ErrorPlot::setData(const SmoothingData& group) {
    clearSeries();
    clearGuides();
    m_measured = m_predicted = m_balanced = nullptr;
    setAxisTitles(tr("smoothing strength α"), tr("relative output error"));
    if (!group.curve.empty()) {
        m_predicted =
            addLine(group.errors.size() > 1 ? tr("predicted, fitted") : tr("predicted"), Tone::before, Qt::DashLine);
        for (std::size_t i = 0; i < group.curve.size(); ++i)
            if (group.curve[i] > 0) m_predicted->addData(double(i) / double(group.curve.size() - 1), group.curve[i]);
    }
    if (!group.errors.empty()) {
        m_measured = addLine(tr("measured"), Tone::after);
        m_measured->setScatterStyle({QCPScatterStyle::ssDisc, 6});
        setTone(m_measured, Tone::after);
        for (std::size_t i = 0; i < group.errors.size(); ++i)
            if (group.errors[i] > 0) m_measured->addData(group.strengths[i], group.errors[i]);
    }
    if (group.unsmoothedError > 0) {
        QCPGraph* flat = addLine(tr("unsmoothed"), Tone::neutral, Qt::DotLine);
        flat->addData(0, group.unsmoothedError);
        flat->addData(1, group.unsmoothedError);
    }
    if (group.balancedError > 0) {
        m_balanced = addLine(tr("per channel, as used"), Tone::alert);
        m_balanced->addData(0, group.balancedError);
        m_balanced->addData(1, group.balancedError);
    }
    fit({.x = QCPRange(-0.02, 1.02)});
    const double best = group.best();
    const auto value = [](double strength) { return QLocale().toString(strength, 'f', 2); };
    if (group.isBalanced()) {
        // No strength was used: what is marked is where the search per channel set out from.
        if (group.chosen >= 0)
            addGuide(group.chosen, tr("best strength %1").arg(value(group.chosen)), Tone::third, Qt::DashLine);
        return;
    }
    if (group.chosen >= 0 && std::abs(group.chosen - best) < 5e-3)
        return addGuide(best, tr("chosen = best"), Tone::alert, Qt::SolidLine);
    if (best >= 0) addGuide(best, tr("best %1").arg(value(best)), Tone::third, Qt::DashLine);
    if (group.chosen >= 0) addGuide(group.chosen, tr("chosen %1").arg(value(group.chosen)), Tone::alert, Qt::SolidLine);
}

void ErrorPlot::setStrength(double strength) {
    mark(strength >= 0 ? std::optional<double>(strength) : std::nullopt, 0.012);
}

} // namespace octavo::gui
