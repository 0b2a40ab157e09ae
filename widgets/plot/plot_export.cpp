// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_export.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>
#include <map>

#include "plot/plot.h"

namespace octavo::gui {
namespace {

/// One column of numbers over x.
struct Column {
    QString name;
    std::map<double, double> values;
};

std::vector<Column> columnsOf(const QCPAbstractPlottable* plottable) {
    std::vector<Column> columns;
    const auto text = [](const char* source) { return QCoreApplication::translate("octavo::gui::PlotExport", source); };
    if (const auto* box = qobject_cast<const QCPStatisticalBox*>(plottable)) {
        const char* parts[] = {QT_TRANSLATE_NOOP("octavo::gui::PlotExport", "minimum"),
                               QT_TRANSLATE_NOOP("octavo::gui::PlotExport", "lower quartile"),
                               QT_TRANSLATE_NOOP("octavo::gui::PlotExport", "median"),
                               QT_TRANSLATE_NOOP("octavo::gui::PlotExport", "upper quartile"),
                               QT_TRANSLATE_NOOP("octavo::gui::PlotExport", "maximum")};
        for (const char* part : parts) columns.push_back({box->name() + QStringLiteral(" ") + text(part), {}});
        for (const QCPStatisticalBoxData& data : *box->data()) {
            const double values[] = {data.minimum, data.lowerQuartile, data.median, data.upperQuartile, data.maximum};
            for (int i = 0; i < 5; ++i) columns[std::size_t(i)].values[data.key] = values[i];
        }
        return columns;
    }
    auto* data = const_cast<QCPAbstractPlottable*>(plottable)->interface1D();
    if (!data) return columns;
    Column column{plottable->name(), {}};
    for (int i = 0; i < data->dataCount(); ++i) column.values[data->dataMainKey(i)] = data->dataMainValue(i);
    columns.push_back(std::move(column));
    return columns;
}

} // namespace

QString PlotExport::cell(const QString& text) {
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n')))
        return text;
    return QLatin1Char('"') + QString(text).replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString PlotExport::cell(double value) {
    return std::isfinite(value) ? QString::number(value, 'g', QLocale::FloatingPointShortest) : QString();
}

QString PlotExport::csv(const QCustomPlot& plot) {
    std::vector<Column> columns;
    for (int i = 0; i < plot.plottableCount(); ++i)
        for (Column& column : columnsOf(const_cast<QCustomPlot&>(plot).plottable(i)))
            columns.push_back(std::move(column));
    std::map<double, bool> keys;
    for (const Column& column : columns)
        for (const auto& [key, value] : column.values) keys[key] = true;
    // Horizontal bars have their keys on the vertical axis; named ticks are written by their names.
    const QCPAxis* keyAxis =
        plot.plottableCount() > 0 ? const_cast<QCustomPlot&>(plot).plottable(0)->keyAxis() : plot.xAxis;
    const auto names = keyAxis->ticker().dynamicCast<QCPAxisTickerText>();
    const auto keyText = [&](double key) {
        return names && names->ticks().contains(key) ? cell(names->ticks().value(key)) : cell(key);
    };
    QStringList lines, row{cell(keyAxis->label().simplified())};
    for (const Column& column : columns) row << cell(column.name);
    lines << row.join(QLatin1Char(','));
    for (const auto& [key, unused] : keys) {
        row = {keyText(key)};
        for (const Column& column : columns) {
            const auto found = column.values.find(key);
            row << (found == column.values.end() ? QString() : cell(found->second));
        }
        lines << row.join(QLatin1Char(','));
    }
    return lines.join(QStringLiteral("\r\n")) + QStringLiteral("\r\n");
}

QString PlotExport::save(Plot& plot, const QString& file) {
    const QString ending = QFileInfo(file).suffix().toLower();
    bool done = false;
    if (ending == QStringLiteral("csv")) {
        QSaveFile out(file);
        done = out.open(QIODevice::WriteOnly) && out.write(plot.csv().toUtf8()) >= 0 && out.commit();
    } else if (ending == QStringLiteral("pdf")) {
        done = plot.savePdf(file, plot.width(), plot.height(), QCP::epAllowCosmetic, QString(), plot.title());
    } else if (ending == QStringLiteral("svg")) {
        QSvgGenerator generator;
        generator.setFileName(file);
        generator.setTitle(plot.title());
        generator.setSize(plot.size());
        generator.setViewBox(QRect(QPoint(0, 0), plot.size()));
        QCPPainter painter;
        if (painter.begin(&generator)) {
            painter.setMode(QCPPainter::pmVectorized);
            painter.setMode(QCPPainter::pmNoCaching);
            plot.toPainter(&painter, plot.width(), plot.height());
            done = painter.end();
        }
    } else {
        done = plot.savePng(file, plot.width(), plot.height(), 2.0);
    }
    return done ? QString()
                : QCoreApplication::translate("octavo::gui::PlotExport",
                                              "%1 could not be written. Is the folder there and writable?")
                      .arg(file);
}

} // namespace octavo::gui
