// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>

#include "quantize/smoothing.h"

namespace octavo {

/// AWQ's scales (arXiv 2306.00978, section 3.2): rms(x_j)^α, divided by √(largest · smallest); [P]. A channel without
/// input keeps 1, as all do with α < 0.
at::Tensor awq_scales(const SmoothingProblem& problem, double alpha);

/// tr(E H Eᵀ) / tr(W H Wᵀ) with E = Q(W D) D⁻¹ − W, as a function of the scales [P]: what rounding to nearest costs
/// after scaling. AWQ's own measure is the distance of the outputs on the calibration tokens; from XᵀX it is the same
/// number, whatever their count. Refers to `problem`; the function throws Error(cancelled) as well.
std::function<double(const at::Tensor& scales)> scaled_rounding_damage(const SmoothingProblem& problem,
                                                                       const std::stop_token& stop = {});

} // namespace octavo
