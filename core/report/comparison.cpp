// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison.h"

#include <algorithm>
#include <cmath>

namespace octavo {

double kl_bin_lower_edge(int bin) { return bin <= 0 ? 0 : std::pow(10.0, -7 + (bin - 1) / 4.0); }

int kl_bin_of(double kl) {
    if (!(kl >= 1e-7)) return 0;
    return std::min(kl_bins - 1, 1 + static_cast<int>(std::floor((std::log10(kl) + 7) * 4 + 1e-9)));
}

Proportion wilson(std::int64_t successes, std::int64_t trials) {
    if (trials <= 0) return {0, 0, 1};
    constexpr double z = 1.959963984540054;
    const double n = static_cast<double>(trials), p = static_cast<double>(successes) / n, z2 = z * z;
    const double centre = (p + z2 / (2 * n)) / (1 + z2 / n),
                 half = z * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    return {p, std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

double mcnemar(std::int64_t lost, std::int64_t gained) {
    const std::int64_t n = lost + gained, few = std::min(lost, gained);
    double tail = 0;
    for (std::int64_t k = 0; k <= few; ++k) {
        const auto log_gamma = [](std::int64_t value) { return std::lgamma(static_cast<double>(value)); };
        tail += std::exp(log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1) -
                         static_cast<double>(n) * std::log(2.0));
    }
    return std::min(1.0, 2 * tail);
}

} // namespace octavo
