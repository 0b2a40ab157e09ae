// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/observer.h"

#include "model/finite.h"
#include "quantize/kernels/activation.h"
#include "quantize/kernels/gram.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace octavo {

namespace {

constexpr std::int64_t hessian_block = 192; ///< columns per block row: only the upper blocks are multiplied
static_assert(hessian_block % kernels::gram_panel == 0);
constexpr float infinity = std::numeric_limits<float>::infinity();

} // namespace

InputObserver::InputObserver(std::int64_t channels, std::vector<std::int64_t> sample, Device device, Products products)
    : device_(device), narrow_(products == Products::fast && device.is_cpu() && kernels::multiplies_bf16()),
      wanted_(std::move(sample)), minimum_(at::full({channels}, infinity)), maximum_(at::full({channels}, -infinity)),
      square_sum_(at::zeros({channels}, at::kDouble)) {
    if (products != Products::none)
        hessian_ = at::zeros({channels, channels}, at::TensorOptions().dtype(at::kFloat).device(device.device));
}

void InputObserver::observe(const at::Tensor& x, std::int64_t first, const at::Tensor& scale) {
    const std::int64_t rows = x.size(0), channels = x.size(1);
    tokens_ += rows;
    if (device_.is_cpu()) {
        at::Tensor squares = at::zeros({channels});
        const float* data = x.const_data_ptr<float>();
        float *low = minimum_.mutable_data_ptr<float>(), *high = maximum_.mutable_data_ptr<float>(),
              *sum = squares.mutable_data_ptr<float>();
        in_parallel(channels, 64, [&](std::int64_t begin, std::int64_t end) {
            kernels::observe_channels(data, rows, channels, begin, end, low, high, sum);
        });
        square_sum_ += squares;
    } else {
        minimum_ = at::minimum(minimum_, x.amin(0).cpu());
        maximum_ = at::maximum(maximum_, x.amax(0).cpu());
        square_sum_ += x.square().sum(0).cpu();
    }
    if (hessian_.defined()) add_products(scale.defined() ? x * scale : x);
    keep_sample(x, first, scale);
}

void InputObserver::keep_sample(const at::Tensor& x, std::int64_t first, const at::Tensor& scale) {
    std::vector<std::int64_t> here;
    for (; next_ < wanted_.size() && wanted_[next_] < first + x.size(0); ++next_)
        here.push_back(wanted_[next_] - first);
    if (here.empty()) return;
    const at::Tensor rows = at::tensor(here).to(x.device());
    sampled_.push_back(x.index_select(0, rows));
    if (scale.defined()) sampled_scale_.push_back(scale.index_select(0, rows));
}

void InputObserver::add_products(const at::Tensor& x) {
    if (narrow_) return add_narrow_products(x);
    const std::int64_t channels = x.size(1);
    // On a device products of bf16 numbers, which are exact in fp32, what they are summed in.
    const at::Tensor numbers = device_.is_cpu() ? x : x.to(at::kBFloat16);
    for (std::int64_t begin = 0; begin < channels; begin += hessian_block) {
        const std::int64_t end = std::min(begin + hessian_block, channels);
        const at::Tensor left = numbers.slice(1, begin, end).t(), right = numbers.slice(1, begin);
        at::Tensor block = hessian_.slice(0, begin, end).slice(1, begin);
        if (device_.is_cpu())
            block.addmm_(left, right);
        else
            block.add_(at::mm(left, right, at::kFloat));
    }
}

void InputObserver::add_narrow_products(const at::Tensor& x) {
    const std::int64_t rows = x.size(0), channels = x.size(1), panels = kernels::gram_panels(channels);
    const float* data = x.const_data_ptr<float>();
    pairs_.resize(static_cast<std::size_t>(kernels::narrow_words(rows, channels)));
    in_parallel(panels, 1, [&](std::int64_t begin, std::int64_t end) {
        kernels::narrow_pairs(data, rows, channels, begin, end, pairs_.data());
    });
    // The first panels have the longest rows: dealt out in turn, every thread gets its share of them.
    float* sum = hessian_.mutable_data_ptr<float>();
    const std::int64_t hands = at::get_num_threads();
    in_parallel(hands, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t hand = begin; hand < end; ++hand)
            for (std::int64_t panel = hand; panel < panels; panel += hands) {
                const std::int64_t block = panel * kernels::gram_panel / hessian_block * hessian_block;
                kernels::add_gram(pairs_.data(), rows, channels, panel, block, sum);
            }
    });
}

void InputObserver::observe_reference(const at::Tensor& x, const at::Tensor& reference) {
    if (!reference_.defined()) reference_ = at::zeros({reference.size(1), x.size(1)}, x.options());
    if (device_.is_cpu())
        reference_.addmm_(reference.t(), x);
    else
        reference_.add_(at::mm(reference.to(at::kBFloat16).t(), x.to(at::kBFloat16), at::kFloat));
}

at::Tensor InputObserver::absmax() const { return at::maximum(minimum_.abs(), maximum_.abs()); }

at::Tensor InputObserver::mean_square() const {
    return (square_sum_ / static_cast<double>(std::max<std::int64_t>(tokens_, 1))).to(at::kFloat);
}

// The extremes alone would not do: comparisons pass NaN by.
void InputObserver::check_finite(const std::string& site) const { check_activations(square_sum_, site); }

at::Tensor InputObserver::hessian() const {
    at::Tensor full = hessian_.clone();
    const std::int64_t channels = full.size(0);
    for (std::int64_t begin = 0; begin < channels; begin += hessian_block) {
        const std::int64_t end = std::min(begin + hessian_block, channels);
        if (end < channels)
            full.slice(0, end).slice(1, begin, end).copy_(hessian_.slice(0, begin, end).slice(1, end).t());
    }
    return full;
}

at::Tensor InputObserver::sample() const {
    return sampled_.empty() ? at::empty({0, minimum_.size(0)}) : at::cat(sampled_);
}

at::Tensor InputObserver::sample_scale() const {
    return sampled_scale_.empty() ? at::Tensor() : at::cat(sampled_scale_);
}

std::vector<float> log_histogram(const at::Tensor& values) {
    const at::Tensor flat = values.cpu().contiguous();
    std::vector<float> counts(histogram_bins, 0.0f);
    const float* data = flat.const_data_ptr<float>();
    for (std::int64_t i = 0; i < flat.numel(); ++i) {
        const float magnitude = std::fabs(data[i]);
        int bin = 0;
        if (magnitude >= 0x1p-20f)
            bin = std::min(histogram_bins - 1, 1 + static_cast<int>(std::floor((std::log2(magnitude) + 20.0f) * 8.0f)));
        counts[static_cast<std::size_t>(bin)] += 1.0f;
    }
    return counts;
}

std::vector<float> percentiles(const at::Tensor& values) {
    // Every n-th value: 65 536 of them place the 0.1 % tails well enough for a picture.
    const at::Tensor flat = values.flatten();
    std::vector<float> sorted =
        to_vector(flat.slice(0, 0, std::nullopt, std::max<std::int64_t>(1, flat.numel() / 65536) | 1));
    std::vector<float> out;
    if (sorted.empty()) return out;
    for (const double fraction : {0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999}) {
        const auto at = static_cast<std::ptrdiff_t>(std::lround(fraction * static_cast<double>(sorted.size() - 1)));
        std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
        out.push_back(sorted[static_cast<std::size_t>(at)]);
    }
    return out;
}

std::vector<float> to_vector(const at::Tensor& values) {
    const at::Tensor flat = values.to(at::kFloat).cpu().contiguous();
    const float* data = flat.const_data_ptr<float>();
    return {data, data + flat.numel()};
}

double outlier_ratio(const at::Tensor& absmax) {
    if (absmax.numel() == 0) return 0;
    const double middle = absmax.median().item<double>();
    return middle > 0 ? absmax.max().item<double>() / middle : 0;
}

std::vector<std::int64_t> sample_indexes(std::int64_t total, std::int64_t count, std::uint64_t seed) {
    // Floyd's algorithm on raw generator output: std::uniform_int_distribution differs between standard libraries.
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> chosen;
    count = std::min(count, total);
    std::vector<bool> taken(static_cast<std::size_t>(total), false);
    for (std::int64_t upper = total - count; upper < total; ++upper) {
        auto pick = static_cast<std::size_t>(random() % static_cast<std::uint64_t>(upper + 1));
        if (taken[pick]) pick = static_cast<std::size_t>(upper);
        taken[pick] = true;
    }
    for (std::int64_t i = 0; i < total; ++i)
        if (taken[static_cast<std::size_t>(i)]) chosen.push_back(i);
    return chosen;
}

} // namespace octavo
