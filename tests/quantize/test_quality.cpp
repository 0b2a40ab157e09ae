// SPDX-License-Identifier: GPL-3.0-or-later
#include "quality_checks.h"

#include <QtTest>

/// What is added to the plain solve: correction towards the original model, coordinate descent, AWQ.
class TestQuality final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void correctionEqualsLeastSquares() {
        for (const bool order : {false, true}) {
            const std::vector<double> result = correction_against_least_squares(order);
            QVERIFY2(result[0] < 1e-3, qPrintable(QString::number(result[0])));
            QVERIFY2(result[1] < 0.9, qPrintable(QString::number(result[1])));
        }
    }
    void sweepsEndWhereNothingImproves_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("group");
        QTest::addColumn<bool>("order");
        QTest::newRow("int4 in groups") << "W4A16" << 32 << false;
        QTest::newRow("int4 in groups, act-order") << "W4A16" << 64 << true;
        QTest::newRow("int4 with zero points") << "W4A16_ASYM" << 32 << false;
        QTest::newRow("int8") << "W8A8" << 0 << false;
        QTest::newRow("NVFP4") << "NVFP4" << 0 << true;
        QTest::newRow("MXFP4") << "MXFP4" << 0 << false;
        QTest::newRow("E4M3 in blocks") << "FP8_BLOCK" << 0 << false;
    }
    void sweepsEndWhereNothingImproves() {
        QFETCH(QString, scheme);
        QFETCH(int, group);
        QFETCH(bool, order);
        const Refined result = refined(qPrintable(scheme), group, order);
        QVERIFY2(result.after < 0.99 * result.before, qPrintable(QString::number(result.after / result.before)));
        QVERIFY(qAbs(result.reported / result.after - 1) < 1e-3);
        QVERIFY2(result.could_improve <= result.codes / 500,
                 qPrintable(QString("%1 of %2 codes").arg(result.could_improve).arg(result.codes)));
        QVERIFY2(result.slope < 1e-3, qPrintable(QString::number(result.slope)));
    }
    void awqFromTheGramMatrixEqualsTokens() {
        for (const bool shared : {false, true}) {
            const std::vector<double> result = awq_against_tokens(shared);
            QVERIFY2(result[0] < 1e-3, qPrintable(QString::number(result[0])));
            QVERIFY(result[1] > 0); // a loud channel calls for it
            QVERIFY2(result[2] < 0.9, qPrintable(QString::number(result[2])));
            QVERIFY(result[3] < 1e-5);
        }
    }
};

QTEST_APPLESS_MAIN(TestQuality)
#include "test_quality.moc"
