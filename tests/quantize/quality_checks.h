// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

// Torch stays behind this header: it and Qt never meet in one translation unit.

/// Largest relative deviation of corrected() from damped least squares in double on the stacked observations
/// [X̂; √λ·1] → [X Wᵀ; √λ·Wᵀ], and how much of the distance to X Wᵀ the corrected weights leave.
std::vector<double> correction_against_least_squares(bool activation_order);
struct Refined {
    double before = 0, after = 0, reported = 0; ///< tr(E H Eᵀ) in double of the solve and after the sweeps; as reported
    long codes = 0, could_improve = 0;          ///< single steps of a code that would lower the damped error, in double
    double slope = 0; ///< largest relative gain that moving one scale would still bring, rounding of scales aside
};
/// Coordinate descent until nothing moves, held against the error written out in double.
Refined refined(const char* scheme, int group, bool activation_order);

/// AWQ: [relative deviation of the error computed from XᵀX from the one on the tokens in double, chosen strength, its
/// error over the unscaled one, deviation of (X D⁻¹)(W D)ᵀ from X Wᵀ], and the same for heads that share a value head.
std::vector<double> awq_against_tokens(bool shared_heads);
