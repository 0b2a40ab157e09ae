// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/observer.h"

#include "model/finite.h"
#include "quantize/kernels/activation.h"
#include "quantize/kernels/gram.h"
#include "quantize/tensor_kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace octavo {

namespace {

constexpr std::int64_t cpu_block = 192, device_block = 1024; ///< columns per block row of the Hessian
constexpr float infinity = std::numeric_limits<float>::infinity();

} // namespace

InputObserver::InputObserver(std::int64_t channels, std::vector<std::int64_t> sample, Device device, Products products)
    : device_(device), narrow_(products == Products::fast && device.is_cpu() && kernels::prefers_bf16()),
      wanted_(std::move(sample)) {
    const at::TensorOptions options = at::TensorOptions().dtype(at::kFloat).device(device.device);
    minimum_ = at::full({channels}, infinity, options);
    maximum_ = at::full({channels}, -infinity, options);
    square_sum_ = at::zeros({channels}, options.dtype(at::kDouble));
    if (products != Products::none) hessian_ = at::zeros({channels, channels}, options);
}

void InputObserver::observe(const at::Tensor& given, std::int64_t first, const at::Tensor& scale) {
    const at::Tensor x = given.contiguous();
    keep_sample(x, first, scale);
    if (!x.is_cpu() || is_on_device(x))
        observe_on_device(x, scale);
    else if (narrow_)
        observe_narrow(x, scale);
    else
        observe_on_cpu(x, scale);
    tokens_ += x.size(0);
}

void InputObserver::keep_sample(const at::Tensor& x, std::int64_t first, const at::Tensor& scale) {
    const auto begin = std::lower_bound(wanted_.begin(), wanted_.end(), first),
               end = std::lower_bound(begin, wanted_.end(), first + x.size(0));
    if (begin == end) return;
    std::vector<std::int64_t> here;
    for (auto token = begin; token != end; ++token) here.push_back(*token - first);
    const at::Tensor rows = at::tensor(here).to(x.device());
    const auto keep = [&](at::Tensor& all, const at::Tensor& from) {
        if (!all.defined()) all = at::empty({static_cast<std::int64_t>(wanted_.size()), from.size(1)}, from.options());
        at::Tensor place = all.slice(0, begin - wanted_.begin(), end - wanted_.begin());
        at::index_select_out(place, from, 0, rows);
    };
    keep(sampled_, x);
    if (scale.defined()) keep(sampled_scale_, scale);
    next_ = static_cast<std::size_t>(end - wanted_.begin());
}

std::int64_t InputObserver::block() const {
    return narrow_ ? kernels::gram_panel : device_.is_cpu() ? cpu_block : device_block;
}

void InputObserver::observe_on_cpu(const at::Tensor& x, const at::Tensor& scale) {
    const std::int64_t rows = x.size(0), channels = x.size(1);
    at::Tensor squares = at::zeros({channels});
    const float* data = x.const_data_ptr<float>();
    float *low = minimum_.mutable_data_ptr<float>(), *high = maximum_.mutable_data_ptr<float>(),
          *sum = squares.mutable_data_ptr<float>();
    in_parallel(channels, 64, [&](std::int64_t begin, std::int64_t end) {
        kernels::observe_channels(data, rows, channels, begin, end, low, high, sum);
    });
    square_sum_ += squares;
    if (!hessian_.defined()) return;
    const at::Tensor numbers = scale.defined() ? x * scale : x;
    for (std::int64_t begin = 0; begin < channels; begin += block()) {
        const std::int64_t end = std::min(begin + block(), channels);
        hessian_.slice(0, begin, end).slice(1, begin).addmm_(numbers.slice(1, begin, end).t(), numbers.slice(1, begin));
    }
}

void InputObserver::observe_on_device(const at::Tensor& x, const at::Tensor& scale) {
    const std::int64_t rows = x.size(0), channels = x.size(1);
    const at::Tensor in = x.contiguous();
    // All memory first: when there is too little, nothing has been counted yet.
    at::Tensor parts, squares, numbers, sums;
    if (is_on_device(x))
        parts = at::empty({3, kernels::observe_parts, channels}, in.options());
    else
        squares = in.square();
    if (hessian_.defined()) {
        numbers = (scale.defined() ? in * scale : in).to(at::kBFloat16);
        sums = at::empty({std::min(block(), channels) * channels}, in.options());
    }
    if (parts.defined()) {
        kernels::on_device::observe_channels(stream_of(in), in.const_data_ptr<float>(), rows, channels,
                                             parts.mutable_data_ptr<float>(), minimum_.mutable_data_ptr<float>(),
                                             maximum_.mutable_data_ptr<float>(),
                                             square_sum_.mutable_data_ptr<double>());
    } else {
        at::minimum_out(minimum_, minimum_, in.amin(0));
        at::maximum_out(maximum_, maximum_, in.amax(0));
        square_sum_ += squares.sum(0, false, at::kDouble);
    }
    for (std::int64_t begin = 0; hessian_.defined() && begin < channels; begin += block()) {
        const std::int64_t end = std::min(begin + block(), channels), wide = channels - begin;
        const at::Tensor sum = sums.slice(0, 0, (end - begin) * wide).view({end - begin, wide});
        wide_product_out(sum, numbers.slice(1, begin, end).t(), numbers.slice(1, begin));
        hessian_.slice(0, begin, end).slice(1, begin).add_(sum);
    }
}

void InputObserver::observe_narrow(const at::Tensor& x, const at::Tensor& scale) {
    const std::int64_t rows = x.size(0), channels = x.size(1), panels = kernels::gram_panels(channels);
    const float *data = x.const_data_ptr<float>(), *scales = scale.defined() ? scale.const_data_ptr<float>() : nullptr;
    at::Tensor squares = at::zeros({channels});
    const kernels::ChannelExtremes extremes{minimum_.mutable_data_ptr<float>(), maximum_.mutable_data_ptr<float>(),
                                            squares.mutable_data_ptr<float>()};
    pairs_.resize(static_cast<std::size_t>(kernels::narrow_words(rows, channels)));
    in_parallel(panels, 1, [&](std::int64_t begin, std::int64_t end) {
        kernels::narrow_pairs(data, scales, rows, channels, begin, end, pairs_.data(), extremes);
    });
    square_sum_ += squares;
    // The first panels have the longest rows: dealt out in turn, every thread gets its share of them.
    float* sum = hessian_.mutable_data_ptr<float>();
    in_turn(panels, [&](std::int64_t panel) {
        kernels::add_gram(pairs_.data(), rows, channels, panel, panel * kernels::gram_panel, sum);
    });
}

void InputObserver::observe_reference(const at::Tensor& x, const at::Tensor& reference) {
    if (!reference_.defined()) reference_ = at::zeros({reference.size(1), x.size(1)}, x.options());
    if (device_.is_cpu())
        reference_.addmm_(reference.t(), x);
    else
        reference_.add_(wide_product(reference.to(at::kBFloat16).t(), x.to(at::kBFloat16)));
}

at::Tensor InputObserver::absmax() const { return at::maximum(minimum_.abs(), maximum_.abs()).cpu(); }

at::Tensor InputObserver::mean_square() const {
    return (square_sum_ / static_cast<double>(std::max<std::int64_t>(tokens_, 1))).to(at::kFloat).cpu();
}

// The extremes alone would not do: comparisons pass NaN by.
void InputObserver::check_finite(const std::string& site) const { check_activations(square_sum_, site); }

at::Tensor InputObserver::hessian() const {
    at::Tensor full = hessian_.clone();
    const std::int64_t channels = full.size(0);
    for (std::int64_t begin = 0; begin < channels; begin += block()) {
        const std::int64_t end = std::min(begin + block(), channels);
        if (end < channels)
            full.slice(0, end).slice(1, begin, end).copy_(hessian_.slice(0, begin, end).slice(1, end).t());
    }
    return full;
}

at::Tensor InputObserver::sample() const {
    if (!sampled_.defined()) return at::empty({0, minimum_.size(0)}, minimum_.options());
    return sampled_.slice(0, 0, static_cast<std::int64_t>(next_));
}

at::Tensor InputObserver::sample_scale() const {
    return sampled_scale_.defined() ? sampled_scale_.slice(0, 0, static_cast<std::int64_t>(next_)) : at::Tensor();
}

std::vector<float> log_histogram(const at::Tensor& values) {
    const at::Tensor flat = values.cpu().contiguous();
    // Where an eighth of an octave begins: mantissas of 2^(i/8).
    std::array<std::uint32_t, 8> eighths{};
    for (std::size_t i = 0; i < eighths.size(); ++i)
        eighths[i] = std::bit_cast<std::uint32_t>(std::exp2(static_cast<float>(i) / 8.0f)) & 0x7fffffU;
    std::vector<std::int64_t> counts(histogram_bins, 0);
    const float* data = flat.const_data_ptr<float>();
    for (std::int64_t i = 0; i < flat.numel(); ++i) {
        const std::uint32_t bits = std::bit_cast<std::uint32_t>(data[i]) & 0x7fffffffU, mantissa = bits & 0x7fffffU;
        int eighth = -1;
        for (const std::uint32_t begin : eighths) eighth += mantissa >= begin ? 1 : 0;
        const int octave = static_cast<int>(bits >> 23) - 107, // from 2^−20 on
            bin = octave < 0 ? 0 : std::min(histogram_bins - 1, 1 + 8 * octave + eighth);
        ++counts[static_cast<std::size_t>(bin)];
    }
    return {counts.begin(), counts.end()};
}

std::vector<float> percentiles(const at::Tensor& values) {
    // Every n-th value: 65 536 of them place the 0.1 % tails well enough for a picture.
    const at::Tensor flat = values.flatten();
    std::vector<float> sorted =
        to_vector(flat.slice(0, 0, std::nullopt, std::max<std::int64_t>(1, flat.numel() / 65536) | 1));
    constexpr std::array fractions{0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999};
    std::vector<float> out(sorted.empty() ? 0 : fractions.size());
    // The median first: what the others need is then on one side of it, and so on.
    const auto place = [&](auto&& self, std::size_t first, std::size_t last, std::ptrdiff_t begin,
                           std::ptrdiff_t end) -> void {
        if (first == last) return;
        const std::size_t middle = (first + last) / 2;
        const auto at =
            static_cast<std::ptrdiff_t>(std::lround(fractions[middle] * static_cast<double>(sorted.size() - 1)));
        std::nth_element(sorted.begin() + begin, sorted.begin() + at, sorted.begin() + end);
        out[middle] = sorted[static_cast<std::size_t>(at)];
        self(self, first, middle, begin, at + 1);
        self(self, middle + 1, last, at, end);
    };
    place(place, 0, out.size(), 0, static_cast<std::ptrdiff_t>(sorted.size()));
    return out;
}

ColumnSizes column_sizes(const at::Tensor& matrix) {
    const std::int64_t columns = matrix.size(1);
    if (!matrix.is_cpu() && !is_on_device(matrix)) return {matrix.abs().amax(0).cpu(), matrix.square().sum(0).cpu()};
    const at::Tensor rows = matrix.contiguous(), low = at::zeros({columns}, rows.options()),
                     high = at::zeros({columns}, rows.options());
    float *lowest = low.mutable_data_ptr<float>(), *highest = high.mutable_data_ptr<float>();
    if (is_on_device(rows)) {
        const at::Tensor squares = at::zeros({columns}, rows.options().dtype(at::kDouble)),
                         parts = at::empty({3, kernels::observe_parts, columns}, rows.options());
        kernels::on_device::observe_channels(stream_of(rows), rows.const_data_ptr<float>(), rows.size(0), columns,
                                             parts.mutable_data_ptr<float>(), lowest, highest,
                                             squares.mutable_data_ptr<double>());
        return {at::maximum(low.neg(), high).cpu(), squares.to(at::kFloat).cpu()};
    }
    const at::Tensor squares = at::zeros({columns});
    float* sum = squares.mutable_data_ptr<float>();
    in_parallel(columns, 64, [&](std::int64_t begin, std::int64_t end) {
        kernels::observe_channels(rows.const_data_ptr<float>(), rows.size(0), columns, begin, end, lowest, highest,
                                  sum);
    });
    return {at::maximum(low.neg(), high), squares};
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
