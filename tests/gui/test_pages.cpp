// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QtTest>

#include <cmath>

#include "activations/channel_plot.h"
#include "activations/range_plot.h"
#include "compare/compare_page.h"
#include "compare/run_scatter.h"
#include "export/check_model.h"
#include "export/export_page.h"
#include "models/value_table.h"
#include "pages.h"
#include "plot/heat_map.h"
#include "results/memory_plot.h"
#include "results/perplexity_plot.h"
#include "sensitivity/ranking.h"
#include "session/losses.h"
#include "session/session.h"
#include "smoothing/error_plot.h"
#include "support/session_in.h"
#include "support/synthetic_run.h"
#include "weights/code_grid.h"

using namespace octavo;
using namespace octavo::gui;

namespace {

QString attentionSite(int layer) { return QStringLiteral("model.layers.%1.attention_input").arg(layer); }

} // namespace

class TestPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const QByteArray real = qgetenv("OCTAVO_RUN");
        const std::filesystem::path path =
            real.isEmpty() ? octavo::testing::path_in(folder_, "run") : std::filesystem::path(real.toStdString());
        if (real.isEmpty()) octavo::testing::write_synthetic_run(path);
        run_ = std::make_shared<const Run>(Run::open(path));
        session_ = octavo::testing::session_in(folder_);
        if (!real.isEmpty()) session_->history().setFolder(QString::fromStdString(path.parent_path().string()));
        window_ = std::make_unique<QTabWidget>();
        for (Page* page : makePages(*session_, window_.get())) window_->addTab(page, page->title());
        window_->resize(1000, 700);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }

    void emptyPagesSayWhatHelps() {
        for (Page* page : pages()) {
            page->refreshNow();
            QVERIFY2(!page->hasContent(), qPrintable(page->id()));
            QVERIFY(page->emptyText().size() > 20);
            QVERIFY(page->intro().size() > 20);
        }
        open();
        for (Page* page : pages()) {
            page->refreshNow();
            if (page->id() == QStringLiteral("compare")) QTRY_VERIFY(page->hasContent()); // listed off the GUI thread
            QVERIFY2(page->hasContent(), qPrintable(page->id()));
        }
    }

    void rangesHoldTheRunsNumbers() {
        Page* page = openPage(QStringLiteral("activations"));
        session_->selection().setSite(attentionSite(1));
        page->refreshNow();
        const auto* plot = page->findChild<RangePlot*>();
        QVERIFY(plot);
        QCOMPARE(plot->graphCount(), 2);
        for (int layer = 0; layer < 6; ++layer)
            for (const bool after : {false, true}) {
                const auto values =
                    run_->statistics.get(attentionSite(layer).toStdString(), after ? "absmax_after" : "absmax_before");
                const double expected = *std::max_element(values.begin(), values.end());
                const auto point = plot->graph(after ? 1 : 0)->data()->findBegin(layer, false);
                QCOMPARE(point->key, double(layer));
                QCOMPARE(point->value, expected);
            }
        const auto* channels = page->findChild<ChannelPlot*>();
        const auto values = run_->statistics.get(attentionSite(1).toStdString(), "absmax_before");
        QCOMPARE(channels->before()->dataCount(), int(values.size()));
        for (std::size_t k = 0; k < values.size(); ++k)
            QCOMPARE(channels->before()->data()->at(int(k))->value, double(values[k]));
        const auto* map = page->findChild<HeatMap*>();
        QCOMPARE(map->pyramid().at(1, 17), values[17]);
    }

    void percentileBoxesComeFromTheRun() {
        Page* page = openPage(QStringLiteral("activations"));
        for (QComboBox* box : page->findChildren<QComboBox*>()) {
            if (box->findText(QStringLiteral("percentiles")) >= 0) box->setCurrentIndex(1);
            if (box->findText(QStringLiteral("linear")) >= 0) box->setCurrentIndex(1);
        }
        page->refreshNow();
        auto* plot = page->findChild<RangePlot*>();
        const QCPStatisticalBox* boxes = nullptr;
        for (int i = 0; i < plot->plottableCount() && !boxes; ++i)
            boxes = qobject_cast<QCPStatisticalBox*>(plot->plottable(i));
        QVERIFY(boxes);
        const auto percentiles = run_->statistics.get(attentionSite(0).toStdString(), "percentiles_before");
        const auto box = boxes->data()->at(0);
        QCOMPARE(box->minimum, double(percentiles[1]));
        QCOMPARE(box->lowerQuartile, double(percentiles[2]));
        QCOMPARE(box->median, double(percentiles[3]));
        QCOMPARE(box->maximum, double(percentiles[5]));
        for (QComboBox* box2 : page->findChildren<QComboBox*>()) box2->setCurrentIndex(0);
    }

    void selectionIsFollowedBothWays() {
        LayerSelection& selection = session_->selection();
        Page* page = openPage(QStringLiteral("activations"));
        selection.setLayer(4);
        page->refreshNow();
        auto* plot = page->findChild<RangePlot*>();
        const int x = int(plot->xAxis->coordToPixel(2)), y = plot->axisRect()->center().y();
        QTest::mouseClick(plot, Qt::LeftButton, {}, {x, y});
        QCOMPARE(selection.layer(), 2);
        QTest::keyClick(plot, Qt::Key_Down);
        QCOMPARE(selection.layer(), 3);
        auto* map = page->findChild<HeatMap*>();
        QTest::mouseClick(map, Qt::LeftButton, {},
                          {int(map->xAxis->coordToPixel(17)), int(map->yAxis->coordToPixel(5))});
        QCOMPARE(selection.layer(), 5);
        QCOMPARE(selection.channel(), 17);
        page->refreshNow();
        const auto* channels = page->findChild<ChannelPlot*>();
        const auto values = run_->statistics.get(selection.site().toStdString(), "absmax_before");
        QCOMPARE(channels->before()->data()->at(17)->value, double(values[17]));
        Page* smoothing = openPage(QStringLiteral("smoothing"));
        selection.setSite(QStringLiteral("model.layers.2.down_input"));
        smoothing->refreshNow();
        const auto weights = run_->statistics.get("model.layers.2.down_input", "weight_absmax_before");
        QCOMPARE(smoothing->findChild<ChannelPlot*>(QStringLiteral("weightPlot"))->before()->data()->at(3)->value,
                 double(weights[3]));
    }

    void sliderRedrawsFromTheStatistics() {
        Page* page = openPage(QStringLiteral("smoothing"));
        session_->selection().setSite(attentionSite(3));
        page->refreshNow();
        auto* plot = page->findChild<ChannelPlot*>(QStringLiteral("activationPlot"));
        const std::string owner = attentionSite(3).toStdString();
        const auto stored = run_->statistics.get(owner, "absmax_after");
        QCOMPARE(plot->after()->data()->at(17)->value, double(stored[17])); // untouched: what the run did
        auto* slider = page->findChild<QSlider*>();
        slider->setValue(100); // α = 1: s = range, so that activation = absmax / range
        const auto low = run_->statistics.get(owner, "min_before"), high = run_->statistics.get(owner, "max_before"),
                   absmax = run_->statistics.get(owner, "absmax_before");
        QTRY_VERIFY(std::abs(plot->after()->data()->at(17)->value - absmax[17] / (high[17] - low[17])) < 1e-4);
        slider->setValue(30);
        QTRY_VERIFY(std::abs(plot->after()->data()->at(17)->value - absmax[17] / (high[17] - low[17])) > 1e-3);
        const auto* errors = page->findChild<ErrorPlot*>();
        const auto strengths = run_->statistics.get(owner, "strengths"),
                   measured = run_->statistics.get(owner, "strength_errors");
        QCOMPARE(errors->measured()->dataCount(), int(strengths.size()) - 1); // the first is "not smoothed"
        QCOMPARE(errors->measured()->data()->at(0)->value, double(measured[1]));
        QCOMPARE(errors->predicted()->dataCount(), 41);
    }

    void strengthGoesIntoTheRecipe() {
        Page* page = openPage(QStringLiteral("smoothing"));
        session_->selection().setSite(attentionSite(3));
        page->refreshNow();
        page->findChild<QSlider*>()->setValue(70);
        click(page, QStringLiteral("Use for this &layer"));
        const auto& strengths = session_->recipe().recipe().smoothing.strengths;
        QCOMPARE(strengths.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(strengths[0].first), attentionSite(3));
        QVERIFY(std::abs(strengths[0].second - 0.7) < 1e-9);
        session_->recipe().undoStack().undo();
        QVERIFY(session_->recipe().recipe().smoothing.strengths.empty());
    }

    void weightsPageShowsTheHistogram() {
        Page* page = openPage(QStringLiteral("weights"));
        const QString matrix = QStringLiteral("model.layers.2.mlp.down_proj");
        session_->selection().setMatrix(matrix);
        page->refreshNow();
        const auto histogram = run_->statistics.get(matrix.toStdString(), "weight_histogram");
        const QCPBars* bars = nullptr;
        for (Plot* plot : page->findChildren<Plot*>())
            for (int i = 0; i < plot->plottableCount() && !bars; ++i) bars = qobject_cast<QCPBars*>(plot->plottable(i));
        QVERIFY(bars);
        QCOMPARE(bars->dataCount(), 256);
        QCOMPARE(bars->data()->at(0)->key, -128.0);
        QCOMPARE(bars->data()->at(128)->value, double(histogram[128]));
    }

    // OCP E4M3: 253 finite values apart from the two zeros, −448 … 448, evenly many on both sides.
    void floatingCodesStandInOrder() {
        std::vector<float> histogram(256, 1.0f);
        const CodeGrid grid = CodeGrid::make(histogram, preset("FP8_DYNAMIC").weights);
        QCOMPARE(grid.values.size(), std::size_t(253));
        QCOMPARE(grid.values.front(), -448.0);
        QCOMPARE(grid.values.back(), 448.0);
        QCOMPARE(grid.values[126], 0.0);
        QCOMPARE(grid.counts[126], 2.0);
        QVERIFY(std::is_sorted(grid.values.begin(), grid.values.end()));
        const CodeGrid four = CodeGrid::make(histogram, preset("W4A16").weights);
        QCOMPARE(four.values.front(), -8.0);
        QCOMPARE(four.values.back(), 7.0);
    }

    void worstMatricesGoTo16Bit() {
        Page* page = openPage(QStringLiteral("sensitivity"));
        page->refreshNow();
        const Ranking ranking(run_->record.layers, Ranking::Measure::solved);
        for (std::size_t i = 1; i < ranking.entries().size(); ++i)
            QVERIFY(ranking.entries()[i - 1].damage >= ranking.entries()[i].damage);
        QVERIFY(std::abs(ranking.cumulative().back() - 1) < 1e-9);
        page->findChild<QSpinBox*>()->setValue(2);
        click(page, QStringLiteral("&Keep in 16 bit"));
        for (const QString& name : ranking.worst(2)) QCOMPARE(session_->recipe().schemeOf(name), QString());
        session_->recipe().undoStack().undo();
        QCOMPARE(session_->recipe().schemeOf(ranking.worst(1).first()), QStringLiteral("W8A8"));
    }

    void differencesAreAveragedAlongTheText() {
        TokenLosses losses;
        for (int i = 0; i < 400; ++i) {
            losses.ids.push_back(i);
            losses.reference_loss.push_back(2);
            losses.loss.push_back(i >= 200 && i < 232 ? 3.0f : 2.01f);
        }
        const auto line = differenceAlongText(losses, 100);
        QCOMPARE(line.size(), std::size_t(100));
        QVERIFY(std::abs(line[50].second - 1) < 1e-6);
        QVERIFY(std::abs(line[0].second - 0.01) < 1e-6);
    }

    void resultsAndExportShowTheRecord() {
        Page* results = openPage(QStringLiteral("results"));
        results->refreshNow();
        const auto* plot = results->findChild<PerplexityPlot*>();
        QCOMPARE(plot->graph(0)->data()->at(0)->value, *run_->record.metrics->reference_perplexity);
        QCOMPARE(plot->graph(1)->data()->at(0)->value, run_->record.metrics->perplexity);
        double sum = 0;
        const auto* memory = results->findChild<MemoryPlot*>(QStringLiteral("memory"));
        for (int i = 0; i < const_cast<MemoryPlot*>(memory)->plottableCount(); ++i)
            if (const auto* bars = qobject_cast<QCPBars*>(const_cast<MemoryPlot*>(memory)->plottable(i)))
                sum += bars->data()->at(1)->value;
        double expected = 0;
        for (const auto& [kind, bytes] : run_->record.bytes_by_kind_after) expected += double(bytes);
        QCOMPARE(sum, expected);
        auto* exporting = qobject_cast<ExportPage*>(openPage(QStringLiteral("export")));
        exporting->refreshNow();
        QVERIFY(exporting->command().contains(QStringLiteral("vllm serve ")));
        QVERIFY(exporting->command().contains(QString::fromStdString(run_->record.output)));
        const auto* checks = exporting->findChild<CheckModel*>();
        QCOMPARE(checks->rowCount(), int(run_->record.checks.size()) + 1); // and whether the target can run it
        QCOMPARE(checks->count(Check::Status::warning), 1);
        QVERIFY(checks->index(0, 0).data().toString().contains(
            QStringLiteral("warning"))); // what needs attention comes first
        QAbstractItemModelTester tester(const_cast<CheckModel*>(checks),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void twoRunsAreOverlaid() {
        open();
        const QString other = folder_.filePath(QStringLiteral("other"));
        octavo::testing::SyntheticRun shape;
        shape.seed = 7;
        octavo::testing::write_synthetic_run(other.toStdString(), shape);
        session_->history().add(other);
        auto* page = qobject_cast<ComparePage*>(openPage(QStringLiteral("compare")));
        QTRY_VERIFY(session_->history().runs().size() >= 2);
        page->refreshNow();
        const QString mine = QString::fromStdString(run_->folder.string());
        page->choose({mine, other});
        QCOMPARE(page->chosen().size(), 2);
        Plot* overlay = nullptr;
        for (Plot* plot : page->findChildren<Plot*>())
            if (!qobject_cast<RunScatter*>(plot)) overlay = plot;
        QTRY_COMPARE(overlay->graphCount(), 2);
        const Run second = Run::open(other.toStdString());
        const bool inOrder = page->chosen().first() == mine;
        for (std::size_t k = 0; k < run_->record.layers.size(); ++k) {
            QCOMPARE(overlay->graph(inOrder ? 0 : 1)->data()->at(int(k))->value, run_->record.layers[k].relative_error);
            QCOMPARE(overlay->graph(inOrder ? 1 : 0)->data()->at(int(k))->value,
                     second.record.layers[k].relative_error);
        }
        const auto* scatter = page->findChild<RunScatter*>();
        QCOMPARE(scatter->graph(0)->dataCount(), 2);
        auto* view = page->findChild<QTableView*>();
        for (const int width : {500, 700, 1400}) {
            view->setFixedWidth(width);
            QCoreApplication::processEvents();
            const int data = view->model()->columnCount() - 3; // gives way first
            QCOMPARE(view->isColumnHidden(data), width < 1400);
            QCOMPARE(view->horizontalScrollBar()->maximum(), 0);
        }
    }

    void modelsBehave() {
        open();
        for (Page* page : pages()) {
            window_->setCurrentWidget(page);
            page->refreshNow();
            for (auto* table : page->findChildren<ValueTable*>()) {
                QAbstractItemModelTester tester(table, QAbstractItemModelTester::FailureReportingMode::QtTest);
                page->scheduleRefresh();
                page->refreshNow();
                if (table->rowCount() > 0) QVERIFY(table->index(0, 0).data(Qt::DisplayRole).isValid());
            }
        }
    }

    // With OCTAVO_PICTURES set, every page is written there, light and dark, small and large.
    void pictures() {
        const QString target = qEnvironmentVariable("OCTAVO_PICTURES");
        if (target.isEmpty()) QSKIP("OCTAVO_PICTURES is not set");
        open();
        session_->selection().setSite(attentionSite(2));
        const QPalette light = QApplication::palette();
        QPalette dark;
        const QPair<QPalette::ColorRole, QColor> roles[] = {
            {QPalette::Window, QColor(0x25, 0x27, 0x2b)},      {QPalette::WindowText, QColor(0xe6, 0xe8, 0xeb)},
            {QPalette::Base, QColor(0x1b, 0x1d, 0x20)},        {QPalette::AlternateBase, QColor(0x22, 0x24, 0x28)},
            {QPalette::Text, QColor(0xe6, 0xe8, 0xeb)},        {QPalette::Button, QColor(0x30, 0x33, 0x38)},
            {QPalette::ButtonText, QColor(0xe6, 0xe8, 0xeb)},  {QPalette::Highlight, QColor(0x2f, 0x6f, 0xb0)},
            {QPalette::ToolTipBase, QColor(0x30, 0x33, 0x38)}, {QPalette::PlaceholderText, QColor(0x9a, 0xa0, 0xa8)}};
        for (const auto& [role, colour] : roles) dark.setColor(role, colour);
        for (const bool isDark : {false, true}) {
            QApplication::setPalette(isDark ? dark : light);
            for (const QSize size : {QSize(700, 560), QSize(1260, 820)}) {
                window_->resize(size);
                for (Page* page : pages()) {
                    window_->setCurrentWidget(page);
                    QTest::qWait(350);
                    for (Plot* plot : page->findChildren<Plot*>()) plot->replot();
                    const QString name =
                        QStringLiteral("%1/%2-%3-%4.png")
                            .arg(target, page->id(), isDark ? QStringLiteral("dark") : QStringLiteral("light"),
                                 QString::number(size.width()));
                    QVERIFY(window_->grab().save(name));
                    auto* tabs = page->findChild<QTabWidget*>();
                    if (!tabs || isDark || size.width() > 800) continue;
                    for (int tab = 1; tab < tabs->count(); ++tab) {
                        tabs->setCurrentIndex(tab);
                        QTest::qWait(150);
                        QVERIFY(window_->grab().save(
                            QString(name).replace(QStringLiteral(".png"), QStringLiteral("-tab%1.png").arg(tab))));
                    }
                    tabs->setCurrentIndex(0);
                }
            }
        }
        QApplication::setPalette(light);
    }

private:
    std::vector<Page*> pages() const {
        std::vector<Page*> found;
        for (int i = 0; i < window_->count(); ++i) found.push_back(qobject_cast<Page*>(window_->widget(i)));
        return found;
    }
    void open() {
        if (session_->view().run()) return;
        session_->openRun(QString::fromStdString(run_->folder.string()));
        QTRY_VERIFY(session_->view().run());
    }
    Page* openPage(const QString& id) {
        open();
        for (Page* page : pages())
            if (page->id() == id) {
                window_->setCurrentWidget(page);
                QTest::qWait(20);
                for (Plot* plot : page->findChildren<Plot*>()) plot->replot();
                return page;
            }
        return nullptr;
    }
    static void click(Page* page, const QString& text) {
        for (auto* button : page->findChildren<QPushButton*>())
            if (button->text() == text) return QTest::mouseClick(button, Qt::LeftButton);
        QFAIL(qPrintable(QStringLiteral("no button ") + text));
    }

    QTemporaryDir folder_;
    std::shared_ptr<const Run> run_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<QTabWidget> window_;
};

QTEST_MAIN(TestPages)
#include "test_pages.moc"
