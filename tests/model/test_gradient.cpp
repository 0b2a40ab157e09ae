// SPDX-License-Identifier: GPL-3.0-or-later
#include "gradient_checks.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

#include "support/golden_model.h"

// The gradients behind the forecast of a layer's sensitivity, and the formula that makes a divergence of them.
class TestGradient final : public QObject {
    Q_OBJECT

private:
    static QString fixture(const char* name) {
        return qEnvironmentVariable("OCTAVO_TEST_DATA") + QStringLiteral("/model/golden/") + QLatin1String(name) +
               QStringLiteral(".json");
    }

private Q_SLOTS:
    void equal_differences_data() {
        QTest::addColumn<QString>("fixture");
        const auto files = golden::files(qEnvironmentVariable("OCTAVO_TEST_DATA").toStdString());
        QVERIFY(files.size() >= 24);
        for (const auto& file : files) QTest::newRow(file.stem().c_str()) << QString::fromStdString(file.string());
    }
    void equal_differences() {
        QFETCH(QString, fixture);
        const QTemporaryDir scratch;
        const GradientDeviation found = gradient_deviation(fixture.toStdString(), scratch.path().toStdString());
        QVERIFY(found.products >= 8); // two layers with four matrices at least
        QVERIFY2(found.largest < 1e-6, qPrintable(QString::number(found.largest)));
    }

    void experts_see_some_tokens() {
        const QTemporaryDir scratch;
        QVERIFY(gradient_deviation(fixture("mixtral").toStdString(), scratch.path().toStdString()).partial > 0);
    }

    void directions_have_the_fisher_matrix() { QVERIFY(fisher_deviation() < 1e-12); }

    void small_changes_are_forecast_data() {
        QTest::addColumn<QString>("fixture");
        QTest::addColumn<bool>("one_token");
        for (const char* name : {"qwen2", "gemma2"}) {
            QTest::addRow("%s, all tokens", name) << fixture(name) << false;
            QTest::addRow("%s, one token", name) << fixture(name) << true;
        }
    }
    void small_changes_are_forecast() {
        QFETCH(QString, fixture);
        QFETCH(bool, one_token);
        const QTemporaryDir scratch;
        const Forecast found = small_change(fixture.toStdString(), scratch.path().toStdString(), one_token);
        QVERIFY(found.divergence > 1e-14); // above what float64 leaves behind
        // 3000 directions: one standard deviation is at most 2.6 %.
        QVERIFY2(std::abs(found.forecast / found.divergence - 1) < 0.08,
                 qPrintable(QString("%1 instead of %2").arg(found.forecast).arg(found.divergence)));
    }
};

QTEST_APPLESS_MAIN(TestGradient)
#include "test_gradient.moc"
