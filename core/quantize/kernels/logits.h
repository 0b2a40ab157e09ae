// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace octavo::kernels {

// What a row of logits says, in one or two reads of it. The functions do the work of one thread.

/// How far the distribution q ∝ p · exp(scale · difference) is from p.
struct Divergence {
    double kl = 0;         ///< Σ p (log p − log q), nats
    bool same_top = false; ///< p's most probable entry, `top`, is q's as well
};

/// p [count] sums to 1; `difference` is what was added to its logits. Terms are e^d − 1 − d, not differences of
/// logarithms, so that divergences far below float32's resolution of a logarithm keep their digits.
Divergence divergence(const float* p, const float* difference, float scale, std::int64_t count, std::int64_t top);
Divergence divergence(const float* p, const std::uint16_t* difference, float scale, std::int64_t count,
                      std::int64_t top);

/// What is asked of a row of logits.
struct LogitSummary {
    double log_sum = 0;                    ///< log Σ e^z
    std::array<std::int32_t, 5> best = {}; ///< the largest entries, the largest first, the first of equals first; −1
                                           ///< where there are no more
};
LogitSummary summary(const float* logits, std::int64_t count);

/// Σ p (log p − log q) of two rows of logits, whose `log_sum` summary() found.
double divergence(const float* reference, double reference_log_sum, const float* logits, double log_sum,
                  std::int64_t count);

} // namespace octavo::kernels
