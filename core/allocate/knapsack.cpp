// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/knapsack.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

namespace octavo {

namespace {

/// Indexes of the items on the lower convex hull, by growing weight and falling value.
std::vector<std::size_t> hull_of(const std::vector<KnapsackItem>& items) {
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return items[a].weight != items[b].weight ? items[a].weight < items[b].weight : items[a].value < items[b].value;
    });
    std::vector<std::size_t> hull;
    for (const std::size_t next : order) {
        if (!hull.empty() && items[next].value >= items[hull.back()].value) continue; // dominated
        const auto bends_up = [&] {
            const KnapsackItem &a = items[hull[hull.size() - 2]], &b = items[hull.back()], &c = items[next];
            return (b.value - a.value) * (c.weight - b.weight) >= (c.value - b.value) * (b.weight - a.weight);
        };
        while (hull.size() >= 2 && bends_up()) hull.pop_back();
        hull.push_back(next);
    }
    return hull;
}

KnapsackSolution summed(const KnapsackClasses& classes, std::vector<std::size_t> chosen) {
    KnapsackSolution out{std::move(chosen), 0, 0, 0, false};
    for (std::size_t i = 0; i < classes.size(); ++i) {
        out.weight += classes[i][out.chosen[i]].weight;
        out.value += classes[i][out.chosen[i]].value;
    }
    return out;
}

} // namespace

KnapsackFront::KnapsackFront(const KnapsackClasses& classes) : classes_(classes) {
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const std::vector<std::size_t> hull = hull_of(classes[i]);
        lightest_.push_back(hull.front());
        for (std::size_t k = 1; k < hull.size(); ++k) {
            const KnapsackItem &from = classes[i][hull[k - 1]], &to = classes[i][hull[k]];
            const double weight = to.weight - from.weight, value = to.value - from.value;
            steps_.push_back({i, hull[k], weight, value, -value / weight});
        }
    }
    // Of one class the slopes fall, so that a stable sort keeps its steps in order.
    std::stable_sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) { return a.slope > b.slope; });
    const KnapsackSolution start = summed(classes_, lightest_);
    points_.push_back({start.weight, start.value});
    for (const Step& step : steps_)
        points_.push_back({points_.back().weight + step.weight, points_.back().value + step.value});
}

KnapsackSolution KnapsackFront::at(std::size_t point) const {
    std::vector<std::size_t> chosen = lightest_;
    for (std::size_t i = 0; i < point; ++i) chosen[steps_[i].group] = steps_[i].item;
    KnapsackSolution out = summed(classes_, std::move(chosen));
    out.bound = out.value;
    out.exact = true;
    return out;
}

std::optional<KnapsackSolution> KnapsackFront::within(double limit) const {
    const auto past = std::upper_bound(points_.begin(), points_.end(), limit,
                                       [](double wanted, const Point& point) { return wanted < point.weight; });
    if (past == points_.begin()) return std::nullopt;
    const auto last = static_cast<std::size_t>(past - points_.begin()) - 1;
    KnapsackSolution out = at(last);
    if (last == steps_.size()) return out;
    out.bound = out.value - steps_[last].slope * (limit - out.weight);
    out.exact = out.weight == limit;
    std::vector<char> blocked(classes_.size(), 0); // a class whose step does not fit takes none of its later ones
    for (std::size_t i = last; i < steps_.size(); ++i) {
        const Step& step = steps_[i];
        if (blocked[step.group]) continue;
        if (out.weight + step.weight > limit) {
            blocked[step.group] = 1;
            continue;
        }
        out.chosen[step.group] = step.item;
        out.weight += step.weight;
        out.value += step.value;
    }
    const double bound = out.bound;
    const bool exact = out.exact;
    out = summed(classes_, std::move(out.chosen));
    out.bound = std::min(bound, out.value);
    out.exact = exact;
    return out;
}

namespace {

struct State {
    double weight, value;
    std::uint32_t previous; ///< state of the class before
    std::uint32_t item;
};

/// Sums over the classes from i on.
struct Rest {
    std::vector<double> lightest, penalised;
};

Rest rest_of(const KnapsackClasses& classes, double lambda) {
    Rest out{std::vector<double>(classes.size() + 1, 0.0), std::vector<double>(classes.size() + 1, 0.0)};
    for (std::size_t i = classes.size(); i-- > 0;) {
        double weight = std::numeric_limits<double>::infinity(), cost = weight;
        for (const KnapsackItem& item : classes[i]) {
            weight = std::min(weight, item.weight);
            cost = std::min(cost, item.value + lambda * item.weight);
        }
        out.lightest[i] = out.lightest[i + 1] + weight;
        out.penalised[i] = out.penalised[i + 1] + cost;
    }
    return out;
}

void keep_undominated(std::vector<State>& states) {
    std::sort(states.begin(), states.end(), [](const State& a, const State& b) {
        return a.weight != b.weight ? a.weight < b.weight : a.value < b.value;
    });
    double best = std::numeric_limits<double>::infinity();
    std::erase_if(states, [&](const State& state) {
        if (state.value >= best) return true;
        best = state.value;
        return false;
    });
}

/// λ of the step at which the front crosses the limit: the bound is tightest there.
double multiplier(const KnapsackFront& front, double limit) {
    const auto& points = front.points();
    for (std::size_t i = 1; i < points.size(); ++i)
        if (points[i].weight > limit)
            return (points[i - 1].value - points[i].value) / (points[i].weight - points[i - 1].weight);
    return 0;
}

} // namespace

std::optional<KnapsackSolution> solve_knapsack(const KnapsackClasses& classes, double limit, std::size_t most_states) {
    const KnapsackFront front(classes);
    std::optional<KnapsackSolution> start = front.within(limit);
    if (!start || start->exact) return start;
    const double lambda = multiplier(front, limit);
    const Rest rest = rest_of(classes, lambda);
    // Sums in another order differ in the last bits: what ties with the start must not be cut off.
    const double slack = 1e-9 * (1 + std::abs(start->value)), fits = limit * (1 + 1e-12);
    std::vector<std::vector<State>> layers(classes.size() + 1);
    layers[0].push_back({0, 0, 0, 0});
    std::size_t kept = 1;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        std::vector<State>& next = layers[i + 1];
        for (std::size_t from = 0; from < layers[i].size(); ++from) {
            const State& state = layers[i][from];
            for (std::size_t k = 0; k < classes[i].size(); ++k) {
                const double weight = state.weight + classes[i][k].weight, value = state.value + classes[i][k].value;
                if (weight + rest.lightest[i + 1] > fits) continue;
                if (value + rest.penalised[i + 1] - lambda * (limit - weight) > start->value + slack) continue;
                next.push_back({weight, value, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(k)});
            }
        }
        keep_undominated(next);
        kept += next.size();
        if (kept > most_states) return start;
    }
    if (layers.back().empty()) return start;   // only rounding can do this; the start is a solution
    std::size_t at = layers.back().size() - 1; // the heaviest undominated state is the best
    std::vector<std::size_t> chosen(classes.size());
    for (std::size_t i = classes.size(); i-- > 0;) {
        const State& state = layers[i + 1][at];
        chosen[i] = state.item;
        at = state.previous;
    }
    KnapsackSolution out = summed(classes, std::move(chosen));
    if (out.weight > limit || out.value > start->value) out = *start;
    out.bound = out.value;
    out.exact = true;
    return out;
}

} // namespace octavo
