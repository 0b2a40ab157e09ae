// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace octavo {

/// What the statistics of a run tell about one smoothing group; all arrays have K entries, one per input channel.
struct SmoothingInputs {
    std::span<const float> reach;              ///< a_k: range or absmax of the activation, over the channels that share a scale
    std::span<const float> weight_reach;       ///< w_k: absmax over the rows of all consumers, over the channels that share a scale
    std::span<const float> mean_square;        ///< E[x_k²]
    std::span<const float> weight_mean_square; ///< mean over the rows of w_nk²
    std::span<const float> absmax = {};        ///< of the activation; decides the rounding step. Empty: `reach`
    std::span<const float> weight_absmax = {}; ///< over the rows of all consumers; likewise. Empty: `weight_reach`
    double input_half_range = 127.5;           ///< largest magnitude a scale is divided by; 0 = activations stay in 16 bit
    double weight_half_range = 127.5;          ///< 0 = weights stay in 16 bit
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

/// s_k = a_k^α / w_k^(1−α), at least 1e-5; a channel that no weight reads takes a_k; α < 0 means 1 (SmoothQuant, arXiv:2211.10438,
/// equation 4).
std::vector<float> smoothing_scale(const SmoothingInputs& inputs, double strength);

/// Relative output error of rounding both operands to a uniform grid, noise taken as independent and uniform in its step:
///   (Δx²/12 · Σ_k s_k² E[w_k²] + Δw²/12 · Σ_k E[x_k²]/s_k²) / Σ_k E[x_k²] E[w_k²]
/// with Δx = max_k(absmax_k/s_k)/half range and Δw = max_k(weight absmax_k·s_k)/half range. Coarse (one step for all tokens and rows), but the shape
/// over α is right; the measured curve is drawn beside it. Zero without energy.
double predicted_error(const SmoothingInputs& inputs, std::span<const float> scale);

SmoothingPreview preview_smoothing(const SmoothingInputs& inputs, double strength);

/// predicted_error() at each strength.
std::vector<double> predicted_errors(const SmoothingInputs& inputs, std::span<const double> strengths);

/// Largest value of all channels that share one scale because several heads of `columns` read one head of `rows` (v → o under grouped
/// queries): channel (h, i) of columns goes with (h / (columns/rows), i). Unchanged when nothing is shared.
std::vector<float> shared_maximum(std::span<const float> values, std::int64_t rows, std::int64_t head_dim);

/// The head size under which `scale` is constant over the heads that share one of `rows` channels; 0 when there is none.
std::int64_t infer_head_dim(std::span<const float> scale, std::int64_t rows);

/// max / median of positive values, 0 when there are none: how far the outliers stand out.
double outlier_ratio(std::span<const float> values);

} // namespace octavo
