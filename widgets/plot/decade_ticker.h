// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/qcp.h"

namespace octavo::gui {

/// "0.02", "15000", "2·10⁻⁵": in every language alike, but for the decimal point.
QString tickLabel(double value, const QLocale& locale);

/// Ticks of a logarithmic axis that stay readable over half a decade as well as over twelve: 1-2-5, 1-3 or powers of
/// ten, as many as have room along `axis`. With `exponents`, the axis is linear in log10 (colour bars) and only the
/// labels are powers.
class DecadeTicker final : public QCPAxisTicker {
public:
    explicit DecadeTicker(const QCPAxis* axis, bool exponents = false) : m_axis(axis), m_exponents(exponents) {}

protected:
    QVector<double> createTickVector(double step, const QCPRange& range) override;
    QVector<double> createSubTickVector(int count, const QVector<double>& ticks) override;
    double getTickStep(const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;

private:
    QVector<double> ticksAt(const QCPRange& range, const QVector<double>& mantissas) const;

    const QCPAxis* m_axis;
    bool m_exponents;
    QCPRange m_range;
};

/// Ticks of a linear axis with the same labels.
class LinearTicker final : public QCPAxisTicker {
public:
    explicit LinearTicker(const QCPAxis* axis) : m_axis(axis) {}

protected:
    double getTickStep(const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;

private:
    const QCPAxis* m_axis;
};

} // namespace octavo::gui
