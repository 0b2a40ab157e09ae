// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "quantize/solver.h"

namespace octavo {

/// Moves single codes and scales of a solution to where tr(ΔW H ΔWᵀ) (damped) is least while everything else stays,
/// `sweeps` times over: what the greedy solve, which never looks back, has left. `weight` [N, K] is what was solved
/// for. The error never grows but for the rounding of sums. Deterministic for any number of threads; runs on the CPU.
/// Throws Error(cancelled).
void refine(Solution& solution, const at::Tensor& weight, const HessianFactor& factor, int sweeps,
            const std::stop_token& stop = {});

} // namespace octavo
