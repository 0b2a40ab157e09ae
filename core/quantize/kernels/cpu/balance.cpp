// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/balance.h"

#include "quantize/kernels/cpu/vector.h"

#include <algorithm>
#include <cmath>
#include <vector>

// Wide vectors are passed between inlined functions only, so that no calling convention is asked for.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace octavo::kernels {

namespace {

/// Sixteen numbers, wherever they lie; the compiler makes of it what the machine can do.
using Lanes = float __attribute__((vector_size(64), aligned(4), may_alias));
constexpr std::int64_t lanes = 16;

OCTAVO_INLINE const Lanes& at(const float* x) { return *reinterpret_cast<const Lanes*>(x); }
OCTAVO_INLINE Lanes& at(float* x) { return *reinterpret_cast<Lanes*>(x); }

template <class T>
OCTAVO_INLINE T sixteenth_power(T x) {
    x *= x;
    x *= x;
    x *= x;
    return x * x;
}

OCTAVO_INLINE double sum_of(const Lanes& partial) {
    double sum = 0;
    for (std::int64_t lane = 0; lane < lanes; ++lane) sum += partial[lane];
    return sum;
}

/// Columns padded to whole lanes with zeros, which add nothing to any sum.
class Padded {
public:
    explicit Padded(std::int64_t columns) : values_(static_cast<std::size_t>((columns + lanes - 1) / lanes * lanes)) {}
    Padded(const float* from, std::int64_t columns) : Padded(columns) { std::copy_n(from, columns, data()); }
    float* data() { return values_.data(); }
    std::int64_t size() const { return static_cast<std::int64_t>(values_.size()); }

private:
    std::vector<float> values_;
};

/// A row in units of its largest magnitude, so that sixteenth powers stay within float.
struct Row {
    float largest = 0;
    double above = 0, below = 0; ///< Σ (x/largest)^16 over the positive and the negative elements
};

/// Leaves the row in those units in `scaled`, its powers in `power`.
OCTAVO_INLINE Row powers_of(const float* x, const float* factor, std::int64_t columns, Padded& scaled, Padded& power) {
    Row row;
    float* to = scaled.data();
    for (std::int64_t k = 0; k < columns; ++k) to[k] = x[k] * factor[k];
    row.largest = row_absmax(to, columns);
    if (!(row.largest > 0)) return row;
    const float inverse = 1.0f / row.largest;
    Lanes above{}, below{};
    const Lanes zero{};
    for (std::int64_t k = 0; k < scaled.size(); k += lanes) {
        const Lanes value = at(to + k) * inverse, p = sixteenth_power(value);
        at(to + k) = value;
        at(power.data() + k) = p;
        above += value > zero ? p : zero;
        below += value > zero ? zero : p;
    }
    row.above = sum_of(above);
    row.below = sum_of(below);
    return row;
}

double sixteenth_root(double x) { return std::sqrt(std::sqrt(std::sqrt(std::sqrt(x)))); }

} // namespace

OCTAVO_MULTIVERSION double squared_reach(const float* x, const float* factor, std::int64_t rows, std::int64_t columns,
                                         float* gradient) {
    Padded scaled(columns), power(columns), slope(columns);
    double total = 0;
    for (std::int64_t r = 0; r < rows; ++r, x += columns) {
        const Row row = powers_of(x, factor, columns, scaled, power);
        if (!(row.largest > 0)) continue;
        const double sum = row.above + row.below, root = row.largest * sixteenth_root(sum), reach = root * root;
        total += reach;
        const float share = static_cast<float>(2 * reach / sum);
        for (std::int64_t k = 0; k < slope.size(); k += lanes) at(slope.data() + k) += share * at(power.data() + k);
    }
    for (std::int64_t k = 0; k < columns; ++k) gradient[k] += slope.data()[k];
    return total;
}

OCTAVO_MULTIVERSION double rounding_damage(const float* x, const float* factor, const float* gain, float half_range,
                                           bool symmetric, std::int64_t rows, std::int64_t columns, float* gradient) {
    Padded scaled(columns), power(columns), slope(columns), gains(gain, columns), original(columns);
    double total = 0;
    for (std::int64_t r = 0; r < rows; ++r, x += columns) {
        const Row row = powers_of(x, factor, columns, scaled, power);
        if (!(row.largest > 0)) continue;
        std::copy_n(x, columns, original.data());
        const double sum = row.above + row.below, above = sixteenth_root(row.above), below = sixteenth_root(row.below),
                     reach = symmetric ? sixteenth_root(sum) : (above + below) / 2; // in units of the largest
        const float to_steps = static_cast<float>(12.0 * half_range * half_range / (reach * reach));
        Lanes damage{}, rounded{};
        for (std::int64_t k = 0; k < slope.size(); k += lanes) {
            const Lanes value = at(scaled.data() + k), exact = at(original.data() + k),
                        steps = value * value * to_steps, kept = 1.0f / (1.0f + steps),
                        lost = at(gains.data() + k) * exact * exact * kept, part = lost * steps * kept;
            damage += lost;
            rounded += part;
            at(slope.data() + k) -= 2.0f * part;
        }
        total += sum_of(damage);
        // d ln reach² / d ln factor_j = 2 · share_j of the side that j is on.
        const double through_reach = 2 * sum_of(rounded);
        const auto share = [&](double side, double root) {
            if (symmetric) return static_cast<float>(through_reach / sum);
            return side > 0 ? static_cast<float>(through_reach * root / (side * 2 * reach)) : 0.0f;
        };
        const Lanes zero{}, up = zero + share(row.above, above), down = zero + share(row.below, below);
        for (std::int64_t k = 0; k < slope.size(); k += lanes)
            at(slope.data() + k) += (at(scaled.data() + k) > zero ? up : down) * at(power.data() + k);
    }
    for (std::int64_t k = 0; k < columns; ++k) gradient[k] += slope.data()[k];
    return total;
}

} // namespace octavo::kernels
