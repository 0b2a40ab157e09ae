// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

#include "model/decoder.h"
#include "report/sensitivity.h"

namespace octavo {

/// What turns final hidden states into logits, and how differences of them are multiplied.
class LogitHead {
public:
    LogitHead(const Decoder& decoder, Linear head);

    at::Tensor logits(const at::Tensor& x) const { return decoder_.logits(head_, x); }
    /// Whether differences of hidden states are multiplied, in bf16 where that is faster: the rounding is relative to
    /// them. Else differences are those of float32 logits: on a device, and where logits are capped.
    bool multiplies_differences() const { return weight_.defined(); }
    /// Logits of the rows of each candidate less those of x, which are `logits` where they are wanted for that, before
    /// scale(): [candidates · tokens, vocabulary], bf16 or float32. Valid until the next call.
    at::Tensor differences(const std::vector<at::Tensor>& candidates, const at::Tensor& x, const at::Tensor& logits);
    float scale() const;

private:
    const Decoder& decoder_;
    Linear head_;
    at::Tensor weight_; ///< [vocabulary, hidden] bf16 or float32
    at::Tensor room_;   ///< of differences(): large, and wanted over and over
};

/// The reference's distribution over a block of tokens, kept while candidates are compared with it.
class ReferenceBlock {
public:
    /// `x` [tokens, hidden]: normalised final hidden states.
    ReferenceBlock(LogitHead& head, const at::Tensor& x);

    struct Difference {
        std::vector<double> kl;       ///< per candidate, summed over the tokens, nats: Σ p (log p − log q)
        std::vector<double> same_top; ///< tokens whose most probable successor is the reference's
    };
    /// `candidates` [tokens, hidden] each.
    Difference compare(const std::vector<at::Tensor>& candidates) const;

private:
    LogitHead& head_;
    at::Tensor x_, p_, top_;
    at::Tensor logits_; ///< undefined where differences are multiplied
};

/// Mean, same_top and a 95 % interval by bootstrap over the windows (1000 resamples, percentiles; the same for the same
/// seed on every machine). With one window the interval is not a number. `kl` and `same` are sums per window.
KlMeasure measure_of(const std::vector<double>& kl, const std::vector<double>& same,
                     const std::vector<std::int64_t>& tokens, std::uint64_t seed);
/// The same of forecast divergences.
GradientMeasure forecast_of(const std::vector<double>& kl, const std::vector<std::int64_t>& tokens, std::uint64_t seed);

} // namespace octavo
