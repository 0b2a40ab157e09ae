// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <random>
#include <vector>

namespace octavo {

/// `count` numbers of mean 0 and standard deviation `size`, the same for the same seed.
inline std::vector<float> normal_numbers(std::size_t count, float size, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal(0, size);
    std::vector<float> out(count);
    for (float& x : out) x = normal(generator);
    return out;
}

} // namespace octavo
