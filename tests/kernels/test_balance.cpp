// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <functional>
#include <random>

#include "quantize/kernels/balance.h"

using namespace octavo;

namespace {

struct Case {
    std::int64_t rows = 0, columns = 0;
    std::vector<float> x, gain;
    std::vector<double> logarithms; ///< of the factors

    std::vector<float> factors() const {
        std::vector<float> out;
        for (const double u : logarithms) out.push_back(static_cast<float>(std::exp(u)));
        return out;
    }
};

/// Rows with an outlier channel, one row of zeros, one with no negative element.
Case random_case(std::int64_t rows, std::int64_t columns, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<double> normal;
    Case out{rows, columns, {}, {}, {}};
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t k = 0; k < columns; ++k) {
            double value = normal(generator) * (k % 7 == 3 ? 6 : 1);
            if (r == 1) value = 0;
            if (r == 2) value = std::fabs(value) + 0.01;
            out.x.push_back(static_cast<float>(value));
        }
    for (std::int64_t k = 0; k < columns; ++k) {
        out.gain.push_back(static_cast<float>(std::exp(0.5 * normal(generator))));
        out.logarithms.push_back(0.7 * normal(generator));
    }
    return out;
}

double power_mean(const std::vector<double>& values, const std::function<bool(double)>& counts) {
    double sum = 0;
    for (const double value : values)
        if (counts(value)) sum += std::pow(std::fabs(value), 16);
    return std::pow(sum, 1.0 / 16);
}

// The header's formulas, in double precision and straight.

double reach_of(const Case& in, const std::vector<double>& u) {
    double total = 0;
    for (std::int64_t r = 0; r < in.rows; ++r) {
        std::vector<double> row;
        for (std::int64_t k = 0; k < in.columns; ++k)
            row.push_back(double(in.x[std::size_t(r * in.columns + k)]) * std::exp(u[std::size_t(k)]));
        total += std::pow(power_mean(row, [](double) { return true; }), 2);
    }
    return total;
}

double damage_of(const Case& in, const std::vector<double>& u, double half_range, bool symmetric) {
    double total = 0;
    for (std::int64_t r = 0; r < in.rows; ++r) {
        std::vector<double> row;
        for (std::int64_t k = 0; k < in.columns; ++k)
            row.push_back(double(in.x[std::size_t(r * in.columns + k)]) * std::exp(u[std::size_t(k)]));
        const double reach =
            symmetric
                ? power_mean(row, [](double) { return true; })
                : (power_mean(row, [](double x) { return x > 0; }) + power_mean(row, [](double x) { return x <= 0; })) /
                      2;
        if (reach == 0) continue;
        const double step = reach / half_range;
        for (std::int64_t k = 0; k < in.columns; ++k) {
            const double scaled = row[std::size_t(k)] / step, exact = double(in.x[std::size_t(r * in.columns + k)]);
            total += double(in.gain[std::size_t(k)]) * exact * exact / (1 + 12 * scaled * scaled);
        }
    }
    return total;
}

void compare_slopes(const Case& in, const std::vector<float>& slope,
                    const std::function<double(const std::vector<double>&)>& cost) {
    double largest = 0;
    for (const float value : slope) largest = std::max(largest, std::fabs(double(value)));
    QVERIFY(largest > 0);
    constexpr double h = 1e-4;
    for (std::size_t k = 0; k < slope.size(); ++k) {
        std::vector<double> up = in.logarithms, down = in.logarithms;
        up[k] += h;
        down[k] -= h;
        const double expected = (cost(up) - cost(down)) / (2 * h);
        QVERIFY2(std::fabs(double(slope[k]) - expected) < 2e-4 * largest,
                 qPrintable(QString("column %1: %2 instead of %3").arg(k).arg(double(slope[k])).arg(expected)));
    }
}

} // namespace

// Values against the formulas in double precision, slopes against differences of those.
class TestBalance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void costs_and_slopes_data() {
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("symmetric");
        for (const int columns : {1, 5, 16, 37, 96})
            for (const bool symmetric : {true, false})
                QTest::addRow("%d columns, %s", columns, symmetric ? "symmetric" : "asymmetric")
                    << columns << symmetric;
    }
    void costs_and_slopes() {
        QFETCH(int, columns);
        QFETCH(bool, symmetric);
        const Case in = random_case(9, columns, 11);
        const std::vector<float> factors = in.factors();

        std::vector<float> slope(std::size_t(columns), 0.0f);
        const double reach =
            kernels::squared_reach({in.x.data(), in.rows, columns, columns}, factors.data(), slope.data());
        const double exact = reach_of(in, in.logarithms);
        QVERIFY2(std::fabs(reach - exact) < 1e-5 * exact, qPrintable(QString("%1 %2").arg(reach).arg(exact)));
        compare_slopes(in, slope, [&](const std::vector<double>& u) { return reach_of(in, u); });

        constexpr float half_range = 12.5f; // coarse enough for both kinds of error to matter
        slope.assign(std::size_t(columns), 0.0f);
        const double damage = kernels::rounding_damage({in.x.data(), in.rows, columns, columns}, factors.data(),
                                                       in.gain.data(), half_range, symmetric, slope.data());
        const double expected = damage_of(in, in.logarithms, half_range, symmetric);
        QVERIFY2(std::fabs(damage - expected) < 1e-5 * expected,
                 qPrintable(QString("%1 %2").arg(damage).arg(expected)));
        // A single column: the step follows its factor, nothing changes.
        if (columns > 1)
            compare_slopes(in, slope,
                           [&](const std::vector<double>& u) { return damage_of(in, u, half_range, symmetric); });
    }

    void exact_reach_is_that_of_the_largest() {
        const Case in = random_case(7, 37, 5);
        const std::vector<float> factors = in.factors();
        // Five columns of every other row.
        double expected = 0;
        for (std::size_t row = 0; row < 7; row += 2) {
            double largest = 0;
            for (std::size_t k = 0; k < 5; ++k)
                largest = std::max(largest, std::fabs(double(in.x[row * 37 + k]) * double(factors[k])));
            expected += largest * largest;
        }
        const double found = kernels::exact_squared_reach({in.x.data(), 4, 5, 2 * 37}, factors.data());
        QVERIFY2(std::fabs(found - expected) < 1e-6 * expected, qPrintable(QString("%1 %2").arg(found).arg(expected)));
    }

    void steps_are_those_of_adam() {
        constexpr std::size_t count = 21;
        const Case in = random_case(6, count, 8);
        std::vector<float> position(count, 1.0f), mean(count, 0.0f), square(count, 0.0f);
        std::vector<double> exact(count, 1.0), first(count, 0.0), second(count, 0.0);
        for (int number = 1; number <= 6; ++number) {
            const float* gradient = in.x.data() + std::size_t(number - 1) * count;
            kernels::adam_step({position.data(), mean.data(), square.data()}, gradient, count, number, 0.05);
            for (std::size_t i = 0; i < count; ++i) {
                first[i] = 0.9 * first[i] + 0.1 * double(gradient[i]);
                second[i] = 0.99 * second[i] + 0.01 * double(gradient[i]) * double(gradient[i]);
                exact[i] -= 0.05 * (first[i] / (1 - std::pow(0.9, number))) /
                            (std::sqrt(second[i] / (1 - std::pow(0.99, number))) + 1e-6);
                QVERIFY(std::fabs(position[i] - exact[i]) < 1e-5);
            }
        }
    }

    void slopes_are_added() {
        const Case in = random_case(4, 21, 3);
        const std::vector<float> factors = in.factors();
        std::vector<float> once(21, 0.0f), after(21, 100.0f);
        kernels::squared_reach({in.x.data(), 4, 21, 21}, factors.data(), once.data());
        kernels::squared_reach({in.x.data(), 4, 21, 21}, factors.data(), after.data());
        for (std::size_t k = 0; k < 21; ++k) QVERIFY(std::fabs(after[k] - 100.0f - once[k]) < 1e-3f * (1 + once[k]));
    }
};

QTEST_APPLESS_MAIN(TestBalance)
#include "test_balance.moc"
