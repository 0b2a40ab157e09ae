// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrum_checks.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "report/spectrum.h"

namespace {

std::vector<double> powers(int count, double exponent) {
    std::vector<double> out;
    for (int i = 1; i <= count; ++i) out.push_back(std::pow(i, exponent));
    return out;
}

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace

/// Spectra of matrices whose eigenvalues are known because they were made from them.
class TestSpectrum final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allEigenvaluesOfASmallMatrix() {
        std::vector<double> known = powers(48, -1.3);
        known.push_back(0); // a direction that the input never took
        const auto spectrum = octavo::Spectrum::from(spectrum_of(known, 0.01));
        QCOMPARE(spectrum.values.size(), known.size());
        for (std::size_t i = 0; i < known.size(); ++i) {
            QVERIFY(std::abs(spectrum.values[i] - known[i] / mean_of(known)) < 1e-5 * spectrum.values.front());
            QCOMPARE(spectrum.shares[i], double(float(1.0 / static_cast<double>(known.size()))));
        }
    }

    void bothEndsOfALargeMatrix_data() {
        QTest::addColumn<double>("exponent");
        QTest::addColumn<double>("outlier");
        QTest::addColumn<bool>("order");
        for (const bool order : {false, true}) {
            const char* name = order ? ", act-order" : "";
            QTest::addRow("flat%s", name) << -0.2 << 1.0 << order;
            QTest::addRow("steep%s", name) << -1.5 << 1.0 << order;
            QTest::addRow("an outlier%s", name) << -0.7 << 1000.0 << order;
        }
    }
    void bothEndsOfALargeMatrix() {
        QFETCH(double, exponent);
        QFETCH(double, outlier);
        QFETCH(bool, order);
        constexpr double damping = 0.01;
        std::vector<double> known = powers(600, exponent);
        known.front() *= outlier;
        const double mean = mean_of(known);
        const std::vector<float> stored = spectrum_of(known, damping, order);
        QVERIFY(stored == spectrum_of(known, damping, order));
        const auto spectrum = octavo::Spectrum::from(stored);
        QVERIFY(spectrum.values.size() > 5 && spectrum.values.size() <= 25);
        QVERIFY(std::abs(std::accumulate(spectrum.shares.begin(), spectrum.shares.end(), 0.0) - 1) < 1e-4);
        const double largest = known.front() / mean, smallest = known.back() / mean;
        QVERIFY2(std::abs(spectrum.values.front() / largest - 1) < 0.02,
                 qPrintable(QStringLiteral("%1 <> %2").arg(spectrum.values.front()).arg(largest)));
        const double condition = (largest + damping) / (smallest + damping);
        QVERIFY2(std::abs(spectrum.condition(damping) / condition - 1) < 0.05,
                 qPrintable(QStringLiteral("%1 <> %2").arg(spectrum.condition(damping)).arg(condition)));
        // In between the curve is smooth: of what lies above a threshold the share is right to a few percent.
        for (const double threshold : {0.1, 0.3, 1.0, 3.0}) {
            double share = 0;
            for (std::size_t i = 0; i < spectrum.values.size(); ++i)
                if (spectrum.values[i] >= threshold) share += spectrum.shares[i];
            const auto above = std::ranges::count_if(known, [&](double v) { return v / mean >= threshold; });
            const double wanted = static_cast<double>(above) / 600;
            QVERIFY2(std::abs(share - wanted) < 0.12,
                     qPrintable(QStringLiteral("above %1: %2 <> %3").arg(threshold).arg(share).arg(wanted)));
        }
    }

    void whatIsReadFromIt() {
        // Half of the eigenvalues 1.9, half 0.1.
        const std::vector<float> stored{1.9f, 0.1f, 0.5f, 0.5f};
        const auto spectrum = octavo::Spectrum::from(stored);
        QVERIFY(std::abs(spectrum.condition(0.1) - 10) < 1e-5);
        QVERIFY(std::abs(spectrum.directions(0.5) - 0.5 * 0.5 / 0.95) < 1e-6);
        QVERIFY(std::abs(spectrum.directions(1) - 1) < 1e-6);
        QVERIFY(std::isinf(octavo::Spectrum::from(std::vector<float>{2, 0, 0.5, 0.5}).condition(0)));
        QVERIFY(octavo::Spectrum::from({}).empty());
        QVERIFY(octavo::Spectrum::from(std::vector<float>{1, 2, 0.5, 0.5}).empty()); // rising
        QVERIFY(octavo::Spectrum::from(std::vector<float>{1, 1, 1}).empty());        // odd
        QVERIFY(octavo::Spectrum::from(std::vector<float>{1, NAN, 0.5, 0.5}).empty());
    }
};

QTEST_APPLESS_MAIN(TestSpectrum)
#include "test_spectrum.moc"
