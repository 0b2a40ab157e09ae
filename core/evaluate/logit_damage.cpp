// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/logit_damage.h"

#include "model/product_trace.h"
#include "quantize/kernels/logits.h"

#include <algorithm>
#include <limits>
#include <random>

namespace octavo {

namespace {

constexpr int resamples = 1000;

/// Of each row of `differences` [rows, vocabulary], against row i % tokens of p.
std::vector<kernels::Divergence> divergences(const at::Tensor& p, const at::Tensor& top, const at::Tensor& differences,
                                             float scale) {
    const std::int64_t tokens = p.size(0), columns = p.size(1);
    std::vector<kernels::Divergence> out(static_cast<std::size_t>(differences.size(0)));
    in_parallel(differences.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t token = i % tokens, best = top.const_data_ptr<std::int64_t>()[token];
            const float* from = p.const_data_ptr<float>() + token * columns;
            if (differences.scalar_type() == at::kBFloat16) {
                const auto* row = static_cast<const std::uint16_t*>(differences.const_data_ptr()) + i * columns;
                out[static_cast<std::size_t>(i)] = kernels::divergence(from, row, scale, columns, best);
            } else {
                const float* row = differences.const_data_ptr<float>() + i * columns;
                out[static_cast<std::size_t>(i)] = kernels::divergence(from, row, scale, columns, best);
            }
        }
    });
    return out;
}

/// The same by tensor operations, for devices without a kernel of our own: both [rows].
std::pair<at::Tensor, at::Tensor> divergences_generic(const at::Tensor& p, const at::Tensor& top,
                                                      const at::Tensor& differences) {
    const at::Tensor grown = at::expm1(differences);
    const at::Tensor curved = (p * (grown - differences)).sum(-1, false, at::kDouble),
                     all = (p * grown).sum(-1, false, at::kDouble);
    return {(curved - (all - at::log1p(all))).clamp_min_(0), (p * differences.exp()).argmax(-1).eq(top)};
}

} // namespace

LogitHead::LogitHead(const Decoder& decoder, Linear head) : decoder_(decoder), head_(std::move(head)) {
    if (decoder.device().is_cpu() && decoder.config().logit_softcap == 0 && head_.weight.defined() && !head_.input)
        weight_ =
            ProductTrace::multiplies_differences(decoder.device()) ? head_.weight.to(at::kBFloat16) : head_.weight;
}

float LogitHead::scale() const {
    return multiplies_differences() ? static_cast<float>(decoder_.config().logit_scale) : 1.0f;
}

at::Tensor LogitHead::differences(const std::vector<at::Tensor>& candidates, const at::Tensor& x,
                                  const at::Tensor& logits) {
    std::vector<at::Tensor> parts;
    for (const at::Tensor& candidate : candidates) {
        if (!multiplies_differences())
            parts.push_back(this->logits(candidate).sub_(logits));
        else if (weight_.scalar_type() == at::kBFloat16)
            parts.push_back(narrow_difference(candidate, x));
        else
            parts.push_back(candidate - x);
    }
    const at::Tensor all = parts.size() == 1 ? parts.front() : at::cat(parts);
    if (!multiplies_differences()) return all;
    if (!room_.defined() || room_.size(0) < all.size(0))
        room_ = at::empty({all.size(0), weight_.size(0)}, all.options());
    at::Tensor out = room_.slice(0, 0, all.size(0));
    return at::mm_out(out, all, weight_.t());
}

ReferenceBlock::ReferenceBlock(LogitHead& head, const at::Tensor& x) : head_(head), x_(x.contiguous()) {
    const at::Tensor logits = head.logits(x_);
    p_ = at::softmax(logits, -1);
    top_ = logits.argmax(-1);
    if (!head.multiplies_differences()) logits_ = logits;
}

ReferenceBlock::Difference ReferenceBlock::compare(const std::vector<at::Tensor>& candidates) const {
    Difference out;
    if (!p_.is_cpu()) {
        for (const at::Tensor& x : candidates) {
            const auto [kl, same] = divergences_generic(p_, top_, head_.differences({x}, x_, logits_));
            out.kl.push_back(kl.sum().item<double>());
            out.same_top.push_back(same.sum().item<double>());
        }
        return out;
    }
    const std::vector<kernels::Divergence> rows =
        divergences(p_, top_, head_.differences(candidates, x_, logits_), head_.scale());
    const auto tokens = static_cast<std::size_t>(x_.size(0));
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        double kl = 0, same = 0;
        for (std::size_t token = 0; token < tokens; ++token) {
            kl += rows[i * tokens + token].kl;
            same += rows[i * tokens + token].same_top;
        }
        out.kl.push_back(kl);
        out.same_top.push_back(same);
    }
    return out;
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
