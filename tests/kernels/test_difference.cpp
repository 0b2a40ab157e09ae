// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <vector>

#include "quantize/kernels/difference.h"
#include "quantize/kernels/rounding.h"
#include "support/normal_numbers.h"

using namespace octavo;

class TestDifference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void differences_are_rounded_half_to_even() {
        const std::vector<float> x = normal_numbers(1001, 2, 5), reference = normal_numbers(1001, 2, 6);
        std::vector<std::uint16_t> narrow(x.size());
        std::vector<float> sum(x.size());
        kernels::narrow_difference(x.data(), reference.data(), 1001, narrow.data());
        kernels::add_difference(reference.data(), narrow.data(), 1001, sum.data());
        for (std::size_t i = 0; i < x.size(); ++i) {
            const float expected = kernels::rounded_to_bf16(x[i] - reference[i]);
            QCOMPARE(narrow[i], std::uint16_t(kernels::bits_of(expected) >> 16));
            QCOMPARE(sum[i], reference[i] + expected);
        }
    }
};

QTEST_APPLESS_MAIN(TestDifference)
#include "test_difference.moc"
