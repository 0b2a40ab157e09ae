// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "quantize/kernels/attention.h"
#include "quantize/kernels/gram.h"
#include "quantize/kernels/rounding.h"

using namespace octavo;

namespace {

constexpr std::int64_t gap = 3; ///< numbers between a token of one head and the next

/// One head, turned as `interleaved` says over the first `turned` channels.
struct Head {
    Head(std::int64_t tokens, std::int64_t channels, std::int64_t values, std::int64_t turned, bool pairs)
        : length(tokens), width(channels), value_width(values), half(turned / 2), interleaved(pairs) {
        std::mt19937 generator(11);
        std::normal_distribution<float> normal;
        for (auto* list : {&query, &key, &value}) {
            list->resize(std::size_t(length * ((list == &value ? value_width : width) + gap)));
            for (float& x : *list) x = normal(generator);
        }
        for (std::int64_t position = 0; position < length; ++position)
            for (std::int64_t i = 0; i < half; ++i) {
                const double angle = double(position) * std::pow(100.0, -double(i) / double(half));
                cosine.push_back(float(std::cos(angle)));
                sine.push_back(float(std::sin(angle)));
            }
    }

    /// Turned in double, times `scale`, and rounded as the kernel rounds what it multiplies.
    std::vector<double> turned(const std::vector<float>& x, std::int64_t token, double scale) const {
        const float* in = x.data() + token * (width + gap);
        std::vector<double> out(in, in + width);
        for (std::int64_t i = 0; i < half; ++i) {
            const std::int64_t a = interleaved ? 2 * i : i, b = interleaved ? 2 * i + 1 : half + i;
            const double c = double(cosine[std::size_t(token * half + i)]),
                         s = double(sine[std::size_t(token * half + i)]);
            out[std::size_t(a)] = double(in[a]) * c - double(in[b]) * s;
            out[std::size_t(b)] = double(in[b]) * c + double(in[a]) * s;
        }
        for (double& number : out) number = double(kernels::rounded_to_bf16(float(number * scale)));
        return out;
    }

    /// Softmax over what the query sees of the scores of rounded numbers; scores are in units of ln 2.
    std::vector<double> attended(std::int64_t token, std::int64_t window, double scale) const {
        const std::vector<double> q = turned(query, token, scale);
        std::vector<double> out(std::size_t(value_width), 0.0), scores;
        const std::int64_t first = window > 0 ? std::max<std::int64_t>(0, token - window + 1) : 0;
        for (std::int64_t other = first; other <= token; ++other) {
            const std::vector<double> k = turned(key, other, 1);
            scores.push_back(0);
            for (std::size_t i = 0; i < q.size(); ++i) scores.back() += q[i] * k[i];
        }
        const double largest = *std::max_element(scores.begin(), scores.end());
        double sum = 0;
        for (std::int64_t other = first; other <= token; ++other) {
            const double weight = std::exp2(scores[std::size_t(other - first)] - largest);
            sum += weight;
            for (std::int64_t i = 0; i < value_width; ++i)
                out[std::size_t(i)] +=
                    weight * double(kernels::rounded_to_bf16(value[std::size_t(other * (value_width + gap) + i)]));
        }
        for (double& number : out) number /= sum;
        return out;
    }

    std::int64_t length, width, value_width, half;
    bool interleaved;
    std::vector<float> query, key, value, cosine, sine;
};

} // namespace

class TestAttention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equals_softmax_in_double_data() {
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("values");
        QTest::addColumn<int>("turned");
        QTest::addColumn<bool>("interleaved");
        QTest::addColumn<int>("window");
        QTest::newRow("one token") << 1 << 64 << 64 << 64 << false << 0;
        QTest::newRow("several blocks") << 203 << 64 << 64 << 64 << false << 0;
        QTest::newRow("no multiple of a register") << 77 << 38 << 23 << 20 << false << 0;
        QTest::newRow("neighbours are turned, values are wide") << 70 << 24 << 140 << 24 << true << 0;
        QTest::newRow("a window") << 201 << 32 << 48 << 0 << false << 50;
    }
    void equals_softmax_in_double() {
        if (!kernels::multiplies_bf16()) QSKIP("This CPU does not multiply bf16 numbers");
        QFETCH(const int, length);
        QFETCH(const int, width);
        QFETCH(const int, values);
        QFETCH(const int, turned);
        QFETCH(const bool, interleaved);
        QFETCH(const int, window);
        const Head head(length, width, values, turned, interleaved);
        constexpr float scale = 0.3f;
        const kernels::Rotation rotation =
            turned > 0 ? kernels::Rotation{head.cosine.data(), head.sine.data(), turned / 2, interleaved}
                       : kernels::Rotation{};
        // What is not written must not matter.
        std::vector<std::uint32_t> queries(std::size_t(kernels::query_words(length, width)), 0x7fc07fc0U),
            keys(std::size_t(kernels::key_words(length, width)), 0x7fc07fc0U),
            rows(std::size_t(kernels::value_words(length, values)), 0x7fc07fc0U);
        kernels::pack_queries({head.query.data(), width + gap, length, width}, rotation, scale, queries.data());
        kernels::pack_keys({head.key.data(), width + gap, length, width}, rotation, keys.data());
        kernels::pack_values({head.value.data(), values + gap, length, values}, rows.data());
        const std::int64_t stride = values + gap;
        std::vector<float> out(std::size_t(length * stride), 7.0f);
        for (std::int64_t begin = 0; begin < length; begin += kernels::attention_block)
            kernels::attend({queries.data(), keys.data(), rows.data(), length, width, values, window}, begin,
                            std::min<std::int64_t>(begin + kernels::attention_block, length), out.data(), stride);
        for (std::int64_t token = 0; token < length; ++token) {
            const std::vector<double> exact = head.attended(token, window, double(scale));
            for (std::int64_t i = 0; i < stride; ++i) {
                const float found = out[std::size_t(token * stride + i)];
                // Numbers that are turned may be rounded to the other side; weights are rounded to eight bits.
                if (i < values)
                    QVERIFY2(std::abs(found - exact[std::size_t(i)]) < 1.5e-2,
                             qPrintable(QStringLiteral("token %1, channel %2").arg(token).arg(i)));
                else
                    QCOMPARE(found, 7.0f);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestAttention)
#include "test_attention.moc"
