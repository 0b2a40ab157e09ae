// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/balance.h"

#include "quantize/kernels/cpu/vector.h"

#include <vector>

namespace octavo::kernels {

namespace {

constexpr int lanes = 16; ///< partial sums: the compiler may not reorder a single one

OCTAVO_INLINE float sixteenth_power(float x) {
    x *= x;
    x *= x;
    x *= x;
    return x * x;
}

OCTAVO_INLINE double sum_of(const float (&partial)[lanes]) {
    double sum = 0;
    for (const float value : partial) sum += value;
    return sum;
}

/// A row in units of its largest magnitude, so that sixteenth powers stay within float.
struct Row {
    float largest = 0;
    double above = 0, below = 0; ///< Σ (x/largest)^16 over the positive and the negative elements
};

OCTAVO_INLINE Row powers_of(const float* x, const float* factor, std::int64_t columns, float* scaled, float* power) {
    Row row;
    for (std::int64_t k = 0; k < columns; ++k) scaled[k] = x[k] * factor[k];
    row.largest = row_absmax(scaled, columns);
    if (!(row.largest > 0)) return row;
    const float inverse = 1.0f / row.largest;
    float above[lanes] = {}, below[lanes] = {};
    const auto add = [&](std::int64_t k, int lane) {
        const float value = scaled[k] * inverse, p = sixteenth_power(value);
        scaled[k] = value;
        power[k] = p;
        above[lane] += value > 0 ? p : 0.0f;
        below[lane] += value > 0 ? 0.0f : p;
    };
    std::int64_t k = 0;
    for (; k + lanes <= columns; k += lanes)
        for (int lane = 0; lane < lanes; ++lane) add(k + lane, lane);
    for (; k < columns; ++k) add(k, 0);
    row.above = sum_of(above);
    row.below = sum_of(below);
    return row;
}

double sixteenth_root(double x) { return std::sqrt(std::sqrt(std::sqrt(std::sqrt(x)))); }

} // namespace

OCTAVO_MULTIVERSION double squared_reach(const float* x, const float* factor, std::int64_t rows, std::int64_t columns,
                                         float* gradient) {
    std::vector<float> scaled(static_cast<std::size_t>(columns)), power(scaled);
    double total = 0;
    for (std::int64_t r = 0; r < rows; ++r, x += columns) {
        const Row row = powers_of(x, factor, columns, scaled.data(), power.data());
        if (!(row.largest > 0)) continue;
        const double sum = row.above + row.below, root = row.largest * sixteenth_root(sum), reach = root * root;
        total += reach;
        const float share = static_cast<float>(2 * reach / sum);
        for (std::int64_t k = 0; k < columns; ++k) gradient[k] += share * power[static_cast<std::size_t>(k)];
    }
    return total;
}

OCTAVO_MULTIVERSION double rounding_damage(const float* x, const float* factor, const float* gain, float half_range,
                                           bool symmetric, std::int64_t rows, std::int64_t columns, float* gradient) {
    std::vector<float> scaled(static_cast<std::size_t>(columns)), power(scaled);
    double total = 0;
    for (std::int64_t r = 0; r < rows; ++r, x += columns) {
        const Row row = powers_of(x, factor, columns, scaled.data(), power.data());
        if (!(row.largest > 0)) continue;
        const double sum = row.above + row.below, above = sixteenth_root(row.above), below = sixteenth_root(row.below),
                     reach = symmetric ? sixteenth_root(sum) : (above + below) / 2; // in units of the largest
        const float to_steps = static_cast<float>(12.0 * half_range * half_range / (reach * reach));
        float damage[lanes] = {}, rounded[lanes] = {};
        const auto add = [&](std::int64_t k, int lane) {
            const float value = scaled[static_cast<std::size_t>(k)], steps = value * value * to_steps,
                        kept = 1.0f / (1.0f + steps), lost = gain[k] * x[k] * x[k] * kept, part = lost * steps * kept;
            damage[lane] += lost;
            rounded[lane] += part;
            gradient[k] -= 2 * part;
        };
        std::int64_t k = 0;
        for (; k + lanes <= columns; k += lanes)
            for (int lane = 0; lane < lanes; ++lane) add(k + lane, lane);
        for (; k < columns; ++k) add(k, 0);
        total += sum_of(damage);
        // d ln reach² / d ln factor_j = 2 · share_j of the side that j is on.
        const double through_reach = 2 * sum_of(rounded);
        const float up = static_cast<float>(through_reach * (symmetric ? 1 / sum : above / (row.above * 2 * reach))),
                    down = static_cast<float>(through_reach * (symmetric       ? 1 / sum
                                                               : row.below > 0 ? below / (row.below * 2 * reach)
                                                                               : 0.0));
        const float safe_up = row.above > 0 ? up : 0.0f;
        for (k = 0; k < columns; ++k)
            gradient[k] +=
                (scaled[static_cast<std::size_t>(k)] > 0 ? safe_up : down) * power[static_cast<std::size_t>(k)];
    }
    return total;
}

} // namespace octavo::kernels
