// SPDX-License-Identifier: GPL-3.0-or-later
#include "stop_checks.h"

#include <QtTest>

// A wide matrix keeps a machine busy for minutes: a stop has to be noticed between its parts.
class TestStop final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void panelsMakeTheSameFactor() {
        QVERIFY(panels_against_whole(300) < 1e-5); // one panel
        QVERIFY(panels_against_whole(1500) < 1e-5);
    }
    void indefiniteMatricesAreFoundOut() { QVERIFY(indefinite_is_found_out()); }
    void rowsAreWorkedOnInParts() {
        const std::vector<int> parts = parts_with_and_without_stop();
        QCOMPARE(parts[0], 1);
        QVERIFY(parts[1] > 8);
    }
    void noMoreThanAProductOrTwoAfterAStop() {
        const AfterStop result = stopped_at_each_product();
        QVERIFY(result.products > 30);
        QVERIFY2(result.most <= 2, qPrintable(QString::number(result.most)));
        QVERIFY2(result.cancelled >= result.products - 4, // after the last look there is nothing left to be stopped
                 qPrintable(QString("%1 of %2").arg(result.cancelled).arg(result.products)));
    }
};

QTEST_APPLESS_MAIN(TestStop)
#include "test_stop.moc"
