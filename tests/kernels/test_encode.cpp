// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <array>
#include <cmath>
#include <limits>
#include <random>

#include "base/error.h"
#include "number/number.h"
#include "quantize/kernels/device.h"
#include "quantize/kernels/encode.h"

using namespace octavo;

namespace {

/// All non-negative numbers of E4M3 by its definition, index = code; 0x7f is NaN.
std::vector<double> e4m3_numbers() {
    std::vector<double> out;
    for (int code = 0; code < 127; ++code) {
        const int exponent = code >> 3, mantissa = code & 7;
        out.push_back(exponent == 0 ? std::ldexp(mantissa, -9) : std::ldexp(8 + mantissa, exponent - 10));
    }
    return out;
}

/// Nearest code by search, the even one of two that are equally near.
std::uint8_t nearest_e4m3(float quotient) {
    static const std::vector<double> numbers = e4m3_numbers();
    const double magnitude = std::abs(double(quotient));
    std::size_t best = 0;
    for (std::size_t code = 1; code < numbers.size(); ++code) {
        const double distance = std::abs(numbers[code] - magnitude), known = std::abs(numbers[best] - magnitude);
        if (distance < known || (distance == known && code % 2 == 0)) best = code;
    }
    return static_cast<std::uint8_t>(best | (std::signbit(quotient) ? 0x80 : 0));
}

std::int8_t nearest_integer(float quotient, int bits = 8) {
    const double floor = std::floor(double(quotient)), rest = double(quotient) - floor;
    const double rounded = rest > 0.5 || (rest == 0.5 && std::fmod(floor, 2) != 0) ? floor + 1 : floor;
    return static_cast<std::int8_t>(std::clamp(rounded, -std::ldexp(1.0, bits - 1), std::ldexp(1.0, bits - 1) - 1));
}

/// The table of thresholds in compressed-tensors (fp4_utils.py); a negative value keeps its sign at zero.
std::uint8_t nearest_e2m1(float quotient) {
    const double m = std::abs(double(quotient));
    const int code = m <= 0.25   ? 0
                     : m < 0.75  ? 1
                     : m <= 1.25 ? 2
                     : m < 1.75  ? 3
                     : m <= 2.5  ? 4
                     : m < 3.5   ? 5
                     : m <= 5    ? 6
                                 : 7;
    return static_cast<std::uint8_t>(code | (quotient < 0 ? 8 : 0));
}

QuantizationArgs args_of(NumberType type, int bits, Strategy strategy = Strategy::channel, int group_size = 0,
                         const char* scale_dtype = "") {
    return {.bits = bits, .type = type, .strategy = strategy, .group_size = group_size, .scale_dtype = scale_dtype};
}

/// Codes of one row with a scale of one.
std::vector<std::uint8_t> codes_of(const std::vector<float>& quotients, const QuantizationArgs& args) {
    const auto columns = static_cast<std::int64_t>(quotients.size());
    std::vector<std::uint8_t> out(quotients.size());
    const float one = 1;
    kernels::encode(kernels::grid_of(args, Dtype::f32, 1, columns), quotients.data(), 1, columns, &one, nullptr,
                    out.data());
    return out;
}

std::vector<float> weights(std::int64_t rows, std::int64_t columns) {
    std::mt19937 generator(7);
    std::normal_distribution<float> normal;
    std::vector<float> out(static_cast<std::size_t>(rows * columns));
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] =
            normal(generator) * std::ldexp(1.0f, static_cast<int>(i / static_cast<std::size_t>(columns)) % 20 - 12);
    std::fill_n(out.begin() + columns, columns, 0.0f); // a row of zeros
    return out;
}

} // namespace

class TestEncode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scales_data() {
        QTest::addColumn<int>("dtype");
        QTest::addColumn<double>("epsilon");
        QTest::newRow("bf16") << int(Dtype::bf16) << std::ldexp(1.0, -7);
        QTest::newRow("f16") << int(Dtype::f16) << std::ldexp(1.0, -10);
        QTest::newRow("f32") << int(Dtype::f32) << std::ldexp(1.0, -23);
    }
    void scales() {
        QFETCH(int, dtype);
        QFETCH(double, epsilon);
        constexpr std::int64_t rows = 61, columns = 131;
        const std::vector<float> w = weights(rows, columns);
        for (const NumberType type : {NumberType::integer, NumberType::floating}) {
            std::vector<float> out(rows);
            const kernels::Grid grid = kernels::grid_of(args_of(type, 8), Dtype(dtype), rows, columns);
            kernels::choose_scales(grid, {}, w.data(), rows, columns, out.data(), nullptr);
            for (std::int64_t row = 0; row < rows; ++row) {
                float largest = 0;
                for (std::int64_t column = 0; column < columns; ++column)
                    largest = std::max(largest, std::abs(w[static_cast<std::size_t>(row * columns + column)]));
                const float expected =
                    rounded_to(Dtype(dtype), largest / (type == NumberType::integer ? 127.5f : 448.0f));
                QCOMPARE(out[static_cast<std::size_t>(row)], expected == 0 ? float(epsilon) : expected);
            }
        }
    }

    /// Every cell of every strategy has the scale of its own extremes.
    void cells_data() {
        QTest::addColumn<int>("strategy");
        QTest::addColumn<int>("cell_rows");
        QTest::addColumn<int>("cell_columns");
        QTest::newRow("channel") << int(Strategy::channel) << 1 << 96;
        QTest::newRow("group") << int(Strategy::group) << 1 << 32;
        QTest::newRow("block") << int(Strategy::block) << 16 << 40; // cut short on both sides
        QTest::newRow("tensor") << int(Strategy::tensor) << 53 << 96;
    }
    void cells() {
        QFETCH(int, strategy);
        QFETCH(int, cell_rows);
        QFETCH(int, cell_columns);
        constexpr std::int64_t rows = 53, columns = 96;
        QuantizationArgs args = args_of(NumberType::integer, 4, Strategy(strategy));
        if (args.strategy == Strategy::group) args.group_size = cell_columns;
        if (args.strategy == Strategy::block) args.block = {cell_rows, cell_columns};
        const std::vector<float> w = weights(rows, columns);
        const kernels::Grid grid = kernels::grid_of(args, Dtype::f32, rows, columns);
        const std::int64_t down = (rows + cell_rows - 1) / cell_rows,
                           across = (columns + cell_columns - 1) / cell_columns;
        QCOMPARE(grid.across, across);
        std::vector<float> scales(static_cast<std::size_t>(down * across)), expected(scales.size());
        kernels::choose_scales(grid, {}, w.data(), rows, columns, scales.data(), nullptr);
        const auto cell_of = [&](std::int64_t row, std::int64_t column) {
            return static_cast<std::size_t>(row / cell_rows * across + column / cell_columns);
        };
        for (std::int64_t row = 0; row < rows; ++row)
            for (std::int64_t column = 0; column < columns; ++column) {
                float& scale = expected[cell_of(row, column)];
                scale = std::max(scale, std::abs(w[static_cast<std::size_t>(row * columns + column)]) / 7.5f);
            }
        for (float& scale : expected) scale = scale > 0 ? scale : 0x1p-23f;
        QCOMPARE(scales, expected);
        std::vector<std::uint8_t> codes(w.size());
        std::vector<float> decoded(w.size());
        kernels::encode(grid, w.data(), rows, columns, scales.data(), nullptr, codes.data());
        kernels::decode(grid, codes.data(), rows, columns, scales.data(), nullptr, decoded.data());
        for (std::int64_t row = 0; row < rows; ++row)
            for (std::int64_t column = 0; column < columns; ++column) {
                const auto at = static_cast<std::size_t>(row * columns + column);
                const float scale = expected[cell_of(row, column)];
                QCOMPARE(static_cast<std::int8_t>(codes[at]), nearest_integer(w[at] / scale, 4));
                QCOMPARE(decoded[at], static_cast<float>(static_cast<std::int8_t>(codes[at])) * scale);
            }
    }

    /// [−3, 12] on 16 steps of one: zero is the code −5.
    void zero_points() {
        QuantizationArgs args = args_of(NumberType::integer, 4, Strategy::group, 4);
        args.symmetric = false;
        const std::vector<float> w{-3, 0, 12, 5.4f, 1, 2, 3, 15, 0, 0, 0, 0, -15, -1, -2, -3};
        const kernels::Grid grid = kernels::grid_of(args, Dtype::f32, 1, 16);
        std::vector<float> scales(4), decoded(16);
        std::vector<std::int8_t> zeros(4);
        std::vector<std::uint8_t> codes(16);
        kernels::choose_scales(grid, {}, w.data(), 1, 16, scales.data(), zeros.data());
        QCOMPARE(scales, (std::vector<float>{1, 1, 0x1p-23f, 1}));
        QCOMPARE(zeros, (std::vector<std::int8_t>{-5, -8, 0, 7}));
        kernels::encode(grid, w.data(), 1, 16, scales.data(), zeros.data(), codes.data());
        kernels::decode(grid, codes.data(), 1, 16, scales.data(), zeros.data(), decoded.data());
        std::vector<float> expected = w;
        expected[3] = 5;
        QCOMPARE(decoded, expected);
    }

    /// OCP microscaling: the exponent of the largest magnitude less that of the grid's largest number, rounded up from
    /// 1.75 on.
    void powers_of_two() {
        const auto scale = [](int bits, float absmax) {
            const kernels::Grid grid = kernels::grid_of(
                args_of(NumberType::floating, bits, Strategy::group, 32, "torch.uint8"), Dtype::bf16, 1, 32);
            return kernels::scale_for(grid, -absmax, absmax / 2).scale;
        };
        QCOMPARE(scale(4, 6), 1.0f);
        QCOMPARE(scale(4, 6.97f), 1.0f);
        QCOMPARE(scale(4, 7), 2.0f);
        QCOMPARE(scale(4, 0.01f), 0x1p-9f);
        QCOMPARE(scale(8, 448), 2.0f);
        QCOMPARE(scale(8, 447), 1.0f);
        QCOMPARE(scale(4, 0), 0x1p-127f);
        QCOMPARE(scale(4, -0.0f), 0x1p-127f);
        QCOMPARE(scale(8, std::numeric_limits<float>::denorm_min()), 0x1p-127f);
    }

    /// NVFP4: the largest scale of the tensor is 448.
    void scales_of_scales() {
        kernels::Grid grid = kernels::grid_of(
            args_of(NumberType::floating, 4, Strategy::tensor_group, 16, "torch.float8_e4m3fn"), Dtype::f32, 1, 32);
        grid.global_scale = kernels::global_scale_for(12, Dtype::f32);
        QCOMPARE(grid.global_scale, 224.0f);
        QCOMPARE(kernels::scale_for(grid, -12, 0).scale, 448.0f);
        QCOMPARE(kernels::scale_for(grid, -3, 1).scale, 112.0f);
        QCOMPARE(kernels::scale_for(grid, 0, 0).scale, 0.125f);
        QCOMPARE(grid.effective(448.0f), 2.0f);
        QCOMPARE(kernels::global_scale_for(0, Dtype::bf16), 1.0f);
        QCOMPARE(kernels::global_scale_for(3, Dtype::bf16), 896.0f);
        QCOMPARE(kernels::global_scale_for(7.03125f, Dtype::bf16), 384.0f); // the inverse is rounded, too
    }

    void search_never_loses_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"W4A16", "W4A16_ASYM", "W3A16", "NVFP4A16", "MXFP4A16", "MXFP8A16", "FP8_BLOCK", "W8A8"})
            QTest::newRow(name) << name;
    }
    void search_never_loses() {
        QFETCH(QString, name);
        constexpr std::int64_t rows = 64, columns = 256;
        const QuantizationArgs args = preset(name.toStdString()).weights;
        const std::vector<float> w = weights(rows, columns);
        std::vector<float> importance(columns);
        for (std::size_t i = 0; i < importance.size(); ++i) importance[i] = i % 7 == 0 ? 30.0f : 0.5f;
        kernels::Grid grid = kernels::grid_of(args, Dtype::bf16, rows, columns);
        if (grid.scales == kernels::Scales::e4m3)
            grid.global_scale =
                kernels::global_scale_for(kernels::absolute_maximum(w.data(), rows * columns), Dtype::bf16);
        const auto damage = [&](const kernels::ScaleSearch& search) {
            const ScaleCells cells = scale_cells(args, rows, columns);
            std::vector<float> scales(static_cast<std::size_t>(cells.down * cells.across)), decoded(w.size());
            std::vector<std::int8_t> zeros(scales.size());
            std::vector<std::uint8_t> codes(w.size());
            kernels::choose_scales(grid, search, w.data(), rows, columns, scales.data(), zeros.data());
            kernels::encode(grid, w.data(), rows, columns, scales.data(), zeros.data(), codes.data());
            kernels::decode(grid, codes.data(), rows, columns, scales.data(), zeros.data(), decoded.data());
            double plain = 0, weighted = 0;
            for (std::size_t i = 0; i < w.size(); ++i) {
                const double square = std::pow(double(w[i]) - double(decoded[i]), 2);
                plain += square;
                weighted += square * double(importance[i % columns]);
            }
            return std::pair(plain, weighted);
        };
        const auto extremes = damage({}), plain = damage({.on = true}),
                   weighted = damage({.on = true, .importance = importance.data()});
        QVERIFY(plain.first <= extremes.first * 1.0001);
        QVERIFY(weighted.second <= extremes.second * 1.0001);
        QVERIFY(weighted.second <= plain.second * 1.0001);
        // Scales that may be anything gain; powers of two have little choice.
        if (args.bits <= 4) QVERIFY(plain.first < extremes.first * (grid.scales == kernels::Scales::e8m0 ? 1 : 0.98));
    }

    void integer_codes() {
        // Every half step, its neighbours, and far outside of the range.
        std::vector<float> quotients{-1e30f,  1e30f, -0.0f,  128,
                                     -128.5f, -129,  127.5f, std::numeric_limits<float>::denorm_min()};
        for (int half = -260; half <= 260; ++half)
            for (const float to : {-1000.0f, 1000.0f, half / 2.0f})
                quotients.push_back(std::nextafter(half / 2.0f, to));
        for (int bits = 2; bits <= 8; ++bits) {
            const std::vector<std::uint8_t> codes = codes_of(quotients, args_of(NumberType::integer, bits));
            for (std::size_t i = 0; i < codes.size(); ++i)
                QVERIFY2(static_cast<std::int8_t>(codes[i]) == nearest_integer(quotients[i], bits),
                         qPrintable(QString::number(double(quotients[i]), 'g', 9)));
        }
    }

    void e4m3_codes() {
        std::vector<float> quotients{-1e30f, 1e30f, 448, 449, -464, 480, std::numeric_limits<float>::denorm_min(),
                                     0.0f,   -0.0f};
        const std::vector<double> numbers = e4m3_numbers();
        for (std::size_t code = 0; code + 1 < numbers.size(); ++code)
            for (const double value : {numbers[code], (numbers[code] + numbers[code + 1]) / 2})
                for (const float sign : {-1.0f, 1.0f})
                    for (const float to : {0.0f, 1000.0f, float(value)})
                        quotients.push_back(sign * std::nextafter(float(value), to));
        const std::vector<std::uint8_t> codes = codes_of(quotients, args_of(NumberType::floating, 8));
        for (std::size_t i = 0; i < codes.size(); ++i)
            QVERIFY2(codes[i] == nearest_e4m3(quotients[i]), qPrintable(QString::number(double(quotients[i]), 'g', 9)));
    }

    void e2m1_codes() {
        std::vector<float> quotients{-1e30f, 1e30f, 6,      -7, std::numeric_limits<float>::denorm_min(),
                                     0.0f,   -0.0f, -1e-20f};
        for (int eighth = -60; eighth <= 60; ++eighth)
            for (const float to : {-1000.0f, 1000.0f, static_cast<float>(eighth) / 8})
                quotients.push_back(std::nextafter(static_cast<float>(eighth) / 8, to));
        const std::vector<std::uint8_t> codes = codes_of(quotients, args_of(NumberType::floating, 4));
        const std::array<float, 256> values = kernels::code_values(kernels::Numbers::e2m1);
        const std::array<float, 8> numbers{0, 0.5f, 1, 1.5f, 2, 3, 4, 6};
        for (std::size_t i = 0; i < codes.size(); ++i) {
            QVERIFY2(codes[i] == nearest_e2m1(quotients[i]), qPrintable(QString::number(double(quotients[i]), 'g', 9)));
            QCOMPARE(std::abs(values[codes[i]]), numbers[codes[i] & 7u]);
            QCOMPARE(std::signbit(values[codes[i]]), codes[i] >= 8);
        }
    }

    void no_device_is_an_error() {
        std::vector<float> w(4, 1.0f), scale(1);
        std::vector<std::uint8_t> codes(4);
        try {
            kernels::encode_on_device(kernels::device_count(), kernels::grid_of({}, Dtype::bf16, 1, 4), w, 1, 4, scale,
                                      {}, codes);
            QFAIL("a device that is not there encoded something");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::device_lost);
        }
    }
};

QTEST_APPLESS_MAIN(TestEncode)
#include "test_encode.moc"
