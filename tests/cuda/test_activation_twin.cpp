// SPDX-License-Identifier: GPL-3.0-or-later
#include "cuda/device.h"

#include <cmath>
#include <limits>

#include "quantize/kernels/activation.h"
#include "quantize/kernels/encode.h"

#ifndef OCTAVO_ON_DEVICE
#include "quantize/kernels/cuda/activation.cuh"
#endif

using namespace octavo;

namespace {

constexpr std::int64_t rows = 11;

/// Tokens with an outlier each, and one of zeros.
std::vector<float> tokens(std::int64_t columns) {
    std::vector<float> out = twin::normal_numbers(static_cast<std::size_t>(rows * columns), 12);
    for (std::int64_t row = 0; row < rows; ++row)
        out[static_cast<std::size_t>(row * columns + row * 31 % columns)] *= 40;
    std::fill_n(out.begin() + columns, columns, 0.0f);
    return out;
}

std::vector<float> inverse_scales(std::int64_t columns) {
    std::vector<float> out = twin::normal_numbers(static_cast<std::size_t>(columns), 13);
    for (float& value : out) value = 0.1f + std::abs(value);
    return out;
}

const std::vector<int> widths{64, 512, 1031};

} // namespace

class TestActivationTwin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!twin::is_there()) QSKIP("no CUDA device");
    }

    void widths_data() {
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("smooth");
        for (const int columns : widths)
            for (const bool smooth : {false, true})
                QTest::addRow("%d%s", columns, smooth ? ", smoothed" : "") << columns << smooth;
    }

    void codes_of_tokens_equal_the_cpu_data() { widths_data(); }
    void codes_of_tokens_equal_the_cpu() {
        QFETCH(int, columns);
        QFETCH(bool, smooth);
        const std::vector<float> x = tokens(columns), inverse = inverse_scales(columns);
        std::vector<std::int8_t> expected(x.size());
        std::vector<float> expected_scales(rows);
        kernels::quantize_int8(x.data(), smooth ? inverse.data() : nullptr, rows, columns, expected.data(),
                               expected_scales.data());
        twin::in_any_order([&] {
            const twin::Array in(x), factors(inverse), scales(twin::unwritten<float>(rows));
            const twin::Array codes(twin::unwritten<std::int8_t>(x.size()));
            RUN_KERNEL(quantize_int8, in.data(), smooth ? factors.data() : nullptr, rows, std::int64_t(columns),
                       codes.data(), scales.data());
            QCOMPARE(scales.values(), expected_scales);
            QVERIFY(codes.values() == expected);
        });
    }

    void rounded_tokens_equal_the_cpu_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("smooth");
        for (const char* scheme : {"W8A8", "FP8_DYNAMIC", "FP8", "FP8_BLOCK", "NVFP4", "MXFP4", "MXFP8", "W4A8"})
            for (const int columns : {512, 1056})
                for (const bool smooth : {false, true})
                    QTest::addRow("%s, %d%s", scheme, columns, smooth ? ", smoothed" : "")
                        << scheme << columns << smooth;
    }
    void rounded_tokens_equal_the_cpu() {
        QFETCH(QString, scheme);
        QFETCH(int, columns);
        QFETCH(bool, smooth);
        const QuantizationArgs args = *preset(scheme.toStdString()).input;
        const std::vector<float> x = tokens(columns), inverse = inverse_scales(columns);
        kernels::Grid grid = kernels::grid_of(args, Dtype::f32, 1, columns);
        if (grid.scales == kernels::Scales::e4m3) grid.global_scale = kernels::global_scale_for(100, Dtype::f32);
        for (const bool asymmetric : {false, true}) {
            if (asymmetric && grid.numbers != kernels::Numbers::integer) continue;
            grid.symmetric = !asymmetric;
            const kernels::ScaleAndZero chosen{0.07f, static_cast<std::int8_t>(asymmetric ? 5 : 0)};
            for (const kernels::ScaleAndZero* fixed : {&chosen, static_cast<const kernels::ScaleAndZero*>(nullptr)}) {
                std::vector<float> expected(x.size());
                const float* by = smooth ? inverse.data() : nullptr;
                kernels::fake_quantize(grid, fixed, x.data(), by, rows, columns, expected.data());
                twin::in_any_order([&] {
                    const twin::Array in(x), factors(inverse), out(twin::unwritten<float>(x.size()));
                    RUN_KERNEL(fake_quantize, grid, fixed, in.data(), smooth ? factors.data() : nullptr, rows,
                               std::int64_t(columns), out.data());
                    QVERIFY(out.values() == expected);
                });
                const twin::Array in_place(x), factors(inverse);
                RUN_KERNEL(fake_quantize, grid, fixed, in_place.data(), smooth ? factors.data() : nullptr, rows,
                           std::int64_t(columns), in_place.data());
                QVERIFY(in_place.values() == expected);
            }
        }
    }

    void norms_agree() {
        for (const int columns : widths) {
            const std::vector<float> x = tokens(columns), weight = inverse_scales(columns);
            std::vector<float> expected(x.size()), first;
            kernels::rms_norm(x.data(), weight.data(), 1e-5f, rows, columns, expected.data());
            twin::in_any_order([&] {
                const twin::Array in(x), factors(weight), out(twin::unwritten<float>(x.size()));
                RUN_KERNEL(rms_norm, in.data(), factors.data(), 1e-5f, rows, std::int64_t(columns), out.data());
                const std::vector<float> own = out.values();
                for (std::size_t i = 0; i < own.size(); ++i)
                    QVERIFY(std::abs(own[i] - expected[i]) <= 1e-6f * std::abs(expected[i]));
                if (first.empty()) first = own;
                QVERIFY(own == first); // the same bytes
            });
        }
    }

    void products_are_scaled_as_on_the_cpu() {
        constexpr std::int64_t columns = 517;
        std::mt19937 generator(14);
        std::vector<std::int32_t> products(rows * columns);
        // Beyond 2²⁴, where a float no longer holds every integer.
        for (std::int32_t& value : products) value = std::int32_t(generator() % 0x7fffffffu) - 0x3fffffff;
        const std::vector<float> row = inverse_scales(rows), column = inverse_scales(columns);
        std::vector<float> expected(products.size());
        kernels::scale_products(products.data(), row.data(), column.data(), rows, columns, expected.data());
        twin::in_any_order([&] {
            const twin::Array in(products);
            const twin::Array by_row(row), by_column(column), out(twin::unwritten<float>(products.size()));
            RUN_KERNEL(scale_products, in.data(), by_row.data(), by_column.data(), rows, columns, out.data());
            QVERIFY(out.values() == expected);
        });
    }
};

QTEST_APPLESS_MAIN(TestActivationTwin)
#include "test_activation_twin.moc"
