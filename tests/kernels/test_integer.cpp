// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "quantize/kernels/integer.h"

using namespace octavo;

namespace {

/// Codes, scales and a bias of a matrix, and what tokens are multiplied with.
struct Problem {
    Problem(std::int64_t t, std::int64_t n, std::int64_t k, unsigned seed) : tokens(t), rows(n), columns(k) {
        std::mt19937 generator(seed);
        std::uniform_int_distribution<int> code(-128, 127);
        std::uniform_real_distribution<float> scale(1e-3f, 4e-3f), shift(-1, 1);
        for (auto* list : {&x, &gate, &up}) {
            list->resize(std::size_t((list == &x ? tokens : rows) * columns));
            for (std::int8_t& value : *list) value = std::int8_t(code(generator));
        }
        // The most that sums can be.
        std::fill_n(x.begin(), columns, std::int8_t(-128));
        std::fill_n(gate.begin(), columns, std::int8_t(-128));
        for (auto* list : {&token_scales, &row_scales, &bias}) {
            list->resize(std::size_t(list == &token_scales ? tokens : rows));
            for (float& value : *list) value = list == &bias ? shift(generator) : scale(generator);
        }
    }

    std::vector<std::uint8_t> packed(const std::vector<std::int8_t>& codes) const {
        std::vector<std::uint8_t> out(std::size_t(kernels::packed_bytes(rows, columns)));
        // In two parts, as two threads would.
        const std::int64_t panels = kernels::code_panels(rows);
        kernels::pack_codes(codes.data(), rows, columns, 0, panels / 2, out.data());
        kernels::pack_codes(codes.data(), rows, columns, panels / 2, panels, out.data());
        return out;
    }

    /// Exact sum, scaled in double.
    double product(const std::vector<std::int8_t>& codes, std::int64_t t, std::int64_t r, bool biased) const {
        std::int64_t sum = 0;
        for (std::int64_t k = 0; k < columns; ++k)
            sum += std::int64_t(x[std::size_t(t * columns + k)]) * codes[std::size_t(r * columns + k)];
        return double(sum) * double(token_scales[std::size_t(t)]) * double(row_scales[std::size_t(r)]) +
               (biased ? double(bias[std::size_t(r)]) : 0.0);
    }

    std::int64_t tokens, rows, columns;
    std::vector<std::int8_t> x, gate, up;
    std::vector<float> token_scales, row_scales, bias;
};

void sizes() {
    QTest::addColumn<int>("tokens");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::newRow("one token") << 1 << 64 << 64;
    QTest::newRow("no multiple of a tile, a panel or a register") << 23 << 100 << 68;
    QTest::newRow("less than one register") << 4 << 5 << 4;
    QTest::newRow("several blocks of tokens") << 300 << 130 << 132;
}

} // namespace

class TestInteger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void products_are_exact_before_they_are_scaled_data() { sizes(); }
    void products_are_exact_before_they_are_scaled() {
        if (!kernels::multiplies_int8()) QSKIP("This CPU does not multiply bytes in fours");
        QFETCH(const int, tokens);
        QFETCH(const int, rows);
        QFETCH(const int, columns);
        const Problem problem(tokens, rows, columns, 5);
        const std::vector<std::uint8_t> packed = problem.packed(problem.gate);
        for (const bool add : {false, true}) {
            const float* bias = add ? nullptr : problem.bias.data();
            const kernels::PackedCodes matrix{packed.data(), problem.row_scales.data(), bias, rows, columns};
            std::vector<float> out(std::size_t(tokens) * std::size_t(rows), add ? 3.0f : NAN), parts = out;
            kernels::multiply_codes({problem.x.data(), problem.token_scales.data()}, matrix,
                                    {0, tokens, 0, kernels::code_panels(rows)}, add, out.data());
            for (std::int64_t t = 0; t < tokens; ++t)
                for (std::int64_t r = 0; r < rows; ++r) {
                    const double exact = problem.product(problem.gate, t, r, !add), begun = add ? 3.0 : 0.0,
                                 size = std::abs(problem.product(problem.gate, t, r, false)) + 4;
                    QVERIFY(std::abs(out[std::size_t(t * rows + r)] - (exact + begun)) <= 4e-7 * size);
                }
            // Whoever does which part, the bits are the same.
            for (std::int64_t first = 0; first < tokens; first += 2 * kernels::code_tile)
                for (std::int64_t panel = 0; panel < kernels::code_panels(rows); ++panel)
                    kernels::multiply_codes(
                        {problem.x.data(), problem.token_scales.data()}, matrix,
                        {first, std::min<std::int64_t>(first + 2 * kernels::code_tile, tokens), panel, panel + 1}, add,
                        parts.data());
            QVERIFY(parts == out);
        }
    }

    void gated_products_equal_silu_in_double_data() { sizes(); }
    void gated_products_equal_silu_in_double() {
        if (!kernels::multiplies_int8()) QSKIP("This CPU does not multiply bytes in fours");
        QFETCH(const int, tokens);
        QFETCH(const int, rows);
        QFETCH(const int, columns);
        const Problem problem(tokens, rows, columns, 6);
        const std::vector<std::uint8_t> gate = problem.packed(problem.gate), up = problem.packed(problem.up);
        std::vector<float> out(std::size_t(tokens) * std::size_t(rows), NAN);
        kernels::multiply_gated({problem.x.data(), problem.token_scales.data()},
                                {gate.data(), problem.row_scales.data(), problem.bias.data(), rows, columns},
                                {up.data(), problem.row_scales.data(), nullptr, rows, columns},
                                {0, tokens, 0, kernels::code_panels(rows)}, out.data());
        for (std::int64_t t = 0; t < tokens; ++t)
            for (std::int64_t r = 0; r < rows; ++r) {
                const double g = problem.product(problem.gate, t, r, true),
                             u = problem.product(problem.up, t, r, false), exact = g / (1 + std::exp(-g)) * u;
                QVERIFY(std::abs(out[std::size_t(t * rows + r)] - exact) <=
                        2e-6 * (std::abs(exact) + std::abs(u) + 1e-3));
            }
    }

    void silu_of_large_numbers_is_finite() {
        if (!kernels::multiplies_int8()) QSKIP("This CPU does not multiply bytes in fours");
        const std::vector<std::int8_t> x{127, 0, 0, 0}, matrix{127, 0, 0, 0, -127, 0, 0, 0};
        std::vector<std::uint8_t> packed(std::size_t(kernels::packed_bytes(2, 4)));
        kernels::pack_codes(matrix.data(), 2, 4, 0, 1, packed.data());
        const std::vector<float> token{1.0f}, rows{1.0f, 1.0f};
        const kernels::PackedCodes both{packed.data(), rows.data(), nullptr, 2, 4};
        std::vector<float> out(2, NAN);
        kernels::multiply_gated({x.data(), token.data()}, both, both, {0, 1, 0, 1}, out.data());
        QCOMPARE(out[0], 16129.0f * 16129.0f);
        QCOMPARE(std::abs(out[1]), 0.0f);
    }
};

QTEST_GUILESS_MAIN(TestInteger)
#include "test_integer.moc"
