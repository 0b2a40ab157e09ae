// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "quantize/kernels/gram.h"
#include "quantize/kernels/rounding.h"

using namespace octavo;

class TestGram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void products_are_those_of_rounded_numbers_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("scaled");
        QTest::newRow("one row") << 1 << 48 << false;
        QTest::newRow("whole tiles") << 64 << 96 << false;
        QTest::newRow("no multiple of a tile or a panel") << 77 << 100 << true;
        QTest::newRow("more rows than are read at once") << 601 << 55 << true;
        QTest::newRow("less than one register") << 5 << 3 << false;
    }
    /// Against sums in double, in two calls, as two chunks of tokens would come.
    void products_are_those_of_rounded_numbers() {
        if (!kernels::multiplies_bf16()) QSKIP("This CPU does not multiply pairs of bf16 numbers");
        QFETCH(const int, rows);
        QFETCH(const int, columns);
        QFETCH(const bool, scaled);
        std::mt19937 generator(3);
        std::normal_distribution<float> normal(0.1f, 1);
        std::vector<float> sum(std::size_t(columns * columns), 0.0f);
        std::vector<double> expected(sum.size(), 0.0), size(sum.size(), 0.0);
        for (int part = 0; part < 2; ++part) {
            std::vector<float> x(std::size_t(rows * columns)), scale(scaled ? std::size_t(rows) : 0);
            for (auto* list : {&x, &scale})
                for (float& number : *list) number = normal(generator);
            add(x, scaled ? scale.data() : nullptr, rows, columns, sum);
            for (int row = 0; row < rows; ++row)
                for (int i = 0; i < columns; ++i)
                    for (int j = 0; j < columns; ++j) {
                        const float factor = scaled ? scale[std::size_t(row)] : 1.0f,
                                    a = x[std::size_t(row * columns + i)] * factor,
                                    b = x[std::size_t(row * columns + j)] * factor;
                        const double product =
                            double(kernels::rounded_to_bf16(a)) * double(kernels::rounded_to_bf16(b));
                        expected[std::size_t(i * columns + j)] += product;
                        size[std::size_t(i * columns + j)] += std::abs(product);
                    }
        }
        for (int i = 0; i < columns; ++i) // what lies before the panel is not computed
            for (int j = i / int(kernels::gram_panel) * int(kernels::gram_panel); j < columns; ++j) {
                const auto at = std::size_t(i * columns + j);
                QVERIFY2(std::abs(double(sum[at]) - expected[at]) <= 4e-6 * size[at],
                         qPrintable(QString("%1, %2: %3 instead of %4").arg(i).arg(j).arg(sum[at]).arg(expected[at])));
            }
    }

private:
    static void add(const std::vector<float>& x, const float* scale, int rows, int columns, std::vector<float>& sum) {
        constexpr float infinity = std::numeric_limits<float>::infinity();
        const auto width = std::size_t(columns);
        std::vector<float> low(width, infinity), high(width, -infinity), squares(width, 0.0f);
        const std::int64_t panels = kernels::gram_panels(columns);
        std::vector<std::uint32_t> pairs(std::size_t(kernels::narrow_words(rows, columns)), 0xffffffffU);
        kernels::narrow_pairs(x.data(), scale, rows, columns, 0, panels, pairs.data(),
                              {low.data(), high.data(), squares.data()});
        for (std::int64_t panel = 0; panel < panels; ++panel)
            kernels::add_gram(pairs.data(), rows, columns, panel, panel * kernels::gram_panel, sum.data());
    }
};

QTEST_APPLESS_MAIN(TestGram)
#include "test_gram.moc"
