// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <random>
#include <vector>

#include "quantize/kernels/gram.h"
#include "quantize/kernels/rounding.h"

using namespace octavo;

class TestGram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!kernels::multiplies_bf16()) QSKIP("this CPU has no bfloat16 products");
    }

    void equals_brute_force_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("scaled");
        QTest::newRow("one row") << 1 << 5 << false;
        QTest::newRow("odd rows, part of a panel") << 7 << 50 << true;
        QTest::newRow("whole panels") << 64 << 96 << false;
        QTest::newRow("more than a pass") << 613 << 145 << true;
    }
    void equals_brute_force() {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(bool, scaled);
        const auto n = std::int64_t(columns);
        std::mt19937 generator(5);
        std::normal_distribution<float> normal;
        std::vector<float> x(static_cast<std::size_t>(rows * columns)), scale(static_cast<std::size_t>(rows));
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = normal(generator) * (i % n == 3 ? 300.0f : 1.0f);
        for (float& value : scale) value = std::exp(normal(generator));
        const float* scales = scaled ? scale.data() : nullptr;

        std::vector<std::uint32_t> packed(static_cast<std::size_t>(kernels::gram_packed_size(rows, columns)), ~0u);
        const std::int64_t pairs = (rows + 1) / 2, blocks = kernels::gram_blocks(columns);
        kernels::gram_pack(x.data(), scales, rows, columns, pairs / 3, pairs, packed.data()); // in parts, in any order
        kernels::gram_pack(x.data(), scales, rows, columns, 0, pairs / 3, packed.data());
        std::vector<float> gram(static_cast<std::size_t>(n * n), 1.0f);
        kernels::gram_add(packed.data(), rows, columns, blocks / 2, blocks, gram.data());
        kernels::gram_add(packed.data(), rows, columns, 0, blocks / 2, gram.data());

        const auto rounded = [&](std::int64_t row, std::int64_t column) {
            const float value = x[static_cast<std::size_t>(row * n + column)];
            return double(kernels::rounded_to_bf16(scales ? value * scale[static_cast<std::size_t>(row)] : value));
        };
        for (std::int64_t i = 0; i < n; ++i)
            for (std::int64_t j = 0; j < n; ++j) {
                const float found = gram[static_cast<std::size_t>(i * n + j)];
                if (j / kernels::gram_panel < i / kernels::gram_panel) {
                    QCOMPARE(found, 1.0f); // below the diagonal nothing is touched
                    continue;
                }
                double expected = 1, magnitude = 1;
                for (std::int64_t row = 0; row < rows; ++row) {
                    expected += rounded(row, i) * rounded(row, j);
                    magnitude += std::abs(rounded(row, i) * rounded(row, j));
                }
                QVERIFY2(std::abs(double(found) - expected) <= 1e-5 * magnitude,
                         qPrintable(QString("[%1, %2]: %3 instead of %4").arg(i).arg(j).arg(found).arg(expected)));
            }
    }
};

QTEST_APPLESS_MAIN(TestGram)
#include "test_gram.moc"
