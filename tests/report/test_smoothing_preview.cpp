// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <random>

#include "report/smoothing_preview.h"

using namespace octavo;

class TestSmoothingPreview : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scaleAtTheEndsAndInTheMiddle() {
        const std::vector<float> a{4, 1, 0, 9}, w{0.25f, 1, 2, 0};
        const SmoothingInputs inputs{a, w, {}, {}};
        // α = 1: s = a; α = 0: s = 1/w; α = ½: s = √(a/w). A channel without weights takes a, nothing falls below 1e-5.
        const auto one = smoothing_scale(inputs, 1), zero = smoothing_scale(inputs, 0),
                   half = smoothing_scale(inputs, 0.5);
        QCOMPARE(one[0], 4.f);
        QCOMPARE(zero[0], 4.f);
        QCOMPARE(half[0], 4.f);
        QCOMPARE(zero[2], 0.5f);
        QCOMPARE(one[2], 1e-5f);
        QCOMPARE(half[3], 9.f);
        for (const float s : smoothing_scale(inputs, -1)) QCOMPARE(s, 1.f);
    }

    void halfBalancesBothSides() {
        const std::vector<float> a{40, 1, 3}, w{0.1f, 0.7f, 0.02f};
        const SmoothingPreview preview = preview_smoothing({a, w, {}, {}}, 0.5);
        for (std::size_t k = 0; k < a.size(); ++k)
            QVERIFY(std::abs(preview.activation[k] - preview.weight[k]) < 1e-6f * preview.weight[k] + 1e-7f);
    }

    void errorOfOneChannelIsTheSumOfBothSteps() {
        // One channel, a = 127.5, w = 1, E[x²] = 4, E[w²] = ½: Δx = 1, Δw = 1/127.5, energy 2.
        const std::vector<float> a{127.5f}, w{1}, ms{4}, wms{0.5f};
        const SmoothingInputs inputs{a, w, ms, wms};
        const double expected = (1.0 / 12 * 0.5 + 1 / (127.5 * 127.5) / 12 * 4) / 2;
        QVERIFY(std::abs(predicted_error(inputs, std::vector<float>{1}) - expected) < 1e-12);
        SmoothingInputs weightsOnly = inputs;
        weightsOnly.input_half_range = 0;
        QVERIFY(std::abs(predicted_error(weightsOnly, std::vector<float>{1}) - 1 / (127.5 * 127.5) / 12 * 4 / 2) <
                1e-15);
    }

    // The prediction against rounding done by brute force in double: within the slack of one step for all rows and
    // tokens.
    void errorFollowsBruteForceRounding() {
        constexpr int K = 64, N = 48, T = 96;
        std::mt19937 random(7);
        std::normal_distribution<double> normal;
        std::vector<double> x(T * K), weight(N * K);
        for (int t = 0; t < T; ++t)
            for (int k = 0; k < K; ++k) x[std::size_t(t * K + k)] = normal(random) * (k == 5 ? 40 : 1);
        for (double& value : weight) value = normal(random) * 0.05;
        std::vector<float> a(K), w(K), ms(K), wms(K);
        for (std::size_t k = 0; k < K; ++k) {
            for (std::size_t t = 0; t < T; ++t) {
                a[k] = std::max(a[k], float(std::abs(x[t * K + k])));
                ms[k] += float(x[t * K + k] * x[t * K + k] / T);
            }
            for (std::size_t n = 0; n < N; ++n) {
                w[k] = std::max(w[k], float(std::abs(weight[n * K + k])));
                wms[k] += float(weight[n * K + k] * weight[n * K + k] / N);
            }
        }
        const SmoothingInputs inputs{a, w, ms, wms};
        const auto brute = [&](const std::vector<float>& s) {
            double largestX = 0, largestW = 0, error = 0, energy = 0;
            for (std::size_t i = 0; i < x.size(); ++i) largestX = std::max(largestX, std::abs(x[i]) / s[i % K]);
            for (std::size_t i = 0; i < weight.size(); ++i)
                largestW = std::max(largestW, std::abs(weight[i]) * s[i % K]);
            const double dx = largestX / 127.5, dw = largestW / 127.5;
            for (std::size_t t = 0; t < T; ++t)
                for (std::size_t n = 0; n < N; ++n) {
                    double exact = 0, rounded = 0;
                    for (std::size_t k = 0; k < K; ++k) {
                        exact += x[t * K + k] * weight[n * K + k];
                        rounded +=
                            std::round(x[t * K + k] / s[k] / dx) * dx * std::round(weight[n * K + k] * s[k] / dw) * dw;
                    }
                    error += (rounded - exact) * (rounded - exact);
                    energy += exact * exact;
                }
            return error / energy;
        };
        for (const double alpha : {-1.0, 0.3, 0.5, 0.8}) {
            const auto scale = smoothing_scale(inputs, alpha);
            const double ratio = predicted_error(inputs, scale) / brute(scale);
            QVERIFY2(ratio > 0.75 && ratio < 1.35, qPrintable(QStringLiteral("α %1: ratio %2").arg(alpha).arg(ratio)));
        }
        const std::vector<double> strengths{-1, 0.5};
        const auto errors = predicted_errors(inputs, strengths);
        QVERIFY(errors[1] < errors[0] / 5); // one channel of forty: smoothing pays
    }

    void fitFindsTheFactorsOfBothParts() {
        const std::vector<NoiseTerms> terms{{4, 0.1}, {1, 0.4}, {0.3, 2}, {0.1, 9}};
        std::vector<double> measured, decreasing;
        for (const NoiseTerms& term : terms) {
            measured.push_back(0.25 * term.input + 0.05 * term.weight);
            decreasing.push_back(0.5 * term.input);
        }
        const NoiseFactors factors = fit_noise(terms, measured);
        QVERIFY(std::abs(factors.input - 0.25) < 1e-9);
        QVERIFY(std::abs(factors.weight - 0.05) < 1e-9);
        const NoiseFactors one = fit_noise(terms, decreasing);
        QVERIFY(std::abs(one.input - 0.5) < 1e-9 && std::abs(one.weight) < 1e-9);
        QCOMPARE(fit_noise(std::span(terms).first(1), measured).input, 1.0); // one point says nothing
        // What only falls with the input term gets no negative weight term.
        const NoiseFactors clamped = fit_noise(terms, std::vector<double>{4, 0.9, 0.1, 0.01});
        QVERIFY(clamped.input > 0 && clamped.weight >= 0);
    }

    // Grouped queries: six heads of three channels read two heads; scales are shared by three heads each.
    void headsThatShareTakeTheLargest() {
        std::vector<float> values(18);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = float((i * 7) % 18);
        const auto shared = shared_maximum(values, 6, 3);
        for (std::size_t group = 0; group < 2; ++group)
            for (std::size_t i = 0; i < 3; ++i) {
                const float largest =
                    std::max({values[group * 9 + i], values[group * 9 + 3 + i], values[group * 9 + 6 + i]});
                for (std::size_t copy = 0; copy < 3; ++copy) QCOMPARE(shared[group * 9 + copy * 3 + i], largest);
            }
        QCOMPARE(infer_head_dim(shared, 6), std::int64_t(3));
        QCOMPARE(infer_head_dim(values, 6), std::int64_t(0));
        QCOMPARE(shared_maximum(values, 18, 3), values);
    }

    void ratioIgnoresSilentChannels() {
        QCOMPARE(outlier_ratio(std::vector<float>{1, 2, 30, 0, 3, 4}), 10.0);
        QCOMPARE(outlier_ratio(std::vector<float>{0, 0}), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestSmoothingPreview)
#include "test_smoothing_preview.moc"
