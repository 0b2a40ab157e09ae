// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <stop_token>
#include <vector>

#include "checkpoint/dtype.h"
#include "quantize/observer.h"
#include "recipe/recipe.h"

namespace octavo {

/// What is known about one smoothing group before its strength is chosen. Channels are the *producer's*: for v → o,
/// where several heads of o read one head of v, `repeat` says how the consumers' K channels follow from them.
struct SmoothingProblem {
    at::Tensor reach;        ///< [P]: range or twice the absmax of the activations
    at::Tensor weight_reach; ///< [P]: twice the absmax over all consumers' rows
    at::Tensor weight;       ///< [N, K]: the consumers, rows concatenated
    at::Tensor sample;       ///< [tokens, K]
    at::Tensor expansion; ///< [K] index of the producer channel that feeds each input channel; undefined = one to one
    at::Tensor hessian = {};        ///< [K, K]: XᵀX; for AWQ, where it is known (else that of the sample)
    Dtype scale_dtype = Dtype::f32; ///< in which the weights' scales will be stored
    QuantizationArgs weights;
    std::optional<QuantizationArgs> input;
};

/// s_j = reach_j^α / weight_reach_j^(1−α), at least 1e-5; where the weights are zero, reach_j (SmoothQuant, arXiv
/// 2211.10438, as llm-compressor has it). A channel that was zero throughout calibration keeps 1: dividing it by the
/// bound would blow it up where another text makes it speak. α < 0 stands for "leave as it is": ones.
at::Tensor smoothing_scales(const SmoothingProblem& problem, double alpha);

/// The consumers' view of producer scales [P] → [K].
at::Tensor expanded(const at::Tensor& scales, const at::Tensor& expansion);

struct SmoothingChoice {
    double alpha = -1;             ///< −1 = left as it is
    at::Tensor scales;             ///< [P]
    std::vector<double> strengths; ///< tried; the first is −1
    std::vector<double> errors;    ///< expected relative output error of each
    bool balanced = false;         ///< the scales are those of balance.h, not of the strength
    double balanced_error = -1;    ///< what is expected of them; −1 = not tried
};

/// Scales by the rule of the options. Fixed α, or the one of the grid whose quantized product is expected to be nearest
/// to the exact one on the sample;
/// from there, where the options ask for it, on to scales that no strength gives, when the sample says that these are
/// better.
/// Throws Error(cancelled) between two strengths.
SmoothingChoice choose_smoothing(const SmoothingProblem& problem, const SmoothingOptions& options,
                                 const std::string& site, const std::stop_token& stop = {});

} // namespace octavo
