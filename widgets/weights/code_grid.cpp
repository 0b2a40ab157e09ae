// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/code_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "number/number.h"

namespace octavo::gui {
namespace {

/// Magnitudes of E2M1 codes 0…7 (OCP microscaling formats); the fourth bit is the sign.
constexpr double e2m1[] = {0, 0.5, 1, 1.5, 2, 3, 4, 6};

CodeGrid floating(const std::vector<float>& histogram, int bits) {
    std::vector<std::pair<double, double>> cells;
    for (int code = 0; code < (bits == 4 ? 16 : 256) && code < int(histogram.size()); ++code) {
        const double value =
            bits == 4 ? (code & 8 ? -e2m1[code & 7] : e2m1[code & 7]) : double(float_from_e4m3(std::uint8_t(code)));
        if (!std::isnan(value)) cells.emplace_back(value, histogram[std::size_t(code)]);
    }
    std::sort(cells.begin(), cells.end());
    CodeGrid grid;
    grid.uniform = false;
    for (const auto& [value, count] : cells) {
        // Plus and minus zero are one value.
        if (!grid.values.empty() && grid.values.back() == value)
            grid.counts.back() += count;
        else {
            grid.values.push_back(value);
            grid.counts.push_back(count);
        }
    }
    return grid;
}

} // namespace

CodeGrid CodeGrid::make(const std::vector<float>& histogram, const QuantizationArgs& weights) {
    if (weights.type == NumberType::floating) return floating(histogram, weights.bits);
    CodeGrid grid;
    const int half = 1 << (std::clamp(weights.bits, 2, 8) - 1);
    for (int code = -half; code < half; ++code) {
        const auto index = std::size_t(code + 128);
        grid.values.push_back(code);
        grid.counts.push_back(index < histogram.size() ? double(histogram[index]) : 0);
    }
    return grid;
}

double CodeGrid::total() const { return std::accumulate(counts.begin(), counts.end(), 0.0); }

double CodeGrid::shareAtEnds() const {
    const double sum = total();
    return counts.empty() || sum <= 0 ? 0 : (counts.front() + counts.back()) / sum;
}

int CodeGrid::used() const {
    return int(std::count_if(counts.begin(), counts.end(), [](double count) { return count > 0; }));
}

} // namespace octavo::gui
