// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

#include "base/error.h"
#include "number/number.h"
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

std::int8_t nearest_int8(float quotient) {
    const double floor = std::floor(double(quotient)), rest = double(quotient) - floor;
    const double rounded = rest > 0.5 || (rest == 0.5 && std::fmod(floor, 2) != 0) ? floor + 1 : floor;
    return static_cast<std::int8_t>(std::clamp(rounded, -128.0, 127.0));
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
        for (const float half_range : {127.5f, 448.0f}) {
            std::vector<float> out(rows);
            kernels::row_scales(w, rows, columns, half_range, Dtype(dtype), out);
            for (std::int64_t row = 0; row < rows; ++row) {
                float largest = 0;
                for (std::int64_t column = 0; column < columns; ++column)
                    largest = std::max(largest, std::abs(w[static_cast<std::size_t>(row * columns + column)]));
                const float expected = rounded_to(Dtype(dtype), largest / half_range);
                QCOMPARE(out[static_cast<std::size_t>(row)], expected == 0 ? float(epsilon) : expected);
            }
        }
    }

    void int8_codes() {
        // Every half step, its neighbours, and far outside of the range.
        std::vector<float> quotients{-1e30f,  1e30f, -0.0f,  128,
                                     -128.5f, -129,  127.5f, std::numeric_limits<float>::denorm_min()};
        for (int half = -260; half <= 260; ++half)
            for (const float to : {-1000.0f, 1000.0f, half / 2.0f})
                quotients.push_back(std::nextafter(half / 2.0f, to));
        std::vector<std::int8_t> codes(quotients.size());
        const std::vector<float> one{1};
        kernels::encode_int8(quotients, 1, static_cast<std::int64_t>(quotients.size()), one, codes);
        for (std::size_t i = 0; i < codes.size(); ++i)
            QVERIFY2(codes[i] == nearest_int8(quotients[i]), qPrintable(QString::number(double(quotients[i]), 'g', 9)));
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
        std::vector<std::uint8_t> codes(quotients.size());
        const std::vector<float> one{1};
        kernels::encode_e4m3(quotients, 1, static_cast<std::int64_t>(quotients.size()), one, codes);
        for (std::size_t i = 0; i < codes.size(); ++i)
            QVERIFY2(codes[i] == nearest_e4m3(quotients[i]), qPrintable(QString::number(double(quotients[i]), 'g', 9)));
    }

    void rows_use_their_own_scale() {
        constexpr std::int64_t rows = 40, columns = 77;
        const std::vector<float> w = weights(rows, columns);
        std::vector<float> scale(rows);
        std::vector<std::int8_t> integer(w.size());
        std::vector<std::uint8_t> floating(w.size());
        kernels::row_scales(w, rows, columns, 127.5f, Dtype::bf16, scale);
        kernels::encode_int8(w, rows, columns, scale, integer);
        for (std::size_t i = 0; i < w.size(); ++i) QCOMPARE(integer[i], nearest_int8(w[i] / scale[i / columns]));
        kernels::row_scales(w, rows, columns, 448.0f, Dtype::f16, scale);
        kernels::encode_e4m3(w, rows, columns, scale, floating);
        for (std::size_t i = 0; i < w.size(); ++i) QCOMPARE(floating[i], nearest_e4m3(w[i] / scale[i / columns]));
    }

    void no_device_is_an_error() {
        std::vector<float> w(4, 1.0f), scale(1);
        std::vector<std::uint8_t> codes(4);
        try {
            kernels::encode_rows_on_device(kernels::device_count(), w, 1, 4, QuantizationArgs{}, Dtype::bf16, scale,
                                           codes);
            QFAIL("a device that is not there encoded something");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::device_lost);
        }
    }
};

QTEST_APPLESS_MAIN(TestEncode)
#include "test_encode.moc"
