// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace octavo::kernels {

// Smooth costs of rounding a matrix whose columns are multiplied by `factor` [columns] first, and their derivatives by
// ln factor, added to `gradient` [columns]. In place of the largest magnitude m of a row stands (Σ m^16)^(1/16). They
// do the work of one thread: callers split the rows of x, [rows, columns] with `stride` numbers from one row to the
// next.

struct MatrixRows {
    const float* data;
    std::int64_t rows, columns, stride;
};

/// Σ_r max_j (x_rj · factor_j)²: what the squares of the rows' steps are proportional to.
double squared_reach(const MatrixRows& x, const float* factor, float* gradient);

/// The same, exactly and without a derivative.
double exact_squared_reach(const MatrixRows& x, const float* factor);

/// Σ_rj gain_j · E(error of x_rj)² when every row is rounded to multiples of a step of its own: half its reach divided
/// by `half_range` (absmax on a symmetric grid, (max − min) / 2 on one with a zero point). An element well above the
/// step has an error of step² / 12, one far below is lost whole; x² / (1 + 12 x²/step²) passes from one to the other.
double rounding_damage(const MatrixRows& x, const float* factor, const float* gain, float half_range, bool symmetric,
                       float* gradient);

/// Adam on ln factor: `position` [count] and its two moments, along `gradient`; step number `number` counts from 1.
struct AdamState {
    float *position, *mean, *square;
};
void adam_step(const AdamState& state, const float* gradient, std::int64_t count, int number, double rate);

} // namespace octavo::kernels
