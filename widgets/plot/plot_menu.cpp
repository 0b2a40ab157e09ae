// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_menu.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QStandardPaths>

#include "plot/plot.h"
#include "plot/plot_export.h"

namespace octavo::gui {
namespace {

void exportAs(Plot* plot, const QString& ending, const QString& kind) {
    QString name = plot->title().isEmpty() ? QStringLiteral("octavo") : plot->title().toLower();
    name.replace(QRegularExpression(QStringLiteral("[^\\w]+")), QStringLiteral("-"));
    const QString start = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation) + QLatin1Char('/') + name +
                          QLatin1Char('.') + ending;
    QString file = QFileDialog::getSaveFileName(plot, PlotMenu::tr("Export plot"), start,
                                                QStringLiteral("%1 (*.%2)").arg(kind, ending));
    if (file.isEmpty()) return;
    if (QFileInfo(file).suffix().isEmpty()) file += QLatin1Char('.') + ending;
    const QString problem = PlotExport::save(*plot, file);
    if (!problem.isEmpty()) QMessageBox::warning(plot, PlotMenu::tr("Export plot"), problem);
}

} // namespace

QMenu* PlotMenu::make(Plot& plot) {
    auto* menu = new QMenu(&plot);
    PlotNavigation& navigation = plot.navigation();
    // The keys are shown but not registered: the plot with the focus handles them itself.
    const auto add = [&](const QString& text, const char* keys, auto&& does) {
        return menu->addAction(*keys ? text + QLatin1Char('\t') + QLatin1String(keys) : text, &plot, does);
    };
    add(PlotMenu::tr("Reset view"), "0", [&] { navigation.reset(); });
    add(PlotMenu::tr("Step back"), "Backspace", [&] { navigation.back(); })->setEnabled(navigation.isZoomed());
    QAction* band = add(PlotMenu::tr("Drag draws a zoom rectangle"), "Z",
                        [&] { navigation.setRubberBandMode(!navigation.rubberBandMode()); });
    band->setCheckable(true);
    band->setChecked(navigation.rubberBandMode());
    menu->addSeparator();
    add(PlotMenu::tr("Copy image"), "",
        [&] { QGuiApplication::clipboard()->setPixmap(plot.toPixmap(plot.width(), plot.height(), 2.0)); });
    add(PlotMenu::tr("Copy data (CSV)"), "", [&] { QGuiApplication::clipboard()->setText(plot.csv()); });
    menu->addSeparator();
    add(PlotMenu::tr("Export as PNG…"), "", [&] { exportAs(&plot, QStringLiteral("png"), QStringLiteral("PNG")); });
    add(PlotMenu::tr("Export as SVG…"), "", [&] { exportAs(&plot, QStringLiteral("svg"), QStringLiteral("SVG")); });
    add(PlotMenu::tr("Export as PDF…"), "", [&] { exportAs(&plot, QStringLiteral("pdf"), QStringLiteral("PDF")); });
    add(PlotMenu::tr("Export data as CSV…"), "",
        [&] { exportAs(&plot, QStringLiteral("csv"), QStringLiteral("CSV")); });
    return menu;
}

void PlotMenu::exec(Plot& plot, const QPoint& at) {
    QMenu* menu = make(plot);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(at);
}

} // namespace octavo::gui
