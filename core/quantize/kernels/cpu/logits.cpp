// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/logits.h"

#include "quantize/kernels/cpu/exponential.h"

#include <cmath>

namespace octavo::kernels {

namespace {

constexpr std::int64_t lanes = 16;   ///< sums run in so many numbers side by side, which is what vectorises
constexpr std::int64_t block = 1024; ///< entries whose sums are float32 before they are added in double

OCTAVO_INLINE float number(float x) { return x; }
OCTAVO_INLINE float number(std::uint16_t x) { return float_of(static_cast<std::uint32_t>(x) << 16); }

/// Sums of a block: Σ p (e^d − 1 − d), Σ p d; `odds` are p e^d.
struct BlockSums {
    float curved = 0, linear = 0, largest = 0;
};

template <class Number>
OCTAVO_INLINE BlockSums sums_of(const float* p, const Number* difference, float factor, std::int64_t count,
                                float* odds) {
    float curved[lanes] = {}, linear[lanes] = {}, largest[lanes] = {};
    const auto add = [&](std::int64_t i, std::int64_t lane) __attribute__((always_inline)) {
        const float d = number(difference[i]) * factor;
        const Exponential e = exponential(d);
        curved[lane] += p[i] * e.beyond_linear;
        linear[lane] += p[i] * d;
        odds[i] = p[i] * e.power;
        largest[lane] = odds[i] > largest[lane] ? odds[i] : largest[lane];
    };
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        for (std::int64_t lane = 0; lane < lanes; ++lane) add(i + lane, lane);
    for (std::int64_t lane = 0; i + lane < count; ++lane) add(i + lane, lane);
    BlockSums out;
    for (std::int64_t lane = 0; lane < lanes; ++lane) {
        out.curved += curved[lane];
        out.linear += linear[lane];
        out.largest = std::max(out.largest, largest[lane]);
    }
    return out;
}

/// For changes whose powers float32 does not hold: slowly, with the largest change taken out first.
template <class Number>
Divergence large_divergence(const float* p, const Number* difference, float factor, std::int64_t count,
                            std::int64_t top) {
    double largest = -HUGE_VAL, sum = 0, mean = 0, best = -HUGE_VAL;
    std::int64_t place = -1;
    for (std::int64_t i = 0; i < count; ++i) {
        const double d = static_cast<double>(number(difference[i]) * factor),
                     logit = std::log(static_cast<double>(p[i])) + d;
        if (p[i] > 0) largest = std::max(largest, d);
        if (logit > best) {
            best = logit;
            place = i;
        }
    }
    for (std::int64_t i = 0; i < count; ++i) {
        const double d = static_cast<double>(number(difference[i]) * factor) - largest,
                     weight = static_cast<double>(p[i]);
        if (weight > 0) sum += weight * std::exp(d);
        mean += weight * d;
    }
    return {std::max(0.0, std::log(sum) - mean), place == top};
}

template <class Number>
OCTAVO_INLINE Divergence divergence_of(const float* p, const Number* difference, float scale, std::int64_t count,
                                       std::int64_t top) {
    float odds[block];
    double curved = 0, linear = 0;
    float largest = 0, of_top = 0;
    for (std::int64_t begin = 0; begin < count; begin += block) {
        const std::int64_t size = std::min(block, count - begin);
        const BlockSums sums = sums_of(p + begin, difference + begin, scale, size, odds);
        curved += static_cast<double>(sums.curved);
        linear += static_cast<double>(sums.linear);
        largest = std::max(largest, sums.largest);
        if (top >= begin && top < begin + size) of_top = odds[top - begin];
    }
    // log Σ p e^d − Σ p d, with Σ p = 1.
    const double grown = curved + linear;
    if (!(grown < 1e30)) return large_divergence(p, difference, scale, count, top);
    return {std::max(0.0, curved - (grown - std::log1p(grown))), of_top >= largest};
}

} // namespace

OCTAVO_MULTIVERSION Divergence divergence(const float* p, const float* difference, float scale, std::int64_t count,
                                          std::int64_t top) {
    return divergence_of(p, difference, scale, count, top);
}
OCTAVO_MULTIVERSION Divergence divergence(const float* p, const std::uint16_t* difference, float scale,
                                          std::int64_t count, std::int64_t top) {
    return divergence_of(p, difference, scale, count, top);
}

namespace {

OCTAVO_INLINE float largest_of(const float* z, std::int64_t count) {
    float lane_largest[lanes];
    std::fill(lane_largest, lane_largest + lanes, -__builtin_inff());
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        for (std::int64_t lane = 0; lane < lanes; ++lane)
            lane_largest[lane] = z[i + lane] > lane_largest[lane] ? z[i + lane] : lane_largest[lane];
    float out = *std::max_element(lane_largest, lane_largest + lanes);
    for (; i < count; ++i) out = std::max(out, z[i]);
    return out;
}

OCTAVO_INLINE double power_sum(const float* z, float largest, std::int64_t count) {
    float sums[lanes] = {};
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        for (std::int64_t lane = 0; lane < lanes; ++lane) sums[lane] += exponential(z[i + lane] - largest).power;
    double out = 0;
    for (const float sum : sums) out += static_cast<double>(sum);
    for (; i < count; ++i) out += static_cast<double>(exponential(z[i] - largest).power);
    return out;
}

/// Puts entry `index` into its place among the best.
void insert(LogitSummary& summary, const float* z, std::int64_t index) {
    std::size_t place = summary.best.size();
    while (place > 0 && (summary.best[place - 1] < 0 || z[index] > z[summary.best[place - 1]])) --place;
    if (place == summary.best.size()) return;
    std::copy_backward(summary.best.begin() + static_cast<std::ptrdiff_t>(place), summary.best.end() - 1,
                       summary.best.end());
    summary.best[place] = static_cast<std::int32_t>(index);
}

} // namespace

OCTAVO_MULTIVERSION LogitSummary summary(const float* logits, std::int64_t count) {
    LogitSummary out;
    out.best.fill(-1);
    for (std::int64_t begin = 0; begin < count; begin += block) {
        const std::int64_t end = std::min(begin + block, count);
        const std::int32_t last = out.best.back();
        // Hardly any block holds one of the best.
        if (last >= 0 && !(largest_of(logits + begin, end - begin) > logits[last])) continue;
        for (std::int64_t i = begin; i < end; ++i)
            if (out.best.back() < 0 || logits[i] > logits[out.best.back()]) insert(out, logits, i);
    }
    const float largest = logits[out.best.front()];
    double sum = 0;
    for (std::int64_t begin = 0; begin < count; begin += block)
        sum += power_sum(logits + begin, largest, std::min(block, count - begin));
    out.log_sum = static_cast<double>(largest) + std::log(sum);
    return out;
}

OCTAVO_MULTIVERSION double divergence(const float* reference, double reference_log_sum, const float* logits,
                                      double log_sum, std::int64_t count) {
    // With e = log q − log p, Σ p e^e = 1, so that −Σ p e = Σ p (e^e − 1 − e), of which no term is negative.
    const auto normal = static_cast<float>(reference_log_sum), shift = static_cast<float>(reference_log_sum - log_sum);
    double out = 0;
    for (std::int64_t begin = 0; begin < count; begin += block) {
        const std::int64_t size = std::min(block, count - begin);
        const float *from = reference + begin, *to = logits + begin;
        float sums[lanes] = {};
        std::int64_t i = 0;
        const auto add = [&](std::int64_t at, std::int64_t lane) __attribute__((always_inline)) {
            sums[lane] += exponential(from[at] - normal).power * exponential((to[at] - from[at]) + shift).beyond_linear;
        };
        for (; i + lanes <= size; i += lanes)
            for (std::int64_t lane = 0; lane < lanes; ++lane) add(i + lane, lane);
        for (std::int64_t lane = 0; i + lane < size; ++lane) add(i + lane, lane);
        for (const float sum : sums) out += static_cast<double>(sum);
    }
    return out;
}

} // namespace octavo::kernels
