// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden_checks.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

#include "architecture/architecture.h"
#include "support/golden_model.h"

using namespace octavo;

// Every kind of architecture against what transformers computed: logits, numbers of parameters, KV cache; and rescaling
// by the derived smoothing groups changes nothing.
class TestGolden final : public QObject {
    Q_OBJECT

private:
    static void add_fixtures() {
        QTest::addColumn<QString>("fixture");
        const auto files = golden::files(qEnvironmentVariable("OCTAVO_TEST_DATA").toStdString());
        QVERIFY(files.size() >= 24);
        for (const auto& file : files) QTest::newRow(file.stem().c_str()) << QString::fromStdString(file.string());
    }
    static void below(double found, double limit) { QVERIFY2(found < limit, qPrintable(QString::number(found))); }
    static std::string at(const QTemporaryDir& folder) { return folder.path().toStdString(); }

private Q_SLOTS:
    void logits_data() { add_fixtures(); }
    void logits() {
        QFETCH(QString, fixture);
        const QTemporaryDir scratch;
        below(golden_deviation(fixture.toStdString(), at(scratch)), 1e-4);
    }

    void language_model_of_one_that_sees() {
        const std::string data = qEnvironmentVariable("OCTAVO_TEST_DATA").toStdString();
        const QTemporaryDir scratch;
        below(golden_deviation(data + "/model/golden/gemma3.json", at(scratch), true), 1e-4);
        const ModelConfig config = read_model_config(ModelFolder(at(scratch)));
        QCOMPARE(config.prefix, std::string("language_model.model."));
        const auto modules = linear_modules(config);
        const auto tower = std::find_if(modules.begin(), modules.end(), [](const Module& module) {
            return module.name == "vision_tower.vision_model.encoder.layers.0.mlp.fc1";
        });
        QVERIFY(tower != modules.end());
        QCOMPARE(tower->class_name, std::string("VisionLinear"));
    }

    void text_in_pieces_data() { add_fixtures(); }
    void text_in_pieces() {
        QFETCH(QString, fixture);
        const QTemporaryDir scratch;
        below(continued_deviation(fixture.toStdString(), at(scratch)), 1e-5);
    }

    void sizes_data() { add_fixtures(); }
    void sizes() {
        QFETCH(QString, fixture);
        const QTemporaryDir scratch;
        const golden::Json json = golden::Json::parse(tiny::read_text(fixture.toStdString()));
        golden::write(at(scratch), json, golden::tensors(json));
        const ModelConfig config = read_model_config(ModelFolder(at(scratch)));
        QCOMPARE(config.parameters(), json.at("parameters").get<std::int64_t>());
        const auto tokens = json.at("cached_tokens").get<std::int64_t>();
        QCOMPARE(std::size_t(config.layers), json.at("cached").size());
        std::int64_t kept = 0;
        for (int layer = 0; layer < config.layers; ++layer) {
            const std::int64_t window = config.window(layer);
            // transformers drops the oldest token of a full window before the next one comes, not when it comes.
            const std::int64_t expected = config.cached() * (window ? std::min(window - 1, tokens) : tokens);
            QCOMPARE(json.at("cached")[std::size_t(layer)].get<std::int64_t>(), expected);
            kept += window ? std::min(window, tokens) : tokens;
        }
        QCOMPARE(config.cached(tokens), kept * config.cached());
    }

    void smoothing_changes_nothing_data() { add_fixtures(); }
    void smoothing_changes_nothing() {
        QFETCH(QString, fixture);
        const QTemporaryDir scratch;
        for (const double spread : {0.2, 1.0, 2.0})
            below(smoothing_deviation(fixture.toStdString(), at(scratch), -1, spread, Smoothing::whole), 1e-4);
    }

    /// The same, half done: a group that has no part in the result would pass the test above.
    void smoothing_matters_data() { add_fixtures(); }
    void smoothing_matters() {
        QFETCH(QString, fixture);
        const QTemporaryDir scratch;
        int groups = 0;
        for (int kind = 0; kind < 3; ++kind) {
            const double found =
                smoothing_deviation(fixture.toStdString(), at(scratch), kind, 1.0, Smoothing::producers_alone);
            if (found < 0) continue;
            ++groups;
            QVERIFY2(found > 1e-3, qPrintable(QString::number(found)));
            QVERIFY(smoothing_deviation(fixture.toStdString(), at(scratch), kind, 1.0, Smoothing::consumers_alone) >
                    1e-3);
        }
        QVERIFY(groups >= 2);
    }
};

QTEST_APPLESS_MAIN(TestGolden)
#include "test_golden.moc"
