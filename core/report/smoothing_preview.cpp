// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/smoothing_preview.h"

#include <algorithm>
#include <cmath>

namespace octavo {

std::vector<float> smoothing_scale(const SmoothingInputs& inputs, double strength) {
    std::vector<float> scale(inputs.reach.size(), 1.0f);
    if (strength < 0) return scale;
    for (std::size_t k = 0; k < scale.size(); ++k) {
        const double a = inputs.reach[k], w = k < inputs.weight_reach.size() ? inputs.weight_reach[k] : 0;
        double s = a;
        if (w > 0)
            s = a > 0 ? std::exp(strength * std::log(a) - (1 - strength) * std::log(w)) : (strength > 0 ? 0 : 1 / w);
        scale[k] = std::max(1e-5f, static_cast<float>(s));
    }
    return scale;
}

namespace {

std::span<const float> absmax_of(const SmoothingInputs& inputs) {
    return inputs.absmax.empty() ? inputs.reach : inputs.absmax;
}
std::span<const float> weight_absmax_of(const SmoothingInputs& inputs) {
    return inputs.weight_absmax.empty() ? inputs.weight_reach : inputs.weight_absmax;
}

} // namespace

NoiseTerms predicted_terms(const SmoothingInputs& inputs, std::span<const float> scale) {
    const std::size_t channels = std::min({absmax_of(inputs).size(), weight_absmax_of(inputs).size(),
                                           inputs.mean_square.size(), inputs.weight_mean_square.size(), scale.size()});
    double reach = 0, weight_reach = 0, weights = 0, activations = 0, energy = 0;
    for (std::size_t k = 0; k < channels; ++k) {
        const double s = scale[k];
        reach = std::max(reach, absmax_of(inputs)[k] / s);
        weight_reach = std::max(weight_reach, weight_absmax_of(inputs)[k] * s);
        weights += s * s * inputs.weight_mean_square[k];
        activations += inputs.mean_square[k] / (s * s);
        energy += double(inputs.mean_square[k]) * inputs.weight_mean_square[k];
    }
    if (energy <= 0) return {};
    const double x = inputs.input_half_range > 0 ? reach / inputs.input_half_range : 0;
    const double w = inputs.weight_half_range > 0 ? weight_reach / inputs.weight_half_range : 0;
    return {x * x / 12 * weights / energy, w * w / 12 * activations / energy};
}

double predicted_error(const SmoothingInputs& inputs, std::span<const float> scale, const NoiseFactors& factors) {
    const NoiseTerms terms = predicted_terms(inputs, scale);
    return factors.input * terms.input + factors.weight * terms.weight;
}

NoiseFactors fit_noise(std::span<const NoiseTerms> terms, std::span<const double> measured) {
    // Normal equations of Σ (p·input + q·weight − 1)² with both terms divided by the measured error.
    double aa = 0, ab = 0, bb = 0, a1 = 0, b1 = 0;
    int points = 0;
    for (std::size_t i = 0; i < std::min(terms.size(), measured.size()); ++i) {
        if (!(measured[i] > 0)) continue;
        const double a = terms[i].input / measured[i], b = terms[i].weight / measured[i];
        aa += a * a;
        ab += a * b;
        bb += b * b;
        a1 += a;
        b1 += b;
        ++points;
    }
    if (points < 2 || (aa <= 0 && bb <= 0)) return {};
    const double determinant = aa * bb - ab * ab;
    if (determinant > 1e-12 * aa * bb) {
        const NoiseFactors both{(a1 * bb - b1 * ab) / determinant, (b1 * aa - a1 * ab) / determinant};
        if (both.input >= 0 && both.weight >= 0) return both;
    }
    // One of them is zero: the one that explains more stays.
    const double with_input = aa > 0 ? a1 * a1 / aa : -1, with_weight = bb > 0 ? b1 * b1 / bb : -1;
    return with_input >= with_weight ? NoiseFactors{a1 / aa, 0} : NoiseFactors{0, b1 / bb};
}

SmoothingPreview preview_smoothing(const SmoothingInputs& inputs, double strength, const NoiseFactors& factors) {
    SmoothingPreview preview;
    preview.strength = strength;
    preview.scale = smoothing_scale(inputs, strength);
    const std::size_t channels = preview.scale.size();
    preview.activation.resize(channels);
    preview.weight.resize(channels);
    const std::span<const float> absmax = absmax_of(inputs), weight_absmax = weight_absmax_of(inputs);
    for (std::size_t k = 0; k < channels; ++k) {
        preview.activation[k] = k < absmax.size() ? absmax[k] / preview.scale[k] : 0;
        preview.weight[k] = k < weight_absmax.size() ? weight_absmax[k] * preview.scale[k] : 0;
    }
    preview.relative_error = predicted_error(inputs, preview.scale, factors);
    preview.outlier_ratio = outlier_ratio(preview.activation);
    return preview;
}

std::vector<double> predicted_errors(const SmoothingInputs& inputs, std::span<const double> strengths,
                                     const NoiseFactors& factors) {
    std::vector<double> errors;
    for (const double strength : strengths)
        errors.push_back(predicted_error(inputs, smoothing_scale(inputs, strength), factors));
    return errors;
}

std::vector<float> shared_maximum(std::span<const float> values, std::int64_t rows, std::int64_t head_dim) {
    std::vector<float> shared(values.begin(), values.end());
    const auto columns = static_cast<std::int64_t>(values.size());
    if (rows <= 0 || head_dim <= 0 || columns <= rows || columns % rows || rows % head_dim) return shared;
    const std::int64_t repeat = columns / rows;
    const auto at = [&](std::int64_t head, std::int64_t copy, std::int64_t i) {
        return static_cast<std::size_t>((head * repeat + copy) * head_dim + i);
    };
    for (std::int64_t head = 0; head < rows / head_dim; ++head)
        for (std::int64_t i = 0; i < head_dim; ++i) {
            float largest = 0;
            for (std::int64_t copy = 0; copy < repeat; ++copy) largest = std::max(largest, values[at(head, copy, i)]);
            for (std::int64_t copy = 0; copy < repeat; ++copy) shared[at(head, copy, i)] = largest;
        }
    return shared;
}

std::int64_t infer_head_dim(std::span<const float> scale, std::int64_t rows) {
    const auto columns = static_cast<std::int64_t>(scale.size());
    if (rows <= 0 || columns <= rows || columns % rows) return 0;
    const std::int64_t repeat = columns / rows;
    // The largest that fits: a smaller divisor would also hold where all scales happen to be equal.
    for (std::int64_t dim = rows; dim >= 2; --dim) {
        if (rows % dim) continue;
        bool constant = true;
        for (std::int64_t k = 0; constant && k < columns; ++k) {
            const std::int64_t first = k / (repeat * dim) * (repeat * dim) + k % dim;
            constant = scale[static_cast<std::size_t>(k)] == scale[static_cast<std::size_t>(first)];
        }
        if (constant) return dim;
    }
    return 0;
}

double outlier_ratio(std::span<const float> values) {
    std::vector<float> sorted(values.begin(), values.end());
    std::erase_if(sorted, [](float value) { return !(value > 0); });
    if (sorted.empty()) return 0;
    const auto middle = sorted.begin() + std::ptrdiff_t(sorted.size() / 2);
    const float largest = *std::max_element(sorted.begin(), sorted.end());
    std::nth_element(sorted.begin(), middle, sorted.end());
    return double(largest) / *middle;
}

} // namespace octavo
