// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "report/concentration.h"

using namespace octavo;

class TestConcentration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_fewest_entries_that_carry_half() {
        const std::vector<float> values{1, 0, 6, -5, 2, 3}; // of 12
        const Concentration half = concentration(values);
        QCOMPARE(half.entries, (std::vector<std::size_t>{2}));
        QCOMPARE(half.share, 0.5);
        QCOMPARE(half.of, std::size_t(6));
        const Concentration most = concentration(values, 0.8);
        QCOMPARE(most.entries, (std::vector<std::size_t>{2, 5, 4}));
        QCOMPARE(most.share, 11.0 / 12);
    }

    void even_errors_need_half_of_the_entries() {
        const Concentration even = concentration(std::vector<float>(100, 0.25f));
        QCOMPARE(even.entries.size(), std::size_t(50));
        QCOMPARE(even.entries.front(), std::size_t(0)); // ties in their order
    }

    void nothing_carries_nothing() {
        QVERIFY(concentration({}).entries.empty());
        QVERIFY(concentration(std::vector<float>(4)).entries.empty());
        QCOMPARE(concentration(std::vector<float>(4)).share, 0.0);
    }
};

QTEST_APPLESS_MAIN(TestConcentration)
#include "test_concentration.moc"
