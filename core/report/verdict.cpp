// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/verdict.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace octavo {

namespace {

constexpr double z95 = 1.96; ///< half width of a 95 % interval in standard errors of a normal distribution

std::string fixed(double value, int decimals) {
    char buffer[400];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value == 0 ? 0.0 : value, std::chars_format::fixed, decimals);
    return {buffer, end.ptr};
}

// The bounds of an interval move outwards when they are rounded to hundredths of a percent. The slack only undoes the
// representation error of a bound that is a whole hundredth already.
std::string percent_down(double change) { return fixed(std::floor(change * 1e4 + 1e-6) / 100, 2); }
std::string percent_up(double change) { return fixed(std::ceil(change * 1e4 - 1e-6) / 100, 2); }

std::string divergence(const Estimate& kl) {
    if (!(kl.standard_error > 0) || !std::isfinite(kl.standard_error)) return fixed(kl.value, 4);
    return fixed(kl.value, 4) + " ± " + fixed(std::ceil(z95 * kl.standard_error * 1e4 - 1e-6) / 1e4, 4);
}

} // namespace

Message verdict(const Metrics& m) {
    if (m.tokens <= 0) return msg("Nothing was measured.");
    if (!std::isfinite(m.perplexity))
        return msg("The model's output is not finite on the %1 tokens that were scored: it is unusable.", m.tokens);
    if (!m.reference_perplexity)
        return msg("The perplexity is %1 on %2 tokens; without the original to compare with, nothing can be said about "
                   "what quantization cost.",
                   fixed(m.perplexity, 3), m.tokens);
    const double ratio = m.perplexity_ratio.value, error = m.perplexity_ratio.standard_error;
    if (!std::isfinite(ratio) || !std::isfinite(m.kl_divergence.value))
        return msg("The comparison with the original is not finite on the %1 tokens that were scored: nothing can be "
                   "said about what quantization cost.",
                   m.tokens);
    const std::string kl = divergence(m.kl_divergence);
    if (ratio == 1 && m.kl_divergence.value == 0 && m.kl_max == 0 && m.same_top == 1)
        return msg("On the %1 tokens that were scored, the model gives the same output as the original.", m.tokens);
    if (!std::isfinite(error) || error <= 0)
        return msg("The perplexity is %1 times the original's on %2 tokens and the KL divergence %3 nats, but how far "
                   "chance contributed is not known.",
                   fixed(ratio, 4), m.tokens, kl);
    const double low = std::max(ratio - z95 * error - 1, -1.0), high = ratio + z95 * error - 1;
    if (low > 0)
        return msg("On %1 tokens the perplexity is between %2 % and %3 % higher than the original's (95 % interval), "
                   "the KL divergence %4 nats.",
                   m.tokens, percent_down(low), percent_up(high), kl);
    if (high < 0)
        return msg("On %1 tokens the perplexity is between %2 % and %3 % lower than the original's (95 % interval), "
                   "the KL divergence %4 nats.",
                   m.tokens, percent_down(-high), percent_up(-low), kl);
    return msg("On %1 tokens no change of perplexity can be told from chance (95 % interval %2 % to %3 %), the KL "
               "divergence is %4 nats.",
               m.tokens, percent_down(low), percent_up(high), kl);
}

} // namespace octavo
