// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

#include "report/sensitivity.h"

namespace octavo {

/// The reference's distribution over a block of tokens, kept while several candidates are compared with it.
class ReferenceBlock {
public:
    explicit ReferenceBlock(const at::Tensor& logits); ///< [tokens, vocabulary]

    struct Difference {
        at::Tensor kl;       ///< [tokens] double, nats: Σ p (log p − log q)
        at::Tensor same_top; ///< [tokens] bool
    };
    Difference compare(const at::Tensor& logits) const;

private:
    at::Tensor log_p_, p_, top_;
};

/// Mean, same_top and a 95 % interval by bootstrap over the windows (1000 resamples, percentiles; the same for the same
/// seed on every machine). With one window the interval is not a number. `kl` and `same` are sums per window.
KlMeasure measure_of(const std::vector<double>& kl, const std::vector<double>& same,
                     const std::vector<std::int64_t>& tokens, std::uint64_t seed);
/// The same of forecast divergences.
GradientMeasure forecast_of(const std::vector<double>& kl, const std::vector<std::int64_t>& tokens, std::uint64_t seed);

} // namespace octavo
