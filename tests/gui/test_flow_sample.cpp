// SPDX-License-Identifier: GPL-3.0-or-later
#include "activations/range_plot.h"
#include "results/perplexity_plot.h"
#include "support/flow.h"

using namespace octavo;
using namespace octavo::gui;

// The sample model, as a person meets it after installing, on very few tokens.
class TestFlowSample : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sampleFromTheStartPage() {
        QString sample = qEnvironmentVariable("OCTAVO_SAMPLE_MODEL");
        for (const char* place : {"/../models/SmolLM2-135M-Instruct", "/models/SmolLM2-135M-Instruct"})
            if (!QFileInfo::exists(sample + QStringLiteral("/config.json")))
                sample = QDir(qEnvironmentVariable("OCTAVO_TEST_DATA") + QLatin1String(place)).absolutePath();
        if (!QFileInfo::exists(sample + QStringLiteral("/config.json"))) QSKIP("the sample model is not installed");
        Flow flow;
        qputenv("OCTAVO_SAMPLE_MODEL", sample.toUtf8());
        flow.start();
        Flow::click(&flow.window(), QStringLiteral("Try the sample model"));
        QTRY_VERIFY_WITH_TIMEOUT(flow.session().model(), 30000);
        flow.setCalibration(2, 64);
        flow.session().settings().setEvaluationWindows(1);
        const QString run = flow.quantize(600000);
        QTRY_VERIFY(flow.session().view().metrics());
        const QJsonObject record = runJson(run), metrics = record[QStringLiteral("metrics")].toObject();
        QCOMPARE(record[QStringLiteral("layers")].toArray().size(), 210);
        const Arrays arrays = readArrays(run);
        const auto* plot = flow.page("activations")->findChild<RangePlot*>();
        QCOMPARE(plot->graph(0)->dataCount(), 30);
        for (int layer = 0; layer < 30; ++layer) {
            const auto& values = arrays.at(arrayName(layer, "attention_input", "absmax_before"));
            QCOMPARE(plot->graph(0)->data()->at(layer)->value, double(*std::max_element(values.begin(), values.end())));
        }
        const auto* perplexity = flow.page("results")->findChild<PerplexityPlot*>();
        QCOMPARE(perplexity->graph(1)->data()->at(0)->value, metrics[QStringLiteral("perplexity")].toDouble());
        // A language model of this size, quantized to 8 bits, still speaks.
        const double ratio = metrics[QStringLiteral("perplexity_ratio")].toObject()[QStringLiteral("value")].toDouble();
        QVERIFY2(ratio > 0.9 && ratio < 1.3, qPrintable(QString::number(ratio)));
    }
};

QTEST_MAIN(TestFlowSample)
#include "test_flow_sample.moc"
