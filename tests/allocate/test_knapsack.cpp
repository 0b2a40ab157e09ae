// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

#include "allocate/knapsack.h"

using namespace octavo;

namespace {

KnapsackClasses random_classes(std::mt19937& generator, std::size_t classes, std::size_t items, bool whole) {
    KnapsackClasses out(classes);
    for (auto& one : out)
        for (std::size_t i = 0; i < items; ++i) {
            // Small whole numbers tie often; others hardly ever.
            const double weight = 1 + generator() % 12, value = generator() % 20;
            one.push_back({whole ? weight : weight + (generator() % 1000) / 1000.0,
                           whole ? value : value + (generator() % 1000) / 1000.0});
        }
    return out;
}

/// Every combination: the smallest value within the limit, infinity when nothing fits.
double brute_force(const KnapsackClasses& classes, double limit) {
    double best = std::numeric_limits<double>::infinity();
    std::vector<std::size_t> pick(classes.size(), 0);
    for (;;) {
        double weight = 0, value = 0;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            weight += classes[i][pick[i]].weight;
            value += classes[i][pick[i]].value;
        }
        if (weight <= limit + 1e-9) best = std::min(best, value);
        std::size_t at = 0;
        while (at < pick.size() && ++pick[at] == classes[at].size()) pick[at++] = 0;
        if (at == pick.size()) return best;
    }
}

void check_sums(const KnapsackClasses& classes, const KnapsackSolution& solution, double limit) {
    double weight = 0, value = 0;
    QCOMPARE(solution.chosen.size(), classes.size());
    for (std::size_t i = 0; i < classes.size(); ++i) {
        QVERIFY(solution.chosen[i] < classes[i].size());
        weight += classes[i][solution.chosen[i]].weight;
        value += classes[i][solution.chosen[i]].value;
    }
    QVERIFY(std::abs(weight - solution.weight) < 1e-9);
    QVERIFY(std::abs(value - solution.value) < 1e-9);
    QVERIFY(weight <= limit + 1e-9);
}

} // namespace

class TestKnapsack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exact_solutions_equal_enumeration_data() {
        QTest::addColumn<bool>("whole");
        QTest::newRow("whole numbers, many ties") << true;
        QTest::newRow("fractions") << false;
    }
    void exact_solutions_equal_enumeration() {
        QFETCH(bool, whole);
        std::mt19937 generator(7);
        int feasible = 0;
        for (int round = 0; round < 60; ++round) {
            const KnapsackClasses classes = random_classes(generator, 1 + generator() % 7, 1 + generator() % 4, whole);
            for (double limit = 1; limit < 70; limit += 3.5) {
                const double best = brute_force(classes, limit);
                const auto found = solve_knapsack(classes, limit);
                QCOMPARE(found.has_value(), std::isfinite(best));
                if (!found) continue;
                ++feasible;
                check_sums(classes, *found, limit);
                QVERIFY(found->exact);
                QVERIFY2(std::abs(found->value - best) < 1e-9,
                         qPrintable(QString("%1 instead of %2").arg(found->value).arg(best)));
            }
        }
        QVERIFY(feasible > 300);
    }

    void the_front_is_optimal_for_its_own_sizes() {
        std::mt19937 generator(11);
        for (int round = 0; round < 40; ++round) {
            const KnapsackClasses classes = random_classes(generator, 6, 3, round % 2 == 0);
            const KnapsackFront front(classes);
            for (std::size_t i = 0; i < front.points().size(); ++i) {
                const KnapsackSolution solution = front.at(i);
                check_sums(classes, solution, front.points()[i].weight);
                QVERIFY(std::abs(solution.value - front.points()[i].value) < 1e-9);
                QVERIFY(std::abs(brute_force(classes, solution.weight) - solution.value) < 1e-9);
                if (i == 0) continue;
                QVERIFY(front.points()[i].weight > front.points()[i - 1].weight);
                QVERIFY(front.points()[i].value < front.points()[i - 1].value);
            }
        }
    }

    void what_the_front_gives_is_feasible_and_its_bound_holds() {
        std::mt19937 generator(13);
        for (int round = 0; round < 60; ++round) {
            const KnapsackClasses classes = random_classes(generator, 5, 4, round % 2 == 0);
            const KnapsackFront front(classes);
            for (double limit = 3; limit < 60; limit += 2.5) {
                const double best = brute_force(classes, limit);
                const auto found = front.within(limit);
                QCOMPARE(found.has_value(), std::isfinite(best));
                if (!found) continue;
                check_sums(classes, *found, limit);
                QVERIFY(found->value >= best - 1e-9);
                QVERIFY(found->bound <= best + 1e-9);
                if (found->exact) QVERIFY(std::abs(found->value - best) < 1e-9);
            }
        }
    }

    void a_large_table_is_solved_exactly_and_never_worse_than_the_front() {
        std::mt19937 generator(17);
        KnapsackClasses classes = random_classes(generator, 200, 4, false);
        for (auto& one : classes)
            for (auto& item : one) item.weight *= 1e6;
        const KnapsackFront front(classes);
        const double lightest = front.points().front().weight, heaviest = front.points().back().weight;
        for (const double share : {0.1, 0.37, 0.8}) {
            const double limit = lightest + share * (heaviest - lightest);
            const auto quick = front.within(limit), exact = solve_knapsack(classes, limit);
            QVERIFY(quick && exact && exact->exact);
            QVERIFY(exact->value <= quick->value + 1e-9);
            QVERIFY(exact->value >= quick->bound - 1e-9);
        }
    }
};

QTEST_APPLESS_MAIN(TestKnapsack)
#include "test_knapsack.moc"
