// SPDX-License-Identifier: GPL-3.0-or-later
#include "solver_checks.h"

#include <QtTest>

class TestSolver final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pullFormEqualsClassicForm_data() {
        QTest::addColumn<int>("columns");
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("group");
        QTest::addColumn<bool>("order");
        QTest::newRow("int8, one block") << 96 << "W8A8" << -1 << false;
        QTest::newRow("int8, several blocks and a rest") << 300 << "W8A8" << -1 << false;
        QTest::newRow("int8, act-order") << 300 << "W8A8" << -1 << true;
        QTest::newRow("E4M3") << 200 << "FP8_DYNAMIC" << -1 << false;
        QTest::newRow("E4M3 per tensor") << 200 << "FP8" << -1 << false;
        QTest::newRow("E4M3 in blocks") << 300 << "FP8_BLOCK" << -1 << false;
        QTest::newRow("int4 per channel") << 160 << "W4A16" << 0 << false;
        QTest::newRow("int4 in groups") << 320 << "W4A16" << 32 << false;
        QTest::newRow("int4 in groups, act-order") << 320 << "W4A16" << 64 << true;
        QTest::newRow("int4 with zero points") << 320 << "W4A16_ASYM" << 64 << false;
        QTest::newRow("int4 with zero points, act-order") << 320 << "W4A16_ASYM" << 32 << true;
        QTest::newRow("int3 in groups") << 256 << "W3A16" << 128 << false;
        QTest::newRow("int8 in groups") << 256 << "W8A16" << 32 << true;
        QTest::newRow("NVFP4") << 320 << "NVFP4" << -1 << false;
        QTest::newRow("NVFP4, act-order") << 320 << "NVFP4" << -1 << true;
        QTest::newRow("MXFP4") << 320 << "MXFP4" << -1 << false;
        QTest::newRow("MXFP8") << 320 << "MXFP8" << -1 << false;
    }
    void pullFormEqualsClassicForm() {
        QFETCH(int, columns);
        QFETCH(QString, scheme);
        QFETCH(int, group);
        QFETCH(bool, order);
        octavo::Scheme chosen = octavo::preset(scheme.toStdString());
        if (group >= 0) chosen = octavo::with_group_size(chosen, group);
        const CodesCompared result = pull_against_classic(45, columns, 0.01, chosen.weights, order);
        // float32 against float64: a code may differ where a value lies on the border between two, hardly anywhere
        // else.
        // Where one does, the columns that make it good differ as well.
        QVERIFY2(result.different <= result.total / 400,
                 qPrintable(QString("%1 of %2 codes differ").arg(result.different).arg(result.total)));
        QVERIFY(qAbs(result.loss / result.direct_loss - 1) < 1e-3);
        QVERIFY(qAbs(result.loss / result.classic_loss - 1) < 5e-3);
        QVERIFY(result.loss < 0.9 * result.rounding_loss);
    }
    void kernelEqualsTensorOperations() {
        for (const char* scheme : {"W8A8", "FP8_DYNAMIC", "W4A16_ASYM", "NVFP4", "MXFP4", "FP8_BLOCK"}) {
            const CodesCompared result = kernel_against_generic(67, 256, octavo::preset(scheme).weights);
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
        QVERIFY(qAbs(splits[0] - 1) < 1e-3); // rows of GPTQ, damping taken out
        QVERIFY(splits[1] > 0.99 && splits[1] < 1.2);
        QVERIFY(qAbs(splits[2] - 1) < 1e-3);
        QVERIFY(qAbs(splits[3] - 1) < 1e-3);
    }
    void shrinkageIsALargerDiagonal() {
        const std::vector<double> deviations = shrinkage_deviations();
        QVERIFY(deviations[0] < 1e-5);
        QVERIFY(deviations[1] < 1e-3);
        QVERIFY(deviations[2] > 0.99 && deviations[2] < 1.5); // columns that would count less than nothing count 0
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
    void loopsAreSharedByThreads() { QCOMPARE(threads_in_parallel(), 2L); }
    void narrowProductsEqualBruteForceOfRoundedNumbers() {
        const std::vector<double> off = narrow_product_deviations();
        if (off.empty()) QSKIP("This CPU has no products of bf16 numbers.");
        for (std::size_t i = 0; i < off.size(); ++i) QVERIFY2(off[i] < 1e-6, qPrintable(QString::number(off[i])));
    }
    void picturesEqualDefinitions() {
        const std::vector<double> off = picture_deviations();
        QCOMPARE(off.size(), std::size_t(4));
        for (const double each : off) QVERIFY2(each < 3e-6, qPrintable(QString::number(each)));
    }
    void fakeQuantizationEqualsDefinition() {
        for (const double off : fake_quantize_deviations()) QVERIFY2(off < 1e-4, qPrintable(QString::number(off)));
    }
    void activationKernelEqualsTensorOperations_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<bool>("fixed");
        for (const char* scheme : {"W8A8", "FP8_DYNAMIC", "FP8_BLOCK", "MXFP4", "MXFP8"})
            QTest::newRow(scheme) << scheme << false;
        QTest::newRow("FP8, static") << "FP8" << true;
        QTest::newRow("FP8, from the extremes") << "FP8" << false;
        QTest::newRow("NVFP4, static") << "NVFP4" << true;
    }
    void activationKernelEqualsTensorOperations() {
        QFETCH(QString, scheme);
        QFETCH(bool, fixed);
        QVERIFY(activation_deviation(scheme.toUtf8().constData(), fixed) < 1e-5);
    }
    void activationsByHand() {
        // Largest magnitude 6: scale 1.
        QCOMPARE(activations_by_hand(), (std::vector<double>{1, -2, 3, 6, 0, 0, 0, 0}));
    }
    void e2m1RoundingEqualsTable() { QCOMPARE(e2m1_mistakes(), 0L); }
    void e4m3RoundingEqualsTable() { QCOMPARE(e4m3_mistakes(), 0L); }
};

QTEST_APPLESS_MAIN(TestSolver)
#include "test_solver.moc"
