// SPDX-License-Identifier: GPL-3.0-or-later
#include "solver_checks.h"

#include <QtTest>

class TestSolver final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pullFormEqualsClassicForm_data() {
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("floating");
        QTest::addColumn<bool>("order");
        QTest::newRow("int8, one block") << 96 << false << false;
        QTest::newRow("int8, several blocks and a rest") << 300 << false << false;
        QTest::newRow("int8, act-order") << 300 << false << true;
        QTest::newRow("E4M3") << 200 << true << false;
    }
    void pullFormEqualsClassicForm() {
        QFETCH(int, columns);
        QFETCH(bool, floating);
        QFETCH(bool, order);
        const CodesCompared result = pull_against_classic(45, columns, 0.01, floating, order);
        // float32 against float64: a code may differ where a value lies on the border between two, hardly anywhere
        // else.
        QVERIFY2(result.different <= result.total / 1000,
                 qPrintable(QString("%1 of %2 codes differ").arg(result.different).arg(result.total)));
        QVERIFY(qAbs(result.loss / result.direct_loss - 1) < 1e-3);
        QVERIFY(qAbs(result.loss / result.classic_loss - 1) < 5e-3);
    }
    void kernelEqualsTensorOperations() {
        for (const bool floating : {false, true}) {
            const CodesCompared result = kernel_against_generic(67, 260, floating);
            QVERIFY2(result.different <= result.total / 1000,
                     qPrintable(QString("%1 of %2 codes differ").arg(result.different).arg(result.total)));
            QVERIFY(qAbs(result.loss / result.classic_loss - 1) < 1e-3);
        }
    }
    void gptqBeatsRounding() {
        const std::vector<double> errors = rounding_and_gptq(64, 128);
        QVERIFY(errors[1] > 0 && errors[1] < 0.7 * errors[0]);
    }
    void errorSplitsAddUp() {
        const std::vector<double> splits = error_splits();
        QVERIFY(qAbs(splits[0] - 1) < 1e-3);          // rows of GPTQ, damping taken out
        QVERIFY(splits[1] > 0.99 && splits[1] < 1.2); // columns include the damping
        QVERIFY(qAbs(splits[2] - 1) < 1e-3);
        QVERIFY(qAbs(splits[3] - 1) < 1e-3);
    }
    void dampingIsRaisedAndReported() { QVERIFY(escalations_for_singular() > 0); }
    void notFiniteHessianIsNamed() {
        QVERIFY(QString::fromStdString(message_for_nan()).contains("model.layers.4.mlp_input"));
    }
    void sameSeedSameBytes() { QVERIFY(repeatable()); }
    void smoothingChangesNothingExactly() {
        const std::vector<double> result = smoothing_is_exact();
        QVERIFY(result[0] < 1e-4);
        QVERIFY(result[1] > 0);   // an outlier channel calls for smoothing
        QVERIFY(result[2] < 0.7); // and smoothing helps
    }
    void smoothingFormula() {
        // s = 16^½ / 1^½, 1^½ / 4^½, and the activation's reach where the weights are zero.
        const std::vector<float> scales = smoothing_by_hand();
        QCOMPARE(scales.size(), std::size_t(3));
        QCOMPARE(scales[0], 4.0f);
        QCOMPARE(scales[1], 0.5f);
        QCOMPARE(scales[2], 4.0f);
    }
    void observerEqualsBruteForce() {
        const std::vector<double> off = observer_deviations();
        QCOMPARE(off[0], 0.0);
        QVERIFY(off[1] < 1e-5);
        QVERIFY(off[2] < 1e-5);
        QCOMPARE(off[3], 0.0);
    }
    void fakeQuantizationEqualsDefinition() {
        for (const double off : fake_quantize_deviations()) QVERIFY2(off < 1e-4, qPrintable(QString::number(off)));
    }
    void e4m3RoundingEqualsTable() { QCOMPARE(e4m3_mistakes(), 0L); }
};

QTEST_APPLESS_MAIN(TestSolver)
#include "test_solver.moc"
