// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/balance.h"

#include "quantize/kernels/cpu/vector.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
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

/// 0 where it would be so small that the arithmetic slows down.
OCTAVO_INLINE Lanes sixteenth_power(Lanes x) {
    const Lanes smallest = Lanes{} + 1e-18f;
    x *= x;
    x *= x;
    x *= x;
    return x > smallest ? x * x : Lanes{};
}

OCTAVO_INLINE double sum_of(const Lanes& partial) {
    using Half = float __attribute__((vector_size(32)));
    const Half both = __builtin_shufflevector(partial, partial, 0, 1, 2, 3, 4, 5, 6, 7) +
                      __builtin_shufflevector(partial, partial, 8, 9, 10, 11, 12, 13, 14, 15);
    return (static_cast<double>(both[0] + both[4]) + static_cast<double>(both[1] + both[5])) +
           (static_cast<double>(both[2] + both[6]) + static_cast<double>(both[3] + both[7]));
}

/// Columns padded to whole lanes with zeros, which add nothing to any sum.
class Padded {
public:
    explicit Padded(std::int64_t columns)
        : size_((columns + lanes - 1) / lanes * lanes), values_(static_cast<std::size_t>(size_ + lanes)) {}
    Padded(const float* from, std::int64_t columns) : Padded(columns) { std::copy_n(from, columns, data()); }
    /// At the beginning of a line of the cache.
    float* data() {
        return values_.data() + (-reinterpret_cast<std::uintptr_t>(values_.data()) / sizeof(float)) % lanes;
    }
    std::int64_t size() const { return size_; }

private:
    std::int64_t size_;
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

OCTAVO_MULTIVERSION double squared_reach(const MatrixRows& in, const float* factor, float* gradient) {
    const std::int64_t columns = in.columns;
    const float* x = in.data;
    Padded scaled(columns), power(columns), slope(columns);
    double total = 0;
    for (std::int64_t r = 0; r < in.rows; ++r, x += in.stride) {
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

OCTAVO_MULTIVERSION double exact_squared_reach(const MatrixRows& in, const float* factor) {
    const float* x = in.data;
    double total = 0;
    for (std::int64_t r = 0; r < in.rows; ++r, x += in.stride) {
        std::int32_t best = 0; // as in row_absmax()
        for (std::int64_t k = 0; k < in.columns; ++k) {
            const std::int32_t bits = std::bit_cast<std::int32_t>(x[k] * factor[k]) & 0x7fffffff;
            best = bits > best ? bits : best;
        }
        const double largest = static_cast<double>(std::bit_cast<float>(best));
        total += largest * largest;
    }
    return total;
}

OCTAVO_MULTIVERSION void adam_step(const AdamState& state, const float* gradient, std::int64_t count, int number,
                                   double rate) {
    const auto mean_share = static_cast<float>(rate / (1 - std::pow(0.9, number))),
               square_share = static_cast<float>(1 / (1 - std::pow(0.99, number)));
    for (std::int64_t i = 0; i < count; ++i) {
        const float mean = 0.9f * state.mean[i] + 0.1f * gradient[i],
                    square = 0.99f * state.square[i] + 0.01f * gradient[i] * gradient[i];
        state.mean[i] = mean;
        state.square[i] = square;
        state.position[i] -= mean_share * mean / (std::sqrt(square_share * square) + 1e-6f);
    }
}

OCTAVO_MULTIVERSION double rounding_damage(const MatrixRows& in, const float* factor, const float* gain,
                                           float half_range, bool symmetric, float* gradient) {
    const std::int64_t columns = in.columns;
    const float* x = in.data;
    Padded scaled(columns), power(columns), slope(columns), gains(gain, columns), original(columns);
    double total = 0;
    for (std::int64_t r = 0; r < in.rows; ++r, x += in.stride) {
        const Row row = powers_of(x, factor, columns, scaled, power);
        if (!(row.largest > 0)) continue;
        std::copy_n(x, columns, original.data());
        const double sum = row.above + row.below, above = symmetric ? 0 : sixteenth_root(row.above),
                     below = symmetric ? 0 : sixteenth_root(row.below),
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
