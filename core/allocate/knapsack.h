// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace octavo {

/// One of the choices of a class: what it takes of the limit and what it is to be minimised.
struct KnapsackItem {
    double weight = 0, value = 0;
};

/// A multiple-choice knapsack: of every class exactly one item, the sum of weights at most the limit, the sum of values
/// as small as possible.
using KnapsackClasses = std::vector<std::vector<KnapsackItem>>;

struct KnapsackSolution {
    std::vector<std::size_t> chosen; ///< item of each class
    double weight = 0, value = 0;
    double bound = 0;   ///< no solution has a smaller value
    bool exact = false; ///< value is the optimum
};

/// The convex front, that is, the solutions of min Σ value + λ · weight for all λ: computed once in n log n, after
/// which every limit is a binary search.
class KnapsackFront {
public:
    explicit KnapsackFront(const KnapsackClasses& classes);

    struct Point {
        double weight = 0, value = 0;
    };
    /// By growing weight and falling value; the first is the lightest solution, the last the best.
    const std::vector<Point>& points() const { return points_; }
    /// The point itself; its solution is optimal for its own weight.
    KnapsackSolution at(std::size_t point) const;
    /// The last point within the limit, filled up with the steps that still fit. None when not even the lightest does.
    std::optional<KnapsackSolution> within(double limit) const;

private:
    struct Step {
        std::size_t group, item;     ///< where it leads
        double weight, value, slope; ///< changes; slope = −value / weight, falling
    };
    const KnapsackClasses& classes_;
    std::vector<std::size_t> lightest_;
    std::vector<Step> steps_;
    std::vector<Point> points_;
};

/// The optimum by dynamic programming over the undominated partial solutions, cut off by the Lagrangian bound. None
/// when nothing fits. When more than `most_states` would have to be kept, returns the front's solution with exact =
/// false.
std::optional<KnapsackSolution> solve_knapsack(const KnapsackClasses& classes, double limit,
                                               std::size_t most_states = 2'000'000);

} // namespace octavo
