// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QMenu>
#include <QSlider>
#include <QTreeView>

#include <algorithm>
#include <cmath>

#include "activations/channel_plot.h"
#include "activations/range_plot.h"
#include "compare/compare_page.h"
#include "compare/run_scatter.h"
#include "export/check_model.h"
#include "export/export_page.h"
#include "layers/layer_panel.h"
#include "models/layer_tree_model.h"
#include "plot/heat_map.h"
#include "results/memory_plot.h"
#include "results/perplexity_plot.h"
#include "smoothing/error_plot.h"
#include "support/flow.h"

using namespace octavo;
using namespace octavo::gui;

// From an opened model to two compared runs and a verified export, in the order in which a person does it: each step
// builds on the ones before.
class TestFlowRun : public QObject {
    Q_OBJECT

private:
    static constexpr int layers = 2;
    Flow flow_;
    QString first_, second_;
    Arrays arrays_;

    static bool torchIsLoaded() {
        QFile maps(QStringLiteral("/proc/self/maps"));
        return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("libtorch");
    }
    const std::vector<float>& array(int layer, const char* owner, const char* statistic) const {
        return arrays_.at(arrayName(layer, owner, statistic));
    }
    void select(int layer, const char* place) {
        flow_.session().selection().setMatrix(flow_.session().selection().matrixName(layer, QLatin1String(place)));
        Flow::settle();
    }

private Q_SLOTS:
    void initTestCase() {
        tiny::write(flow_.file("model"));
        flow_.start();
    }

    void aModelOpensWithoutTorch() {
        QVERIFY(!flow_.actions().quantize->isEnabled());
        flow_.openModel(flow_.path("model"));
        QVERIFY(flow_.window().pages().front()->isVisible());
        QVERIFY(flow_.actions().quantize->isEnabled());
        QVERIFY(flow_.window().windowTitle().contains(QStringLiteral("model")));
        QVERIFY(!torchIsLoaded());
    }

    void quantizingEndsAtTheResults() {
        flow_.setCalibration(4, 48);
        QSignalSpy matrices(&flow_.controller(), &RunController::matrixFinished);
        first_ = flow_.quantize();
        QVERIFY2(!flow_.window().messages()->isVisible(), qPrintable(flow_.message()));
        QTRY_VERIFY(flow_.session().view().metrics());
        QVERIFY(torchIsLoaded());
        QCOMPARE(matrices.count(), layers * 7);
        const QJsonObject run = runJson(first_);
        QCOMPARE(run[QStringLiteral("status")].toString(), QStringLiteral("done"));
        const QJsonObject data = run[QStringLiteral("dataset")].toObject();
        QCOMPARE(data[QStringLiteral("samples")].toInt(), 4);
        QVERIFY(data[QStringLiteral("tokens")].toInt() <= 4 * 48);
        QVERIFY(QFileInfo::exists(run[QStringLiteral("output")].toString() + QStringLiteral("/model.safetensors")));
        const QStringList left = entriesOf(first_);
        for (const char* file :
             {"comparison.json", "events.jsonl", "log.txt", "losses.safetensors", "run.json", "statistics.safetensors"})
            QVERIFY2(left.contains(QLatin1String(file)), file);
        for (const char* file : {"statistics.parts", "journal"}) QVERIFY2(!left.contains(QLatin1String(file)), file);
        arrays_ = readArrays(first_);
    }

    void theEvaluationFillsTheResults() {
        Page* page = nullptr;
        for (Page* one : flow_.window().pages())
            if (one->isVisible()) page = one;
        QVERIFY(page);
        QCOMPARE(page->id(), QStringLiteral("results")); // nobody had to look for them
        const QJsonObject run = runJson(first_), metrics = run[QStringLiteral("metrics")].toObject();
        const auto* plot = page->findChild<PerplexityPlot*>();
        QVERIFY(plot && plot->isVisible());
        const double before = metrics[QStringLiteral("reference_perplexity")].toDouble(),
                     after = metrics[QStringLiteral("perplexity")].toDouble();
        QVERIFY(before > 1 && after > 1);
        QCOMPARE(plot->graph(0)->data()->at(0)->value, before);
        QCOMPARE(plot->graph(1)->data()->at(0)->value, after);
        QStringList texts;
        for (const QLabel* label : page->findChildren<QLabel*>()) texts << label->text();
        QVERIFY2(texts.join(QLatin1Char('\n')).contains(QLocale().toString(after, 'f', 2)),
                 qPrintable(texts.join(QLatin1Char('\n'))));
        double sum = 0;
        auto* memory = page->findChild<MemoryPlot*>(QStringLiteral("memory"));
        for (int i = 0; i < memory->plottableCount(); ++i)
            if (const auto* bars = qobject_cast<QCPBars*>(memory->plottable(i))) sum += bars->data()->at(1)->value;
        double bytes = 0;
        const QJsonObject kinds = run[QStringLiteral("bytes_by_kind")].toObject()[QStringLiteral("after")].toObject();
        for (const QJsonValue& kind : kinds) bytes += kind.toDouble();
        // The KV cache at the planned context is stacked on top.
        const auto forecast = flow_.session().forecast();
        QVERIFY(forecast);
        QCOMPARE(sum, bytes + double(forecast->kv_bytes_per_token) * double(flow_.session().servingContext()));
    }

    void activationsHoldTheRunsNumbers() {
        Page* page = flow_.page("activations");
        select(1, "self_attn.q_proj");
        const auto* plot = page->findChild<RangePlot*>();
        QCOMPARE(plot->graphCount(), 2);
        for (int layer = 0; layer < layers; ++layer)
            for (const bool after : {false, true}) {
                const auto& values = array(layer, "attention_input", after ? "absmax_after" : "absmax_before");
                const auto point = plot->graph(after ? 1 : 0)->data()->findBegin(layer, false);
                QCOMPARE(point->key, double(layer));
                QCOMPARE(point->value, double(*std::max_element(values.begin(), values.end())));
            }
        const auto* channels = page->findChild<ChannelPlot*>();
        const auto &before = array(1, "attention_input", "absmax_before"),
                   &after = array(1, "attention_input", "absmax_after");
        QCOMPARE(channels->before()->dataCount(), int(before.size()));
        for (std::size_t k = 0; k < before.size(); ++k) {
            QCOMPARE(channels->before()->data()->at(int(k))->value, double(before[k]));
            QCOMPARE(channels->after()->data()->at(int(k))->value, double(after[k]));
        }
        const auto* map = page->findChild<HeatMap*>();
        for (int layer = 0; layer < layers; ++layer)
            for (int k = 0; k < int(before.size()); ++k)
                QCOMPARE(map->pyramid().at(layer, k), array(layer, "attention_input", "absmax_before")[std::size_t(k)]);
    }

    void weightsHoldTheRunsNumbers() {
        Page* page = flow_.page("weights");
        select(1, "mlp.down_proj");
        const auto& histogram = array(1, "mlp.down_proj", "weight_histogram");
        const QCPBars* bars = nullptr;
        for (Plot* plot : page->findChildren<Plot*>())
            for (int i = 0; i < plot->plottableCount() && !bars; ++i) bars = qobject_cast<QCPBars*>(plot->plottable(i));
        QVERIFY(bars);
        QCOMPARE(bars->dataCount(), 256);
        for (int i = 0; i < 256; ++i) QCOMPARE(bars->data()->at(i)->value, double(histogram[std::size_t(i)]));
    }

    void draggingAlphaRedraws() {
        Page* page = flow_.page("smoothing");
        select(0, "mlp.gate_proj");
        auto* plot = page->findChild<ChannelPlot*>(QStringLiteral("activationPlot"));
        auto* weights = page->findChild<ChannelPlot*>(QStringLiteral("weightPlot"));
        auto* slider = page->findChild<QSlider*>();
        QTRY_COMPARE(page->findChild<ErrorPlot*>()->predicted()->dataCount(), 41);
        const auto &low = array(0, "mlp_input", "min_before"), &high = array(0, "mlp_input", "max_before"),
                   &absmax = array(0, "mlp_input", "absmax_before"),
                   &weight = array(0, "mlp_input", "weight_absmax_before");
        // SmoothQuant, equation 4, with the range as the activation's reach.
        const auto scale = [&](std::size_t k, double alpha) {
            return std::pow(double(high[k]) - double(low[k]), alpha) / std::pow(double(weight[k]), 1 - alpha);
        };
        QImage picture = plot->grab().toImage();
        for (const int percent : {85, 40, 15}) {
            slider->setValue(percent);
            const auto drawn = [&](const ChannelPlot* from, std::size_t k) {
                return from->after()->data()->at(int(k))->value;
            };
            const double alpha = percent / 100.0;
            QTRY_VERIFY(std::abs(drawn(plot, 3) / (absmax[3] / scale(3, alpha)) - 1) < 1e-4);
            for (std::size_t k = 0; k < absmax.size(); ++k) {
                QVERIFY(std::abs(drawn(plot, k) / (absmax[k] / scale(k, alpha)) - 1) < 1e-4);
                QVERIFY(std::abs(drawn(weights, k) / (weight[k] * scale(k, alpha)) - 1) < 1e-4);
            }
            Flow::settle();
            const QImage now = plot->grab().toImage();
            QVERIFY(now != picture); // and it can be seen
            picture = now;
        }
    }

    // From a button of the page to the end of what it starts: every bar stands for a row of the file that it left. The
    // forecast first; what is measured then takes its place, and the forecast stays in the file.
    void theDivergenceIsForecastAndMeasured_data() {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("measure");
        QTest::newRow("forecast") << QStringLiteral("Forecast") << QStringLiteral("gradient")
                                  << QStringLiteral("KL divergence, forecast");
        QTest::newRow("quick") << QStringLiteral("Quick pass") << QStringLiteral("kl_divergence")
                               << QStringLiteral("KL divergence, this group");
    }
    void theDivergenceIsForecastAndMeasured() {
        QFETCH(QString, button);
        QFETCH(QString, key);
        QFETCH(QString, measure);
        Page* page = flow_.page("sensitivity");
        QSignalSpy finished(&flow_.controller(), &RunController::sensitivityFinished);
        Flow::click(page, button);
        QVERIFY(flow_.controller().isRunning());
        QVERIFY(!finished.isEmpty() || finished.wait(120000));
        QVERIFY2(finished.first().last().toBool(), qPrintable(flow_.message()));
        Flow::settle();
        std::vector<double> found;
        for (const QJsonValue& row :
             readJson(first_ + QStringLiteral("/sensitivity.json"))[QStringLiteral("rows")].toArray())
            if (const QJsonValue damage = row[key]; damage.isObject())
                found.push_back(damage[QStringLiteral("mean")].toDouble());
        QCOMPARE(int(found.size()), layers * 4); // qkv, o, gate and up, down
        std::sort(found.rbegin(), found.rend());
        const auto* combo = flow_.field<QComboBox>(page, QStringLiteral("Damage"));
        QVERIFY2(combo->currentText().startsWith(measure), qPrintable(combo->currentText()));
        const QCPBars* bars = nullptr;
        for (auto* plot : page->findChildren<Plot*>())
            for (int i = 0; i < plot->plottableCount(); ++i)
                if (auto* one = qobject_cast<QCPBars*>(plot->plottable(i)); one && one->dataCount() > 0) bars = one;
        QVERIFY(bars);
        QCOMPARE(bars->dataCount(), int(found.size()));
        for (int i = 0; i < bars->dataCount(); ++i) QCOMPARE(bars->data()->at(i)->value, found[std::size_t(i)]);
    }

    void aLayerIsKeptIn16Bit() {
        flow_.window().showDock(QStringLiteral("layers"));
        auto* panel = flow_.window().findChild<LayerPanel*>();
        const QAbstractItemModel* model = panel->tree()->model();
        panel->tree()->selectionModel()->setCurrentIndex(model->index(0, 0), QItemSelectionModel::ClearAndSelect |
                                                                                 QItemSelectionModel::Rows);
        const std::unique_ptr<QMenu> menu(panel->makeMenu());
        menu->actions().front()->trigger();
        const LayerSelection& selection = flow_.session().selection();
        for (const char* place : {"self_attn.q_proj", "self_attn.o_proj", "mlp.down_proj"}) {
            const QString first = selection.matrixName(0, QLatin1String(place)),
                          second = selection.matrixName(1, QLatin1String(place));
            QVERIFY(!first.isEmpty() && !second.isEmpty());
            QCOMPARE(flow_.session().recipe().schemeOf(first), QString());
            QCOMPARE(flow_.session().recipe().schemeOf(second), QStringLiteral("W8A8"));
        }
        QVERIFY(flow_.actions().find(QStringLiteral("actionUndo"))->isEnabled());
    }

    void quantizingAgainKeepsBothRuns() {
        second_ = flow_.quantize();
        QVERIFY(second_ != first_);
        QTRY_VERIFY(flow_.session().view().metrics());
        int kept = 0;
        const QJsonArray matrices = runJson(second_)[QStringLiteral("layers")].toArray();
        QCOMPARE(matrices.size(), layers * 7);
        for (const QJsonValue& matrix : matrices) {
            const bool first = matrix[QStringLiteral("layer")].toInt() == 0;
            QCOMPARE(matrix[QStringLiteral("scheme")].toString().isEmpty(), first);
            kept += first;
        }
        QCOMPARE(kept, 7);
        QVERIFY(QFileInfo::exists(first_ + QStringLiteral("/run.json")));
        // What the export holds, read without the product: codes where it was quantized, the original's bytes
        // elsewhere.
        const auto folder = runJson(second_)[QStringLiteral("output")].toString().toStdString();
        std::map<std::string, tiny::Tensor> original, written;
        for (auto& [name, tensor] : tiny::read_safetensors(flow_.file("model") / "model.safetensors"))
            original[name] = tensor;
        for (auto& [name, tensor] : tiny::read_safetensors(std::filesystem::path(folder) / "model.safetensors"))
            written[name] = tensor;
        const std::string matrix = "mlp.up_proj.weight";
        QCOMPARE(written.at("model.layers.1." + matrix).dtype, std::string("I8"));
        QVERIFY(written.at("model.layers.0." + matrix).bytes == original.at("model.layers.0." + matrix).bytes);
    }

    void compareShowsBoth() {
        QTRY_COMPARE(flow_.session().history().runs().size(), std::size_t(2));
        auto* page = qobject_cast<ComparePage*>(flow_.page("compare"));
        page->choose({first_, second_});
        QCOMPARE(page->chosen().size(), 2);
        const auto* scatter = page->findChild<RunScatter*>();
        QCOMPARE(scatter->graph(0)->dataCount(), 2);
        Plot* overlay = nullptr;
        for (Plot* plot : page->findChildren<Plot*>())
            if (!qobject_cast<RunScatter*>(plot)) overlay = plot;
        QTRY_COMPARE(overlay->graphCount(), 2);
        for (int i = 0; i < 2; ++i) {
            const QJsonArray matrices = runJson(page->chosen()[i])[QStringLiteral("layers")].toArray();
            int drawn = 0;
            for (const auto& point : *overlay->graph(i)->data()) {
                const double error = matrices[int(point.key)][QStringLiteral("relative_error")].toDouble();
                if (std::isnan(point.value)) continue;
                QCOMPARE(point.value, error);
                ++drawn;
            }
            QVERIFY(drawn >= 7);
        }
    }

    void theExportIsVerified() {
        flow_.actions().exportPage->trigger();
        auto* page = qobject_cast<ExportPage*>(flow_.page("export"));
        const QJsonObject run = runJson(second_);
        const auto* checks = page->findChild<CheckModel*>();
        const int before = checks->rowCount();
        QCOMPARE(before, run[QStringLiteral("checks")].toArray().size() + 1); // and whether the target can run it
        QVERIFY(before > 3);
        QVERIFY(page->command().contains(run[QStringLiteral("output")].toString()));
        Flow::click(page, QStringLiteral("Verify again"));
        QTRY_VERIFY(checks->rowCount() >= before);
        QCOMPARE(checks->count(Check::Status::fail), 0);
        // A damaged export is found.
        QFile weights(run[QStringLiteral("output")].toString() + QStringLiteral("/model.safetensors"));
        QVERIFY(weights.open(QIODevice::ReadWrite) && weights.resize(weights.size() - 4));
        weights.close();
        Flow::settle();
        Flow::click(page, QStringLiteral("Verify again"));
        QTRY_VERIFY(checks->count(Check::Status::fail) > 0);
    }

    void aRunOpensWhenItsModelIsGone() {
        flow_.close();
        QVERIFY(QDir(flow_.path("model")).removeRecursively());
        flow_.start();
        flow_.session().open(first_);
        QTRY_VERIFY(flow_.session().view().run());
        QVERIFY(!flow_.session().model());
        for (Page* page : flow_.window().pages()) {
            flow_.page(page->id().toLatin1().constData());
            if (page->id() == QLatin1String("compare")) QTRY_VERIFY(page->hasContent());
            QVERIFY2(page->hasContent(), qPrintable(page->id()));
        }
        activationsHoldTheRunsNumbers();
        weightsHoldTheRunsNumbers();
        draggingAlphaRedraws();
        QVERIFY(!flow_.actions().quantize->isEnabled());
        QVERIFY(!flow_.actions().quantize->toolTip().isEmpty());
        QVERIFY(!flow_.window().messages()->isVisible());
    }
};

QTEST_MAIN(TestFlowRun)
#include "test_flow_run.moc"
