// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/spectrum.h"

#include <cmath>
#include <limits>

namespace octavo {

Spectrum Spectrum::from(std::span<const float> stored) {
    if (stored.empty() || stored.size() % 2 != 0) return {};
    const std::size_t points = stored.size() / 2;
    Spectrum out;
    for (std::size_t i = 0; i < points; ++i) {
        const double value = static_cast<double>(stored[i]), share = static_cast<double>(stored[points + i]);
        if (!(value >= 0) || !(share >= 0) || !std::isfinite(value) || !std::isfinite(share)) return {};
        if (i > 0 && value > out.values.back()) return {};
        out.values.push_back(value);
        out.shares.push_back(share);
    }
    return out;
}

double Spectrum::condition(double damping) const {
    const double smallest = values.back() + damping;
    return smallest > 0 ? (values.front() + damping) / smallest : std::numeric_limits<double>::infinity();
}

double Spectrum::directions(double energy) const {
    double total = 0, sum = 0, out = 0;
    for (std::size_t i = 0; i < values.size(); ++i) total += values[i] * shares[i];
    for (std::size_t i = 0; i < values.size() && sum < energy * total; ++i) {
        const double own = values[i] * shares[i], missing = energy * total - sum;
        // Of the last one only what is needed: it may stand for many.
        out += own > missing ? shares[i] * missing / own : shares[i];
        sum += own;
    }
    return out;
}

} // namespace octavo
