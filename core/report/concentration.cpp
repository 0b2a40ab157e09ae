// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/concentration.h"

#include <algorithm>
#include <numeric>

namespace octavo {

Concentration concentration(std::span<const float> values, double least) {
    Concentration out;
    out.of = values.size();
    const auto value = [&](std::size_t i) { return values[i] > 0 ? static_cast<double>(values[i]) : 0.0; };
    double total = 0;
    for (std::size_t i = 0; i < values.size(); ++i) total += value(i);
    if (!(total > 0)) return out;
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return value(a) > value(b); });
    double sum = 0;
    for (const std::size_t i : order) {
        out.entries.push_back(i);
        sum += value(i);
        if (sum >= least * total) break;
    }
    out.share = sum / total;
    return out;
}

} // namespace octavo
