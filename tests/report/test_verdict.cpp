// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <limits>

#include "report/units.h"
#include "report/verdict.h"

using namespace octavo;

namespace {

Metrics paired(double ratio, double error, double kl = 0.0096, double kl_error = 0.0004) {
    Metrics out;
    out.perplexity = 20 * ratio;
    out.reference_perplexity = 20;
    out.perplexity_ratio = {ratio, error};
    out.kl_divergence = {kl, kl_error};
    out.kl_max = 1;
    out.same_top = 0.95;
    out.tokens = 6132;
    return out;
}

bool says(const Metrics& metrics, const char* part) {
    return verdict(metrics).english().find(part) != std::string::npos;
}

} // namespace

class TestVerdict : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // 1.0065 ± 1.96 · 0.001 = [1.00454, 1.00846], rounded outwards.
    void namesARiseOnlyWhenTheIntervalExcludesOne() {
        QVERIFY(says(paired(1.0065, 0.001), "between 0.45 % and 0.85 % higher"));
        QVERIFY(says(paired(1.0065, 0.001), "KL divergence 0.0096 ± 0.0008 nats"));
        QVERIFY(says(paired(1.0065, 0.004),
                     "no change of perplexity can be told from chance (95 % interval -0.14 % to 1.44 %)"));
        QVERIFY(!says(paired(1.0065, 0.004), "higher"));
    }
    void theEdgeOfTheIntervalIsNotAClaim() {
        QVERIFY(says(paired(1 + 1.96 * 0.01, 0.0100001), "no change"));
        QVERIFY(says(paired(1 + 1.97 * 0.01, 0.01), "higher"));
    }
    void aFallIsAFall() { QVERIFY(says(paired(0.98, 0.005), "between 1.02 % and 2.98 % lower")); }

    void withoutAReferenceOrAnErrorNothingIsClaimed() {
        Metrics alone;
        alone.perplexity = 21.25;
        alone.tokens = 100;
        QVERIFY(says(alone, "21.250") && says(alone, "nothing can be said"));
        QVERIFY(says(paired(1.05, 0), "is not known") && !says(paired(1.05, 0), "higher"));
        QVERIFY(says(paired(1.05, NAN), "is not known"));
        Metrics without_ratio = paired(1, 0.1);
        without_ratio.perplexity_ratio.value = NAN;
        QVERIFY(says(without_ratio, "nothing can be said"));
        Metrics broken = paired(1, 0.1);
        broken.perplexity = std::numeric_limits<double>::infinity();
        QVERIFY(says(broken, "unusable"));
        QVERIFY(says(Metrics{}, "Nothing was measured"));
    }
    void identicalModels() {
        Metrics same = paired(1, 0, 0, 0);
        same.kl_max = 0;
        same.same_top = 1;
        QVERIFY(says(same, "same output"));
    }

    void bytes_data() {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("0") << quint64(0) << "0 B";
        QTest::newRow("1023") << quint64(1023) << "1023 B";
        QTest::newRow("1024") << quint64(1024) << "1.0 KiB";
        QTest::newRow("carry") << quint64(1048575) << "1.0 MiB";
        QTest::newRow("model") << quint64(269060552) << "256.6 MiB"; // 269060552 / 2²⁰ = 256.596
        QTest::newRow("largest") << std::numeric_limits<quint64>::max() << "16.0 EiB";
    }
    void bytes() {
        QFETCH(quint64, bytes);
        QTEST(QString::fromStdString(bytes_text(bytes)), "text");
    }

    void durations_data() {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("0.4") << 0.42 << "0.4 s";
        QTest::newRow("9.96") << 9.96 << "10 s";
        QTest::newRow("59.6") << 59.6 << "1 min";
        QTest::newRow("100") << 100.0 << "1 min 40 s";
        QTest::newRow("3599.7") << 3599.7 << "1 h";
        QTest::newRow("7500") << 7500.0 << "2 h 5 min";
        QTest::newRow("days") << 3 * 86400.0 + 4 * 3600.0 << "3 d 4 h";
        QTest::newRow("unknown") << -1.0 << "–";
        QTest::newRow("nan") << double(NAN) << "–";
    }
    void durations() {
        QFETCH(double, seconds);
        QTEST(QString::fromStdString(duration_text(seconds)), "text");
    }
};

QTEST_APPLESS_MAIN(TestVerdict)
#include "test_verdict.moc"
