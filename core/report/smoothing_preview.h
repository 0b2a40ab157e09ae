// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace octavo {

/// What the statistics of a run tell about one smoothing group; all arrays have K entries, one per input channel.
struct SmoothingInputs {
    std::span<const float> reach; ///< a_k: range or absmax of the activation, over the channels that share a scale
    std::span<const float>
        weight_reach; ///< w_k: absmax over the rows of all consumers, over the channels that share a scale
    std::span<const float> mean_square;        ///< E[x_k²]
    std::span<const float> weight_mean_square; ///< mean over the rows of w_nk²
    std::span<const float> absmax = {};        ///< of the activation; decides the rounding step. Empty: `reach`
    std::span<const float> weight_absmax = {}; ///< over the rows of all consumers; likewise. Empty: `weight_reach`
    double input_half_range = 127.5;  ///< largest magnitude a scale is divided by; 0 = activations stay in 16 bit
    double weight_half_range = 127.5; ///< 0 = weights stay in 16 bit
};

/// The two parts of the predicted error: from rounding the activations and from rounding the weights.
struct NoiseTerms {
    double input = 0, weight = 0;
    double total() const { return input + weight; }
};

/// How much of each part is really there. One step for all tokens and rows overstates both; measured points tell by how
/// much.
struct NoiseFactors {
    double input = 1, weight = 1;
};

/// What a strength would do, without touching the model.
struct SmoothingPreview {
    double strength = 0;
    std::vector<float> scale;      ///< s_k
    std::vector<float> activation; ///< absmax_k / s_k
    std::vector<float> weight;     ///< weight absmax_k · s_k
    double relative_error = 0;     ///< predicted_error() at this strength
    double outlier_ratio = 0;      ///< max / median of `activation`
};

/// s_k = a_k^α / w_k^(1−α), at least 1e-5; a channel that no weight reads takes a_k; α < 0 means 1 (SmoothQuant,
/// arXiv:2211.10438, equation 4).
std::vector<float> smoothing_scale(const SmoothingInputs& inputs, double strength);

/// Relative output error of rounding both operands to a uniform grid, noise taken as independent and uniform in its
/// step:
///   input: Δx²/12 · Σ_k s_k² E[w_k²]   weight: Δw²/12 · Σ_k E[x_k²]/s_k²   both over Σ_k E[x_k²] E[w_k²]
/// with Δx = max_k(absmax_k/s_k)/half range and Δw = max_k(weight absmax_k·s_k)/half range. Zero without energy.
NoiseTerms predicted_terms(const SmoothingInputs& inputs, std::span<const float> scale);
double predicted_error(const SmoothingInputs& inputs, std::span<const float> scale, const NoiseFactors& factors = {});

/// The non-negative factors under which the terms come closest to measured errors (least squares of the relative
/// deviation). Needs two points at least, else both are 1.
NoiseFactors fit_noise(std::span<const NoiseTerms> terms, std::span<const double> measured);

SmoothingPreview preview_smoothing(const SmoothingInputs& inputs, double strength, const NoiseFactors& factors = {});

/// predicted_error() at each strength.
std::vector<double> predicted_errors(const SmoothingInputs& inputs, std::span<const double> strengths,
                                     const NoiseFactors& factors = {});

/// Largest value of all channels that share one scale because several heads of `columns` read one head of `rows` (v → o
/// under grouped queries): channel (h, i) of columns goes with (h / (columns/rows), i). Unchanged when nothing is
/// shared.
std::vector<float> shared_maximum(std::span<const float> values, std::int64_t rows, std::int64_t head_dim);

/// The head size under which `scale` is constant over the heads that share one of `rows` channels; 0 when there is
/// none.
std::int64_t infer_head_dim(std::span<const float> scale, std::int64_t rows);

/// max / median of positive values, 0 when there are none: how far the outliers stand out.
double outlier_ratio(std::span<const float> values);

} // namespace octavo
