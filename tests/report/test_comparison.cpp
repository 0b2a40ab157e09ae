// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "base/error.h"
#include "report/comparison.h"

using namespace octavo;

class TestComparison : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Values of table I in Newcombe, Statistics in Medicine 17 (1998).
    void wilson_intervals() {
        const Proportion some = wilson(81, 263);
        QVERIFY(std::abs(some.low - 0.2553) < 5e-5);
        QVERIFY(std::abs(some.high - 0.3662) < 5e-5);
        const Proportion few = wilson(15, 148);
        QVERIFY(std::abs(few.low - 0.0624) < 5e-5);
        QVERIFY(std::abs(few.high - 0.1605) < 5e-5);
        const Proportion none = wilson(0, 20);
        QCOMPARE(none.low, 0.0);
        QVERIFY(std::abs(none.high - 0.1611) < 5e-5);
    }

    /// 2 · P(X <= min) of a binomial with p = 1/2, by hand.
    void mcnemar_is_exact() {
        QCOMPARE(mcnemar(0, 0), 1.0);
        QVERIFY(std::abs(mcnemar(0, 5) - 2.0 / 32) < 1e-12);
        QVERIFY(std::abs(mcnemar(7, 1) - 2.0 * (1 + 8) / 256) < 1e-12);
        QCOMPARE(mcnemar(3, 3), 1.0);
        QCOMPARE(mcnemar(2, 9), mcnemar(9, 2));
    }

    void bins_hold_what_their_edges_say() {
        QCOMPARE(kl_bin_of(0), 0);
        QCOMPARE(kl_bin_of(1e-9), 0);
        QCOMPARE(kl_bin_of(50), kl_bins - 1);
        for (int bin = 1; bin < kl_bins; ++bin) {
            QCOMPARE(kl_bin_of(kl_bin_lower_edge(bin) * 1.001), bin);
            QCOMPARE(kl_bin_of(kl_bin_lower_edge(bin) * 0.999), bin - 1);
        }
        QVERIFY(std::abs(kl_bin_lower_edge(kl_bins - 1) - 10) < 1e-9);
    }

    void reports_survive_their_file() {
        ComparisonReport report;
        Comparison& one = report.texts.emplace_back();
        one.metrics.perplexity = 12.5;
        one.metrics.reference_perplexity = 12.25;
        one.metrics.tokens = 3;
        one.top5_agreement = 0.75;
        one.kl_histogram.assign(kl_bins, 2);
        one.window_kl = {0.25, 0.5};
        one.classes.push_back({"digits", 2, 3, 2.5, {1.2, 0.1}, {0.01, 0.001}, 0.5});
        one.worst.push_back({1, 7, "before ", {{"a\n", 0.5, -0.25}, {"b", 2, 1}}, 1.25, 0.375, "x", "y", 1});
        report.choices = ChoiceResult{"q.jsonl", 20, wilson(10, 20), wilson(12, 20), 3, 1, 0.625};
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("comparison.json").toStdString();
        write_comparison(file, report);
        QCOMPARE(to_json(read_comparison(file)).dump(), to_json(report).dump());
        QCOMPARE(read_comparison(file).texts[0].worst[0].tokens[0].text, std::string("a\n"));
        Json newer = to_json(report);
        newer["schema"] = 99;
        QVERIFY_EXCEPTION_THROWN(comparison_report_from_json(newer, "x"), Error);
        Json wrong = to_json(report);
        wrong["texts"][0]["classes"] = 3;
        QVERIFY_EXCEPTION_THROWN(comparison_report_from_json(wrong, "x"), Error);
    }
};

QTEST_APPLESS_MAIN(TestComparison)
#include "test_comparison.moc"
