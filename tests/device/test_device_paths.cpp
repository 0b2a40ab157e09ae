// SPDX-License-Identifier: GPL-3.0-or-later
#include "device/device_checks.h"

#include <QTest>

#ifndef OCTAVO_ON_DEVICE
#include "device/imitated_device.h"
#endif

namespace {

#ifdef OCTAVO_ON_DEVICE
const DevicePlace place{};
constexpr int larger = 8; ///< sizes of matrices: a device is fast, its imitation is not
#else
const DevicePlace place{"cpu", &imitate_device};
constexpr int larger = 1;
#endif

} // namespace

// What the engine gives its kernels for devices, and what it makes of their results: built twice, with kernels that the
// host imitates, and for a real device.
class TestDevicePaths : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!is_there(place)) QSKIP("no CUDA device");
    }

    void rounds_as_on_the_cpu_data() {
        QTest::addColumn<QString>("scheme");
        for (const char* scheme :
             {"W8A8", "W4A16", "W4A16_ASYM", "FP8_DYNAMIC", "FP8", "FP8_BLOCK", "NVFP4A16", "MXFP4A16"})
            QTest::newRow(scheme) << scheme;
    }
    void rounds_as_on_the_cpu() {
        QFETCH(QString, scheme);
        QCOMPARE(rounding_differences(place, scheme.toStdString(), 45 * larger, 384), std::vector<long>(4, 0));
    }

    void solves_as_on_the_cpu_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("order");
        QTest::newRow("int8, several blocks and a rest") << "W8A8" << 300 << false;
        QTest::newRow("int8, act-order") << "W8A8" << 160 << true;
        QTest::newRow("int4 by groups, act-order") << "W4A16" << 256 << true;
        QTest::newRow("int4 with zero points") << "W4A16_ASYM" << 256 << false;
        QTest::newRow("E4M3") << "FP8_DYNAMIC" << 200 << false;
        QTest::newRow("E4M3 in blocks") << "FP8_BLOCK" << 256 << false;
        QTest::newRow("NVFP4, act-order") << "NVFP4A16" << 160 << true;
    }
    void solves_as_on_the_cpu() {
        QFETCH(QString, scheme);
        QFETCH(int, columns);
        QFETCH(bool, order);
        const SolvedTwice result = solved_twice(place, scheme.toStdString(), 21 * larger, columns * larger, order);
        QVERIFY2(result.different <= result.codes / 1000,
                 qPrintable(QString("%1 of %2 codes differ").arg(result.different).arg(result.codes)));
        QVERIFY2(qAbs(result.loss / result.loss_on_cpu - 1) <= 1e-3, qPrintable(QString::number(result.loss)));
        QVERIFY(qAbs(result.column_loss - 1) <= 1e-3);
        QVERIFY(result.same_again);
    }

    void observes_as_on_the_cpu_data() {
        QTest::addColumn<bool>("weighed");
        QTest::newRow("tokens alike") << false;
        QTest::newRow("weights for tokens") << true;
    }
    void observes_as_on_the_cpu() {
        QFETCH(bool, weighed);
        const ObservedTwice result = observed_twice(place, 203, 210 * larger, weighed);
        QVERIFY(result.same_range);
        QVERIFY(result.same_sample);
        QVERIFY(result.same_again);
        QVERIFY2(result.mean_square <= 1e-6, qPrintable(QString::number(result.mean_square)));
        QVERIFY2(result.hessian <= 1e-5, qPrintable(QString::number(result.hessian)));
    }

    void quantizes_inputs_as_on_the_cpu() {
        for (const char* scheme : {"W8A8", "FP8_DYNAMIC", "FP8", "NVFP4", "MXFP4", "FP8_BLOCK"})
            QVERIFY2(input_differences(place, scheme, false) == 0, scheme);
        QCOMPARE(input_differences(place, "FP8", true), 0L);
        QCOMPARE(code_differences(place), 0L);
    }

    void norms_and_products_of_codes() {
        for (const double deviation : layer_deviations(place))
            QVERIFY2(deviation <= 2e-6, qPrintable(QString::number(deviation)));
        QCOMPARE(filled_up_differences(), 0L);
    }

    void sizes_of_columns() {
        const std::vector<double> deviations = column_deviations(place);
        QCOMPARE(deviations[0], 0.0);
        QVERIFY(deviations[1] <= 1e-6);
    }
};

QTEST_APPLESS_MAIN(TestDevicePaths)
#include "test_device_paths.moc"
