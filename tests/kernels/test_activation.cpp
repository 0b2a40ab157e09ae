// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "quantize/kernels/activation.h"

using namespace octavo;

class TestActivation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codes_are_the_nearest_ones_of_each_token() {
        constexpr std::int64_t rows = 5, columns = 67; // no multiple of any vector
        std::mt19937 generator(3);
        std::normal_distribution<float> normal;
        std::vector<float> x(rows * columns), inverse(columns), scales(rows);
        for (float& value : x) value = normal(generator);
        std::fill_n(x.begin() + 2 * columns, columns, 0.0f);
        for (float& value : inverse) value = std::exp2(std::round(2 * normal(generator))); // products are exact
        std::vector<std::int8_t> codes(x.size());
        kernels::quantize_int8(x.data(), inverse.data(), rows, columns, codes.data(), scales.data());
        for (std::int64_t r = 0; r < rows; ++r) {
            float largest = 0;
            for (std::int64_t c = 0; c < columns; ++c)
                largest = std::max(largest, std::abs(x[std::size_t(r * columns + c)] * inverse[std::size_t(c)]));
            QCOMPARE(scales[std::size_t(r)], std::max(largest / 127.5f, 1e-12f));
            for (std::int64_t c = 0; c < columns; ++c) {
                const float quotient =
                    x[std::size_t(r * columns + c)] * inverse[std::size_t(c)] / scales[std::size_t(r)];
                const double code = codes[std::size_t(r * columns + c)];
                const double bounded = std::clamp(double(quotient), -128.0, 127.0);
                QVERIFY(std::abs(code - bounded) <= 0.5);
            }
        }
    }

    void products_get_the_scales_of_row_and_column() {
        constexpr std::int64_t rows = 3, columns = 35;
        std::mt19937 generator(4);
        std::vector<std::int32_t> products(rows * columns);
        // Beyond 2²⁴, where a float no longer holds every integer.
        for (std::int32_t& value : products) value = std::int32_t(generator() % 0x7fffffffu) - 0x3fffffff;
        std::uniform_real_distribution<float> positive(1e-4f, 1e-2f);
        std::vector<float> row(rows), column(columns), out(products.size());
        for (float& value : row) value = positive(generator);
        for (float& value : column) value = positive(generator);
        kernels::scale_products(products.data(), row.data(), column.data(), rows, columns, out.data());
        for (std::int64_t r = 0; r < rows; ++r)
            for (std::int64_t c = 0; c < columns; ++c) {
                const auto i = std::size_t(r * columns + c);
                const double exact = double(products[i]) * double(row[std::size_t(r)]) * double(column[std::size_t(c)]);
                // Three roundings to float.
                QVERIFY(std::abs(out[i] - exact) <=
                        1.5 * double(std::numeric_limits<float>::epsilon()) * std::abs(exact));
            }
    }
};

QTEST_GUILESS_MAIN(TestActivation)
#include "test_activation.moc"
