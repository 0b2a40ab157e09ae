// SPDX-License-Identifier: GPL-3.0-or-later
#include "cuda/device.h"

#include <cmath>
#include <limits>

#include "quantize/kernels/activation.h"

#ifndef OCTAVO_ON_DEVICE
#include "quantize/kernels/cuda/observe.cuh"
#endif

using namespace octavo;

class TestObserveTwin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!twin::is_there()) QSKIP("no CUDA device");
    }

    /// Two chunks of tokens, one after the other.
    void channels_are_seen_as_on_the_cpu_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::newRow("one token") << 1 << 64;
        QTest::newRow("fewer tokens than parts") << 13 << 70;
        QTest::newRow("many") << 531 << 100;
    }
    void channels_are_seen_as_on_the_cpu() {
        QFETCH(int, rows);
        QFETCH(int, columns);
        const auto channels = static_cast<std::size_t>(columns);
        constexpr float infinity = std::numeric_limits<float>::infinity();
        std::vector<float> low(channels, infinity), high(channels, -infinity);
        std::vector<double> squares(channels, 0);
        std::vector<std::vector<float>> chunks;
        for (const unsigned seed : {21u, 22u}) {
            chunks.push_back(twin::normal_numbers(static_cast<std::size_t>(rows) * channels, seed));
            std::vector<float>& x = chunks.back();
            x[x.size() / 2] = 1e4f;
            x.back() = -2e4f;
            std::vector<float> ignored(channels, 0.0f);
            kernels::observe_channels(x.data(), rows, columns, 0, columns, low.data(), high.data(), ignored.data());
            for (std::size_t i = 0; i < x.size(); ++i) squares[i % channels] += double(x[i]) * double(x[i]);
        }
        std::vector<double> first;
        twin::in_any_order([&] {
            const twin::Array minimum(std::vector<float>(channels, infinity)),
                maximum(std::vector<float>(channels, -infinity)),
                parts(twin::unwritten<float>(3 * std::size_t(kernels::observe_parts) * channels));
            const twin::Array sum(std::vector<double>(channels, 0.0));
            for (const std::vector<float>& x : chunks) {
                const twin::Array in(x);
                RUN_KERNEL(observe_channels, in.data(), std::int64_t(rows), std::int64_t(columns), parts.data(),
                           minimum.data(), maximum.data(), sum.data());
            }
            QCOMPARE(minimum.values(), low);
            QCOMPARE(maximum.values(), high);
            const std::vector<double> own = sum.values();
            for (std::size_t k = 0; k < channels; ++k) QVERIFY(std::abs(own[k] - squares[k]) <= 1e-6 * squares[k]);
            if (first.empty()) first = own;
            QVERIFY(own == first); // the same bytes
        });
    }

    /// What is no number must not get lost: the sum of squares tells of it.
    void infinity_and_nan_reach_the_sum() {
        constexpr std::int64_t columns = 40;
        std::vector<float> x = twin::normal_numbers(3 * columns, 23);
        x[5] = std::numeric_limits<float>::quiet_NaN();
        x[columns + 6] = -std::numeric_limits<float>::infinity();
        const twin::Array in(x), minimum(std::vector<float>(columns, 1e30f)),
            maximum(std::vector<float>(columns, -1e30f)),
            parts(twin::unwritten<float>(3 * std::size_t(kernels::observe_parts) * columns));
        const twin::Array sum(std::vector<double>(columns, 0.0));
        RUN_KERNEL(observe_channels, in.data(), std::int64_t(3), columns, parts.data(), minimum.data(), maximum.data(),
                   sum.data());
        const std::vector<double> own = sum.values();
        for (std::size_t k = 0; k < own.size(); ++k) QCOMPARE(std::isfinite(own[k]), k != 5 && k != 6);
    }
};

QTEST_APPLESS_MAIN(TestObserveTwin)
#include "test_observe_twin.moc"
