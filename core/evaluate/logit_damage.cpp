// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/logit_damage.h"

#include <algorithm>
#include <limits>
#include <random>

namespace octavo {

namespace {

constexpr int resamples = 1000;
constexpr std::int64_t rows_in_cache =
    16; ///< of a vocabulary of 50 000: 3 MB, which the passes below read from the cache

std::int64_t rows_at_once(const at::Tensor& logits) { return logits.is_cpu() ? rows_in_cache : logits.size(0); }

} // namespace

ReferenceBlock::ReferenceBlock(const at::Tensor& logits)
    : log_p_(at::log_softmax(logits, -1)), p_(log_p_.exp()), top_(logits.argmax(-1)) {}

ReferenceBlock::Difference ReferenceBlock::compare(const at::Tensor& logits) const {
    const std::int64_t tokens = logits.size(0), step = rows_at_once(logits);
    std::vector<at::Tensor> kl, same;
    for (std::int64_t begin = 0; begin < tokens; begin += step) {
        const std::int64_t end = std::min(begin + step, tokens);
        const at::Tensor own = logits.slice(0, begin, end);
        at::Tensor difference = at::log_softmax(own, -1);
        at::sub_out(difference, log_p_.slice(0, begin, end), difference);
        kl.push_back(difference.mul_(p_.slice(0, begin, end)).sum(-1));
        same.push_back(own.argmax(-1).eq(top_.slice(0, begin, end)));
    }
    return {at::cat(kl).to(at::kDouble).clamp_min_(0), at::cat(same)};
}

namespace {

/// What both kinds of measure have; `kl` are sums per window.
template <class Measure>
void summarise(const std::vector<double>& kl, const std::vector<std::int64_t>& tokens, std::uint64_t seed,
               Measure& out) {
    double sum = 0;
    for (std::size_t i = 0; i < kl.size(); ++i) {
        sum += kl[i];
        out.tokens += tokens[i];
        out.windows.push_back(kl[i] / static_cast<double>(tokens[i]));
    }
    out.mean = sum / static_cast<double>(out.tokens);
    out.low = out.high = std::numeric_limits<double>::quiet_NaN();
    if (kl.size() < 2) return;
    std::mt19937_64 generator(seed);
    std::vector<double> means(resamples);
    for (double& mean : means) {
        double drawn = 0, count = 0;
        for (std::size_t i = 0; i < kl.size(); ++i) {
            const auto pick = static_cast<std::size_t>(generator() % kl.size());
            drawn += kl[pick];
            count += static_cast<double>(tokens[pick]);
        }
        mean = drawn / count;
    }
    std::sort(means.begin(), means.end());
    out.low = means[resamples * 25 / 1000];
    out.high = means[resamples * 975 / 1000 - 1];
}

} // namespace

KlMeasure measure_of(const std::vector<double>& kl, const std::vector<double>& same,
                     const std::vector<std::int64_t>& tokens, std::uint64_t seed) {
    KlMeasure out;
    summarise(kl, tokens, seed, out);
    double agreeing = 0;
    for (const double count : same) agreeing += count;
    out.same_top = agreeing / static_cast<double>(out.tokens);
    return out;
}

GradientMeasure forecast_of(const std::vector<double>& kl, const std::vector<std::int64_t>& tokens,
                            std::uint64_t seed) {
    GradientMeasure out;
    summarise(kl, tokens, seed, out);
    return out;
}

} // namespace octavo
