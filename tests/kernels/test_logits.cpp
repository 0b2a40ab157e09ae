// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "quantize/kernels/difference.h"
#include "quantize/kernels/logits.h"
#include "support/normal_numbers.h"

using namespace octavo;

namespace {

/// Softmax of `logits` in double, as float32 numbers.
std::vector<float> distribution(const std::vector<float>& logits) {
    double sum = 0;
    for (const float x : logits) sum += std::exp(double(x));
    std::vector<float> out;
    for (const float x : logits) out.push_back(float(std::exp(double(x)) / sum));
    return out;
}

/// Σ p (log p − log q) for q ∝ p e^d, in long double from the definition.
double brute_force(const std::vector<float>& p, const std::vector<float>& d) {
    long double all = 0, sum = 0, mean = 0;
    for (const float x : p) all += x;
    for (std::size_t i = 0; i < p.size(); ++i) {
        sum += p[i] / all * std::exp(static_cast<long double>(d[i]));
        mean += p[i] / all * d[i];
    }
    return double(std::log(sum) - mean);
}

} // namespace

class TestLogits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void divergences_equal_their_definition_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<double>("size");
        for (const int count : {1, 15, 16, 1023, 1024, 5000})
            for (const double size : {1e-4, 1e-2, 0.3, 2.0, 30.0})
                QTest::addRow("%d entries, changes of %g", count, size) << count << size;
    }
    void divergences_equal_their_definition() {
        QFETCH(int, count);
        QFETCH(double, size);
        const auto entries = std::size_t(count);
        const std::vector<float> p = distribution(normal_numbers(entries, 3, 1)),
                                 d = normal_numbers(entries, float(size), 2);
        const std::vector<float> nothing(entries, 0.0f);
        const auto top = std::max_element(p.begin(), p.end()) - p.begin();
        const double expected = brute_force(p, d), tolerance = 2e-5 * expected + 1e-7 * size * size;
        const kernels::Divergence found = kernels::divergence(p.data(), d.data(), 1, count, top);
        QVERIFY2(std::abs(found.kl - expected) < tolerance,
                 qPrintable(QString("%1 instead of %2").arg(found.kl).arg(expected)));
        // In bf16, and with half the change twice as large: the same numbers.
        std::vector<std::uint16_t> narrow(entries);
        kernels::narrow_difference(d.data(), nothing.data(), count, narrow.data());
        std::vector<float> rounded(entries), half(entries);
        kernels::add_difference(nothing.data(), narrow.data(), count, rounded.data());
        std::transform(rounded.begin(), rounded.end(), half.begin(), [](float x) { return x / 2; });
        const kernels::Divergence whole = kernels::divergence(p.data(), narrow.data(), 1, count, top),
                                  scaled = kernels::divergence(p.data(), half.data(), 2, count, top);
        QCOMPARE(whole.kl, scaled.kl);
        QCOMPARE(whole.same_top, scaled.same_top);
        QVERIFY(std::abs(whole.kl - brute_force(p, rounded)) < tolerance);
    }

    void agreement_is_that_of_the_largest_logits() {
        int changed = 0;
        for (unsigned seed = 0; seed < 200; ++seed) {
            const std::vector<float> z = normal_numbers(1500, 3, seed), d = normal_numbers(1500, 0.4f, seed + 1000);
            std::vector<float> sum(z.size());
            std::transform(z.begin(), z.end(), d.begin(), sum.begin(), std::plus());
            const auto top = std::max_element(z.begin(), z.end()) - z.begin();
            const bool same = std::max_element(sum.begin(), sum.end()) - sum.begin() == top;
            const std::vector<float> p = distribution(z);
            QCOMPARE(kernels::divergence(p.data(), d.data(), 1, 1500, top).same_top, same);
            changed += !same;
        }
        QVERIFY(changed > 10 && changed < 190);
    }

    void what_is_no_change_costs_nothing() {
        const std::vector<float> p = distribution(normal_numbers(3000, 3, 1)), none(3000, 0.0f), shift(3000, 2.5f);
        const auto top = std::max_element(p.begin(), p.end()) - p.begin();
        QCOMPARE(kernels::divergence(p.data(), none.data(), 1, 3000, top).kl, 0.0);
        QVERIFY(kernels::divergence(p.data(), shift.data(), 1, 3000, top).kl < 1e-5); // all logits alike
        QVERIFY(kernels::divergence(p.data(), shift.data(), 1, 3000, top).same_top);
    }

    void rows_are_summed_up_data() {
        QTest::addColumn<int>("count");
        for (const int count : {1, 3, 5, 1023, 1025, 50000}) QTest::addRow("%d entries", count) << count;
    }
    void rows_are_summed_up() {
        QFETCH(int, count);
        for (unsigned seed = 0; seed < 10; ++seed) {
            std::vector<float> z = normal_numbers(std::size_t(count), 4, seed);
            if (seed % 2) // many equals: the first ones come first
                for (float& x : z) x = std::round(x);
            std::vector<std::int32_t> order(z.size());
            std::iota(order.begin(), order.end(), 0);
            std::stable_sort(order.begin(), order.end(),
                             [&](int a, int b) { return z[std::size_t(a)] > z[std::size_t(b)]; });
            double sum = 0;
            for (const float x : z) sum += std::exp(double(x));
            const kernels::LogitSummary found = kernels::summary(z.data(), count);
            QVERIFY(std::abs(found.log_sum - std::log(sum)) < 1e-6);
            for (std::size_t i = 0; i < found.best.size(); ++i)
                QCOMPARE(found.best[i], i < order.size() ? order[i] : -1);
        }
    }

    void divergences_of_logits_equal_their_definition() {
        for (const double size : {1e-3, 0.1, 2.0}) {
            const std::vector<float> z = normal_numbers(3001, 4, 1), d = normal_numbers(3001, float(size), 2);
            std::vector<float> sum(z.size()), exact(z.size());
            for (std::size_t i = 0; i < z.size(); ++i) {
                sum[i] = z[i] + d[i] + 3.0f;
                exact[i] = float(double(sum[i]) - double(z[i]));
            }
            const double expected = brute_force(distribution(z), exact),
                         found = kernels::divergence(z.data(), kernels::summary(z.data(), 3001).log_sum, sum.data(),
                                                     kernels::summary(sum.data(), 3001).log_sum, 3001);
            QVERIFY2(std::abs(found - expected) < 3e-3 * expected,
                     qPrintable(QString("%1 instead of %2").arg(found).arg(expected)));
        }
    }
};

QTEST_APPLESS_MAIN(TestLogits)
#include "test_logits.moc"
