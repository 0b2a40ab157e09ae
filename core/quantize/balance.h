// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "quantize/smoothing.h"

namespace octavo {

/// Smoothing scales [P] that minimise the expected error of the quantized product over *all* scales, where a strength
/// only chooses among a family of one parameter. With s = exp(u) the cost
///   Σ_t Σ_j ‖W_j‖² E(error of x_tj / s_j)² s_j²  +  share/12 · Σ_n (max_j |W_nj| s_j / range)² · Σ_tj (x_tj / s_j)²
/// has a smooth upper bound, which is walked down from `start` (Adam on u). Integer weights and inputs only: floating
/// grids round relative to each number, where a scale changes nothing. At most 1024 rows of W are looked at, and at
/// each step another part of the sample. Deterministic for any number of threads. Throws Error(cancelled).
at::Tensor balanced_scales(const SmoothingProblem& problem, const at::Tensor& start, const std::stop_token& stop);

/// Can balanced_scales() be asked about this?
bool can_be_balanced(const SmoothingProblem& problem);

} // namespace octavo
