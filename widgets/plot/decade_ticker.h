// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/qcp.h"

namespace octavo::gui {

/// Ticks of a logarithmic axis that stay readable over half a decade as well as over twelve: 1-2-5, 1-3 or powers of
/// ten. With `exponents`, the axis is linear in log10 (colour bars) and only the labels are powers.
class DecadeTicker final : public QCPAxisTicker {
public:
    explicit DecadeTicker(bool exponents = false) : m_exponents(exponents) {}

protected:
    QVector<double> createTickVector(double step, const QCPRange& range) override;
    QVector<double> createSubTickVector(int count, const QVector<double>& ticks) override;
    double getTickStep(const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;

private:
    QVector<double> ticksAt(const QCPRange& range, const QVector<double>& mantissas) const;

    bool m_exponents;
    QCPRange m_range;
};

} // namespace octavo::gui
