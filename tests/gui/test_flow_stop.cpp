// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

#include "activations/channel_plot.h"
#include "activations/range_plot.h"
#include "docks/job_panel.h"
#include "docks/loss_strip.h"
#include "plot/heat_map.h"
#include "support/flow.h"
#include "support/gate.h"

using namespace octavo;
using namespace octavo::gui;

// A run that is still going: what the window shows of it, and all the ways to end it.
class TestFlowStop : public QObject {
    Q_OBJECT

private:
    static constexpr int layers = 4;
    std::unique_ptr<Flow> flow_;
    std::unique_ptr<Gate> gate_;

    QPushButton* cancelButton() {
        for (auto* button : flow_->window().findChild<JobPanel*>()->findChildren<QPushButton*>())
            if (button->accessibleName() == QStringLiteral("Cancel the run")) return button;
        return nullptr;
    }
    QString jobTexts() {
        QStringList out;
        for (const QLabel* label : flow_->window().findChild<JobPanel*>()->findChildren<QLabel*>())
            out << label->text();
        return out.join(QLatin1Char('\n'));
    }
    /// Starts a run and comes back when the gate holds it.
    void startHeld(Gate::When when) {
        gate_ = std::make_unique<Gate>(std::move(when));
        flow_->controller().setWork(gate_->work());
        flow_->pressQuantize();
        QTRY_VERIFY_WITH_TIMEOUT(gate_->isHolding(), 60000);
        QTest::qWait(100); // what has been reported arrives
    }
    void waitForEnd() {
        QTRY_VERIFY_WITH_TIMEOUT(!flow_->controller().isRunning(), 60000);
        Flow::settle();
    }
    QString exports() const { return flow_->path("data/exports"); }
    QStringList runs() const { return entriesOf(flow_->path("data/runs")); }
    /// Answers the question that closing asks.
    static void answer(QMessageBox::StandardButton button, bool& asked) {
        QTimer::singleShot(100, qApp, [button, &asked] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box) return;
            asked = true;
            QTest::mouseClick(box->button(button), Qt::LeftButton);
        });
    }

private Q_SLOTS:
    void init() {
        flow_ = std::make_unique<Flow>();
        tiny::Options options;
        options.layers = layers;
        tiny::write(flow_->file("model"), options);
        flow_->start();
        flow_->openModel(flow_->path("model"));
        flow_->setCalibration(4, 48);
    }
    void cleanup() {
        if (gate_) gate_->release();
        flow_.reset(); // joins
        gate_.reset();
    }

    void pagesFillLayerByLayer() {
        Page* page = flow_->page("activations");
        QVERIFY(!page->hasContent());
        startHeld(Gate::afterMatrices(14)); // two of four layers
        QTRY_COMPARE(flow_->session().view().reports().size(), std::size_t(14));
        QTRY_VERIFY(page->hasContent());
        const auto* plot = page->findChild<RangePlot*>();
        QTRY_VERIFY(plot->graphCount() > 0 &&
                    plot->graph(0)->dataCount() == 2); // a growing run is drawn twice a second
        const double seen[] = {plot->graph(0)->data()->at(0)->value, plot->graph(0)->data()->at(1)->value};
        const auto* strip = flow_->window().findChild<LossStrip*>();
        QTRY_COMPARE(strip->errors().size(), std::size_t(layers));
        QTRY_VERIFY(strip->errors()[1] > 0 && std::isnan(strip->errors()[2]));
        flow_->session().selection().setLayer(1);
        QTRY_VERIFY(page->findChild<ChannelPlot*>()->before());
        const int channels = page->findChild<ChannelPlot*>()->before()->dataCount();
        Page* weights = flow_->page("weights");
        QTRY_VERIFY(weights->hasContent());
        // The folder as it lies there opens in another window.
        const QString run = flow_->controller().runFolder(), copy = flow_->path("copy");
        std::filesystem::copy(run.toStdString(), copy.toStdString(), std::filesystem::copy_options::recursive);
        QVERIFY(!QFileInfo::exists(copy + QStringLiteral("/statistics.safetensors")));
        {
            Workbench other;
            other.session().open(copy);
            QTRY_VERIFY(other.session().view().run());
            QCOMPARE(other.session().view().reports().size(), std::size_t(14));
            QCOMPARE(other.session().view().record()->status, std::string("running"));
            QVERIFY(
                !other.session().view().array(QStringLiteral("model.layers.1.down_input"), "absmax_after")->empty());
            for (Page* one : other.window().pages())
                if (one->id() == QLatin1String("activations")) QVERIFY(one->hasContent());
        }
        gate_->release();
        waitForEnd();
        QTRY_VERIFY(flow_->session().view().run());
        const Arrays arrays = readArrays(run);
        for (int layer = 0; layer < 2; ++layer) {
            const auto& values = arrays.at(arrayName(layer, "attention_input", "absmax_before"));
            QCOMPARE(seen[layer], double(*std::max_element(values.begin(), values.end())));
            QCOMPARE(channels, int(values.size()));
        }
        QVERIFY(!QFileInfo::exists(run + QStringLiteral("/statistics.parts")));
    }

    void cancellingLeavesNothingAndTheWindowGoesOn() {
        startHeld(Gate::afterMatrices(9));
        QVERIFY(!entriesOf(exports()).isEmpty()); // the export is being written
        QVERIFY(!flow_->actions().quantize->isEnabled());
        QVERIFY2(jobTexts().contains(QStringLiteral("Calibrating and solving")), qPrintable(jobTexts()));
        QPushButton* cancel = cancelButton();
        QVERIFY(cancel && cancel->isEnabled());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QVERIFY(!cancel->isEnabled());
        waitForEnd();
        QCOMPARE(entriesOf(exports()), QStringList());
        QCOMPARE(runs().size(), 1);
        const QJsonObject run = runJson(flow_->controller().runFolder());
        QCOMPARE(run[QStringLiteral("status")].toString(), QStringLiteral("cancelled"));
        QVERIFY2(!flow_->window().messages()->isVisible(), qPrintable(flow_->message())); // it was wanted
        QVERIFY2(jobTexts().contains(QStringLiteral("cancelled")), qPrintable(jobTexts()));
        // What was seen until then is shown.
        QTRY_VERIFY(flow_->session().view().run());
        const qsizetype seen = run[QStringLiteral("layers")].toArray().size();
        QVERIFY2(seen >= 9 && seen < 7 * layers, qPrintable(QString::number(seen)));
        QCOMPARE(flow_->session().view().reports().size(), std::size_t(seen));
        QVERIFY(flow_->page("activations")->hasContent());
        // And the next run is like any other.
        flow_->controller().setWork({});
        const QString next = flow_->quantize();
        QCOMPARE(runJson(next)[QStringLiteral("status")].toString(), QStringLiteral("done"));
        QCOMPARE(entriesOf(exports()).size(), 1);
        QVERIFY2(jobTexts().contains(QStringLiteral("complete")), qPrintable(jobTexts()));
    }

    void anInterruptedRunIsResumed() {
        const QString fresh = runJson(flow_->quantize())[QStringLiteral("output")].toString();
        QVERIFY(!flow_->actions().resume->isEnabled());
        startHeld(Gate::afterMatrices(16));
        const QString run = flow_->controller().runFolder();
        flow_->actions().cancel->trigger();
        waitForEnd();
        QTRY_VERIFY(flow_->actions().resume->isEnabled());
        // Found again after another start, by somebody who opens the run alone and has other plans in the set-up.
        flow_->close();
        flow_->start();
        flow_->session().open(run);
        QTRY_VERIFY(flow_->session().canResume());
        flow_->setCalibration(2, 24);
        QSignalSpy logged(&flow_->controller(), &RunController::logged);
        Flow::click(flow_->window().findChild<JobPanel*>(), QStringLiteral("Resume"));
        QTRY_VERIFY(flow_->controller().isRunning());
        waitForEnd();
        QTRY_VERIFY(flow_->session().view().metrics());
        QVERIFY(!flow_->session().canResume());
        const QJsonObject record = runJson(run);
        QCOMPARE(record[QStringLiteral("status")].toString(), QStringLiteral("done"));
        QCOMPARE(record[QStringLiteral("layers")].toArray().size(), 7 * layers);
        QCOMPARE(flow_->session().view().reports().size(), std::size_t(7 * layers));
        const auto weights = [](const QString& folder) {
            return tiny::read_text((folder + QStringLiteral("/model.safetensors")).toStdString());
        };
        QVERIFY(weights(record[QStringLiteral("output")].toString()) == weights(fresh));
    }

    void cancellingAtOnceShowsWhatWasShownBefore() {
        const QString first = flow_->quantize();
        QTRY_VERIFY(flow_->session().view().run());
        startHeld(Gate::phase("calibrate"));
        QVERIFY(flow_->session().view().isEmpty());
        flow_->actions().cancel->trigger();
        waitForEnd();
        QTRY_VERIFY(flow_->session().view().run());
        QCOMPARE(QString::fromStdString(flow_->session().view().run()->folder.string()), first);
        QCOMPARE(entriesOf(exports()).size(), 1);
    }

    void cancellingTheMeasurementKeepsTheRun() {
        startHeld(Gate::phase("evaluate"));
        // Everything but the metrics is there already.
        QTRY_VERIFY(flow_->session().view().run());
        QVERIFY(!flow_->session().view().metrics());
        QCOMPARE(flow_->session().view().record()->status, std::string("done"));
        QVERIFY(flow_->page("export")->hasContent());
        flow_->actions().cancel->trigger();
        waitForEnd();
        const QJsonObject run = runJson(flow_->controller().runFolder());
        QCOMPARE(run[QStringLiteral("status")].toString(), QStringLiteral("done"));
        QVERIFY(run[QStringLiteral("metrics")].isNull());
        QVERIFY(QFileInfo::exists(run[QStringLiteral("output")].toString() + QStringLiteral("/model.safetensors")));
        // It can be made up for.
        flow_->controller().setWork({});
        Page* results = flow_->page("results");
        Flow::click(results, QStringLiteral("Measure accuracy"));
        QTRY_VERIFY_WITH_TIMEOUT(flow_->session().view().metrics(), 60000);
    }

    void closingAsks() {
        startHeld(Gate::afterMatrices(3));
        bool asked = false;
        answer(QMessageBox::No, asked);
        QVERIFY(!flow_->window().close());
        QVERIFY(asked);
        QVERIFY(flow_->window().isVisible() && flow_->controller().isRunning() && gate_->isHolding());
        asked = false;
        answer(QMessageBox::Yes, asked);
        QVERIFY(flow_->window().close());
        QVERIFY(asked);
        QVERIFY(!flow_->window().isVisible());
        const QString run = flow_->controller().runFolder();
        flow_->close(); // as main() does it after the last window
        QCOMPARE(runJson(run)[QStringLiteral("status")].toString(), QStringLiteral("cancelled"));
        QCOMPARE(entriesOf(exports()), QStringList());
    }

    void closingWithoutARunDoesNotAsk() {
        bool asked = false;
        answer(QMessageBox::No, asked);
        QVERIFY(flow_->window().close());
        QTest::qWait(150);
        QVERIFY(!asked);
    }

    void anotherLanguageLeavesTheRunAlone() {
        startHeld(Gate::afterMatrices(8));
        // What only the end brings says so, and offers no second run.
        Page* waiting = flow_->page("results");
        QVERIFY(!waiting->hasContent());
        for (const auto* button : waiting->findChildren<QPushButton*>()) QVERIFY(!button->isVisible());
        const MainWindow* before = &flow_->window();
        const QRect geometry = before->geometry();
        flow_->session().settings().setLanguage(QStringLiteral("de"));
        QTRY_VERIFY(&flow_->window() != before);
        Flow::settle();
        QVERIFY(flow_->controller().isRunning() && gate_->isHolding());
        QCOMPARE(flow_->window().currentPage(), QStringLiteral("results")); // the same page in the same place
        QCOMPARE(flow_->window().geometry(), geometry);
        QCOMPARE(flow_->session().view().reports().size(), std::size_t(8));
        QVERIFY(flow_->page("activations")->hasContent());
        gate_->release();
        waitForEnd();
        QTRY_VERIFY(flow_->session().view().metrics());
        Page* results = flow_->page("results");
        QVERIFY(results->hasContent());
    }

    void aModelOpenedMeanwhileStays() {
        tiny::Options options;
        options.seed = 5;
        tiny::write(flow_->file("other"), options);
        startHeld(Gate::afterMatrices(3));
        flow_->session().open(flow_->path("other"));
        QTRY_COMPARE(flow_->session().model()->name, QStringLiteral("other"));
        QVERIFY(flow_->session().view().isEmpty()); // pictures of another model would mislead
        gate_->release();
        waitForEnd();
        QTest::qWait(100);
        QCOMPARE(flow_->session().model()->name, QStringLiteral("other"));
        QVERIFY(flow_->message().contains(QStringLiteral("Compare")));
        QTRY_COMPARE(flow_->session().history().runs().size(), std::size_t(1));
    }
};

QTEST_MAIN(TestFlowStop)
#include "test_flow_stop.moc"
