// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/decade_ticker.h"

#include <algorithm>
#include <cmath>

namespace octavo::gui {

QString tickLabel(double value, const QLocale& locale) {
    const double size = std::abs(value);
    if (value == 0 || (size >= 0.99e-3 && size < 1e5)) return locale.toString(value, 'g', 6);
    const int exponent = int(std::floor(std::log10(size) + 1e-9));
    const double mantissa = size / std::pow(10.0, exponent);
    QString text = value < 0 ? QStringLiteral("−") : QString();
    if (std::abs(mantissa - 1) >= 1e-6) text += locale.toString(mantissa, 'g', 3) + QStringLiteral("·");
    text += exponent < 0 ? QStringLiteral("10⁻") : QStringLiteral("10");
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    for (const QChar c : QString::number(std::abs(exponent))) text += digits.at(c.digitValue());
    return text;
}

/// How many labels have room beside each other.
static int labelsAlong(const QCPAxis& axis) {
    const QFontMetrics metrics(axis.tickLabelFont());
    return axis.orientation() == Qt::Vertical
               ? axis.axisRect()->height() / metrics.height()
               : axis.axisRect()->width() / metrics.horizontalAdvance(QStringLiteral("0.0005  "));
}

double LinearTicker::getTickStep(const QCPRange& range) {
    setTickCount(std::clamp(labelsAlong(*m_axis), 2, 5));
    return QCPAxisTicker::getTickStep(range);
}

double DecadeTicker::getTickStep(const QCPRange& range) {
    m_range = range;
    return 1;
}

QVector<double> DecadeTicker::ticksAt(const QCPRange& range, const QVector<double>& mantissas) const {
    const double low = m_exponents ? range.lower : std::log10(std::max(range.lower, 1e-300));
    const double high = m_exponents ? range.upper : std::log10(std::max(range.upper, 1e-300));
    const int every = std::max(1, int((high - low) / 7));
    QVector<double> ticks;
    for (int decade = int(std::floor(low)); decade <= int(std::ceil(high)); ++decade) {
        if (decade % every) continue;
        for (const double mantissa : mantissas) {
            const double exponent = decade + std::log10(mantissa);
            if (exponent < low - 1e-9 || exponent > high + 1e-9) continue;
            ticks << (m_exponents ? exponent : mantissa * std::pow(10.0, decade));
        }
    }
    return ticks;
}

QVector<double> DecadeTicker::createTickVector(double, const QCPRange& range) {
    const double span = m_exponents ? range.size() : std::log10(range.upper / std::max(range.lower, 1e-300));
    const int room = labelsAlong(*m_axis);
    QVector<double> ticks;
    if (span < 0.7) ticks = ticksAt(range, {1, 1.5, 2, 3, 4, 5, 7});
    if (span < 2.2 && (ticks.isEmpty() || ticks.size() > room)) ticks = ticksAt(range, {1, 2, 5});
    if (span < 4 && (ticks.isEmpty() || ticks.size() > room)) ticks = ticksAt(range, {1, 3});
    if (ticks.isEmpty() || ticks.size() > room)
        // Half a decade may hold no power of ten: a crowded label is better than none.
        if (const QVector<double> powers = ticksAt(range, {1}); !powers.isEmpty()) ticks = powers;
    return ticks;
}

QVector<double> DecadeTicker::createSubTickVector(int, const QVector<double>&) {
    const double span = m_exponents ? m_range.size() : std::log10(m_range.upper / std::max(m_range.lower, 1e-300));
    return span > 8 ? QVector<double>() : ticksAt(m_range, {1, 2, 3, 4, 5, 6, 7, 8, 9});
}

QString DecadeTicker::getTickLabel(double tick, const QLocale& locale, QChar, int) {
    return tickLabel(m_exponents ? std::pow(10.0, tick) : tick, locale);
}

QString LinearTicker::getTickLabel(double tick, const QLocale& locale, QChar, int) { return tickLabel(tick, locale); }

} // namespace octavo::gui
