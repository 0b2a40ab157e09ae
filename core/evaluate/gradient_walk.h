// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "allocate/study.h"
#include "evaluate/scored_rows.h"

namespace octavo {

/// Tier 2 of every row of the table that lacks it: the KL divergence that quantizing the group alone would cause,
/// forecast to second order from one walk through the unquantized model and back.
///
/// With y_t the outputs of the group's matrices at token t, Δy_t what the scheme changes in them (rounded weights and,
/// where the scheme quantizes them, rounded inputs; the model before the group is not changed), and F_s = diag(p) − p
/// pᵀ the Fisher matrix of the prediction at position s, the divergence at s is ½ δz_sᵀ F_s δz_s + O(δ³), where δz_s =
/// Σ_t ∂z_s/∂y_t Δy_t. Take directions v_s with E[v_s v_sᵀ] = F_s, independent of each other (fisher_directions()), and
/// g_t = ∂(Σ_s v_s·z_s)/∂y_t, which one backward pass gives for all matrices. Then for a window
///
///     Σ_s KL_s ≈ ½ E[(Σ_t g_t·Δy_t)²]  =  ½ Σ_t E[(g_t·Δy_t)²] + what different tokens do together.
///
/// The score is the first part, ½ Σ_t (g_t·Δy_t)² over a window, in nats per scored token as tier 3. It is what
/// ModelOpt's AutoQuantize scores by, but for the ½ and the directions (it takes the gradient of its loss). The whole
/// square has no bias, but one random number per window instead of one per token: on SmolLM2-135M-Instruct (120 groups,
/// 8 windows of 64 tokens, one sample) its rank correlation with tier 3 was 0.95 for W8A8 and 0.86 for W4A16, that of
/// the score 0.99 and 0.96. The score leaves out what a rounded weight does alike at all tokens: the sum over all
/// groups was 1.03 and 0.77 times the measured one. Tokens that go to other experts after a change are no matter of
/// gradients: before a router, the forecast is too low.
///
/// Needs the input of every layer: [layers, tokens, hidden] float32, in memory up to request.memory_bytes, the rest in
/// a file without a name beside request.file; and the matrices of a layer once more for each scheme. Experts' choice of
/// tokens counts as fixed. Sends SensitivityMeasured per row from the last layer to the first, progress in the phase
/// "gradient"; keeps the table as it grows. A row that can have no forecast says why in gradient_missing. Throws
/// Error(cancelled | not_finite | unusable_run | …).
void forecast_sensitivity(const SensitivityRequest& request, const ScoredRows& rows, SensitivityTable& table,
                          Sink& sink, const std::stop_token& stop);

} // namespace octavo
