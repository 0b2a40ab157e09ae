// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/paired.h"

#include <algorithm>
#include <cmath>

namespace octavo {

namespace {

Estimate mean_of(const std::vector<double>& values) {
    if (values.empty()) return {};
    const auto n = static_cast<double>(values.size());
    double sum = 0, squares = 0;
    for (const double value : values) sum += value;
    const double mean = sum / n;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return {mean, values.size() > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
}

} // namespace

Metrics paired_metrics(const TokenLosses& losses, std::int64_t same_top) {
    Metrics out;
    out.tokens = static_cast<std::int64_t>(losses.loss.size());
    const std::vector<double> loss(losses.loss.begin(), losses.loss.end());
    out.perplexity = std::exp(mean_of(loss).value);
    if (losses.reference_loss.empty()) return out;
    const std::vector<double> reference(losses.reference_loss.begin(), losses.reference_loss.end());
    out.reference_perplexity = std::exp(mean_of(reference).value);
    std::vector<double> difference(loss.size());
    for (std::size_t i = 0; i < loss.size(); ++i) difference[i] = loss[i] - reference[i];
    const Estimate log_ratio = mean_of(difference);
    out.perplexity_ratio = {std::exp(log_ratio.value), std::exp(log_ratio.value) * log_ratio.standard_error};
    std::vector<double> kl(losses.kl.begin(), losses.kl.end());
    out.kl_divergence = mean_of(kl);
    std::sort(kl.begin(), kl.end());
    const auto quantile = [&](double fraction) {
        return kl[static_cast<std::size_t>(std::lround(fraction * static_cast<double>(kl.size() - 1)))];
    };
    out.kl_median = quantile(0.5);
    out.kl_p90 = quantile(0.9);
    out.kl_p99 = quantile(0.99);
    out.kl_p999 = quantile(0.999);
    out.kl_max = kl.back();
    out.same_top = static_cast<double>(same_top) / static_cast<double>(out.tokens);
    return out;
}

} // namespace octavo
