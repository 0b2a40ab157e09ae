// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QtTest>

#include <cmath>

#include "plot/decade_ticker.h"
#include "plot/heat_map.h"
#include "plot/max_pyramid.h"
#include "plot/plot.h"
#include "plot/plot_export.h"
#include "plot/plot_menu.h"
#include "plot/theme.h"

using namespace octavo::gui;

namespace {

void show(Plot& plot) {
    plot.resize(500, 300);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.replot();
}

void addRamp(Plot& plot) {
    plot.setAxisTitles(QStringLiteral("layer"), QStringLiteral("absmax"));
    QCPGraph* graph = plot.addLine(QStringLiteral("before"), Tone::before);
    for (int i = 0; i <= 10; ++i) graph->addData(i, 2.5 * i);
    plot.fit({.floor = 0.0});
}

bool same(const QCPRange& a, const QCPRange& b) {
    return std::abs(a.lower - b.lower) < 1e-9 && std::abs(a.upper - b.upper) < 1e-9;
}

void turnWheel(Plot& plot, QPointF at, int delta) {
    QWheelEvent event(at, plot.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&plot, &event);
}

void drag(Plot& plot, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mousePress(&plot, Qt::LeftButton, modifiers, from);
    for (int step = 1; step <= 4; ++step) {
        const QPoint at = from + (to - from) * step / 4;
        QMouseEvent move(QEvent::MouseMove, at, plot.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
        QApplication::sendEvent(&plot, &move);
    }
    QTest::mouseRelease(&plot, Qt::LeftButton, modifiers, to);
}

} // namespace

class TestPlot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wheelZoomsBackspaceStepsBackZeroResets() {
        Plot plot;
        addRamp(plot);
        show(plot);
        const auto home = plot.navigation().view();
        turnWheel(plot, plot.axisRect()->center(), 120);
        const auto zoomed = plot.navigation().view();
        QVERIFY(zoomed.first.size() < home.first.size());
        QVERIFY(zoomed.second.size() < home.second.size());
        QTest::qWait(400); // another turn of the wheel is another gesture
        turnWheel(plot, plot.axisRect()->center(), 240);
        QCOMPARE(plot.navigation().depth(), 2);
        QTest::keyClick(&plot, Qt::Key_Backspace);
        QVERIFY(same(plot.xAxis->range(), zoomed.first));
        QTest::keyClick(&plot, Qt::Key_0);
        QVERIFY(same(plot.xAxis->range(), home.first));
        QTest::keyClick(&plot, Qt::Key_Backspace); // a reset can be taken back too
        QVERIFY(same(plot.xAxis->range(), zoomed.first));
        QTest::keyClick(&plot, Qt::Key_Backspace);
        QVERIFY(same(plot.xAxis->range(), home.first));
        QVERIFY(same(plot.yAxis->range(), home.second));
        QVERIFY(!plot.navigation().isZoomed());
    }

    void dragPansWithinTheDataAndDoubleClickResets() {
        Plot plot;
        addRamp(plot);
        show(plot);
        const QPoint centre = plot.axisRect()->center();
        const auto home = plot.navigation().view();
        QTest::keyClick(&plot, Qt::Key_Plus);
        QTest::keyClick(&plot, Qt::Key_Plus);
        const auto before = plot.navigation().view();
        drag(plot, centre, centre + QPoint(-60, 0));
        QVERIFY(plot.xAxis->range().lower > before.first.lower);
        QVERIFY(std::abs(plot.xAxis->range().size() - before.first.size()) < 1e-9);
        for (int i = 0; i < 40; ++i) drag(plot, centre, centre + QPoint(-150, 0));
        QVERIFY(plot.xAxis->range().upper <= home.first.upper + home.first.size() * 0.081); // nobody gets lost
        QTest::mouseDClick(&plot, Qt::LeftButton, {}, centre);
        QVERIFY(same(plot.xAxis->range(), home.first));
    }

    void rubberBandWithShiftShowsWhatWasFramed() {
        Plot plot;
        addRamp(plot);
        show(plot);
        const QRect room = plot.axisRect()->rect();
        const QPoint from = room.topLeft() + QPoint(room.width() / 4, room.height() / 4),
                     to = room.topLeft() + QPoint(room.width() / 2, room.height() / 2);
        const double left = plot.xAxis->pixelToCoord(from.x()), right = plot.xAxis->pixelToCoord(to.x());
        drag(plot, from, to, Qt::ShiftModifier);
        QVERIFY(std::abs(plot.xAxis->range().lower - left) < 0.1);
        QVERIFY(std::abs(plot.xAxis->range().upper - right) < 0.1);
        QCOMPARE(plot.navigation().depth(), 1);
    }

    void clickTellsCoordinatesAndDragDoesNot() {
        Plot plot;
        addRamp(plot);
        show(plot);
        QSignalSpy clicks(&plot, &Plot::clicked);
        const QPoint centre = plot.axisRect()->center();
        QTest::mouseClick(&plot, Qt::LeftButton, {}, centre);
        QCOMPARE(clicks.count(), 1);
        QVERIFY(std::abs(clicks[0][0].toPointF().x() - plot.xAxis->pixelToCoord(centre.x())) < 1e-6);
        drag(plot, centre, centre + QPoint(30, 10));
        QCOMPARE(clicks.count(), 1);
    }

    void cursorNamesTheNearestPoint() {
        Plot plot;
        addRamp(plot);
        show(plot);
        QSignalSpy texts(&plot, &Plot::hovered);
        const QPoint at(int(plot.xAxis->coordToPixel(4)), int(plot.yAxis->coordToPixel(10)));
        QTest::mouseMove(&plot, at + QPoint(2, 2));
        QMouseEvent move(QEvent::MouseMove, at, plot.mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(&plot, &move);
        QVERIFY(!texts.isEmpty());
        const QString text = texts.last()[0].toString();
        QVERIFY2(text.contains(QStringLiteral("layer: 4")) && text.contains(QStringLiteral("absmax: 10")),
                 qPrintable(text));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&plot, &leave);
        QCOMPARE(texts.last()[0].toString(), QString());
    }

    void upAndDownWalk() {
        Plot plot;
        show(plot);
        QSignalSpy steps(&plot, &Plot::stepped);
        QTest::keyClick(&plot, Qt::Key_Down);
        QTest::keyClick(&plot, Qt::Key_Up);
        QCOMPARE(steps.count(), 2);
        QCOMPARE(steps[0][0].toInt(), 1);
        QCOMPARE(steps[1][0].toInt(), -1);
    }

    void csvHasTheSeriesSideBySideWhateverTheLocale() {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        Plot plot;
        plot.setAxisTitles(QStringLiteral("layer"), QStringLiteral("error"));
        QCPGraph* first = plot.addLine(QStringLiteral("before, raw"), Tone::before);
        QCPGraph* second = plot.addLine(QStringLiteral("after"), Tone::after);
        first->addData(0, 0.5);
        first->addData(1, 1e-7);
        second->addData(1, 2.25);
        QCOMPARE(plot.csv(), QStringLiteral("layer,\"before, raw\",after\r\n0,0.5,\r\n1,1e-07,2.25\r\n"));
        QLocale::setDefault(QLocale::c());
    }

    void filesOfEveryKindAreWritten() {
        QTemporaryDir folder;
        Plot plot;
        addRamp(plot);
        show(plot);
        for (const char* ending : {"png", "svg", "pdf", "csv"}) {
            const QString file = folder.filePath(QStringLiteral("plot.") + QLatin1String(ending));
            QCOMPARE(PlotExport::save(plot, file), QString());
            QVERIFY(QFileInfo(file).size() > 30);
        }
        QImage image(folder.filePath(QStringLiteral("plot.png")));
        QCOMPARE(image.size(), plot.size() * 2);
        QVERIFY(!PlotExport::save(plot, QStringLiteral("/nonexistent-folder/plot.csv")).isEmpty());
        const std::unique_ptr<QMenu> menu(PlotMenu::make(plot));
        QVERIFY(menu->actions().size() >= 9);
        for (const QAction* action : menu->actions())
            QVERIFY(action->shortcut().isEmpty()); // shown, but not registered twice
    }

    void paletteRecoloursTheSeries() {
        Plot plot;
        addRamp(plot);
        QPalette dark = plot.palette();
        dark.setColor(QPalette::Base, QColor(30, 30, 34));
        dark.setColor(QPalette::Text, QColor(230, 230, 230));
        const QColor light = plot.graph(0)->pen().color();
        plot.setPalette(dark);
        QVERIFY(plot.theme().dark);
        QVERIFY(plot.graph(0)->pen().color() != light);
        QCOMPARE(plot.graph(0)->pen().color(), plot.theme().color(Tone::before));
        QVERIFY(plot.graph(0)->pen().widthF() <= 1.0); // wider pens are a hundred times slower
    }

    // Level by level against a plain loop over the columns.
    void pyramidKeepsTheMaximum() {
        constexpr int rows = 7, columns = 1003;
        std::vector<float> values(std::size_t(rows) * columns);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = float((i * 7919) % 10007);
        values[3 * columns + 500] = std::nanf("");
        const MaxPyramid pyramid(values, rows, columns);
        for (int level = 0; level < pyramid.levels(); ++level)
            for (int rowStep : {1, 2, 3})
                for (int row = 0; row * rowStep < rows; ++row)
                    for (int column = 0; column < pyramid.columnsAt(level); ++column) {
                        float largest = -1;
                        for (int r = row * rowStep; r < std::min(rows, (row + 1) * rowStep); ++r)
                            for (int c = column << level; c < std::min(columns, (column + 1) << level); ++c)
                                if (const float v = values[std::size_t(r) * columns + std::size_t(c)]; v > largest)
                                    largest = v;
                        const float cell = pyramid.cell(level, rowStep, row, column);
                        if (largest < 0)
                            QVERIFY(std::isnan(cell));
                        else
                            QCOMPARE(cell, largest);
                    }
        QCOMPARE(MaxPyramid::levelFor(14336, 900, 15), 4);
        QCOMPARE(MaxPyramid::levelFor(500, 900, 10), 0);
    }

    // One bright channel among 14336 on 400 pixels: it must be in the picture, and the cursor must find it.
    void heatMapShowsASingleOutlier() {
        constexpr int rows = 20, columns = 14336, outlier = 9001;
        std::vector<float> values(std::size_t(rows) * columns, 1.0f);
        values[std::size_t(7) * columns + outlier] = 1000.0f;
        HeatMap map;
        map.setMatrix(std::move(values), rows, columns, HeatMap::Scale::logarithmic);
        show(map);
        auto* data = map.map()->data();
        QVERIFY(data->keySize() <= map.axisRect()->width());
        int bright = 0;
        for (int row = 0; row < data->valueSize(); ++row)
            for (int column = 0; column < data->keySize(); ++column)
                if (data->cell(column, row) > 2.9) ++bright;
        QCOMPARE(bright, 1);
        const HeatMap::Cell cell = map.cellAt({double(outlier - 3), 7.2});
        QCOMPARE(cell.column, outlier);
        QCOMPARE(cell.value, 1000.0f);
        // The brightest colour of the gradient is really painted.
        const QImage picture = map.toPixmap(500, 300).toImage();
        const QColor top(0xFD, 0xE7, 0x25);
        const QRect room = map.axisRect()->rect();
        bool painted = false;
        for (int y = room.top(); y <= room.bottom(); ++y)
            for (int x = room.left(); x <= room.right(); ++x) {
                const QColor c = picture.pixelColor(x, y);
                painted = painted || (std::abs(c.red() - top.red()) < 8 && std::abs(c.green() - top.green()) < 8 &&
                                      std::abs(c.blue() - top.blue()) < 8);
            }
        QVERIFY(painted);
        // Zoomed in, every channel has its own cell again.
        map.navigation().zoom(0.01, Qt::Horizontal, {map.xAxis->coordToPixel(outlier), double(room.center().y())});
        QCOMPARE(map.cellAt({double(outlier - 1), 7}).column, outlier - 1);
        QCOMPARE(map.cellAt({double(outlier), 7}).value, 1000.0f);
    }

    // The same powers of ten in every language; a decimal point of its own.
    void tickLabelsAreShort() {
        const QLocale german(QLocale::German);
        QCOMPARE(tickLabel(7.5e-5, QLocale::c()), QStringLiteral("7.5·10⁻⁵"));
        QCOMPARE(tickLabel(7.5e-5, german), QStringLiteral("7,5·10⁻⁵"));
        QCOMPARE(tickLabel(1e-4, german), QStringLiteral("10⁻⁴"));
        QCOMPARE(tickLabel(-2e6, german), QStringLiteral("−2·10⁶"));
        QCOMPARE(tickLabel(0.02, german), QStringLiteral("0,02"));
        QCOMPARE(tickLabel(0, german), QStringLiteral("0"));
    }

    // A title longer than its axis is broken into lines; what reads it gets it whole.
    void longAxisTitlesAreBroken() {
        Plot plot;
        plot.addLine(QStringLiteral("x"), Tone::after)->addData({0, 1}, {0, 1});
        plot.setAxisTitles(QStringLiteral("layer"), QStringLiteral("relative output error of the matrices"));
        plot.resize(300, 120);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        plot.replot();
        const QFontMetrics metrics(plot.yAxis->labelFont());
        for (const QString& line : plot.yAxis->label().split(QLatin1Char('\n')))
            QVERIFY2(metrics.horizontalAdvance(line) <= 120, qPrintable(line));
        plot.resize(300, 500);
        plot.replot();
        plot.replot(); // the axes have their new height
        QCOMPARE(plot.yAxis->label(), QStringLiteral("relative output error of the matrices"));
    }

    void logarithmicAxisHasReadableTicks() {
        Plot plot;
        plot.setLogarithmic(plot.yAxis, true);
        QCPGraph* graph = plot.addLine(QStringLiteral("x"), Tone::after);
        graph->addData(0, 3.0);
        graph->addData(1, 41.0);
        plot.fit({});
        show(plot);
        QVERIFY(plot.yAxis->range().lower > 1 && plot.yAxis->range().upper < 80);
        const QVector<QString> labels = plot.yAxis->tickVectorLabels();
        QVERIFY(labels.size() >= 3);
        QVERIFY(labels.contains(QStringLiteral("5")) && labels.contains(QStringLiteral("20")));
    }
};

QTEST_MAIN(TestPlot)
#include "test_plot.moc"
