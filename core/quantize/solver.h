// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <stop_token>
#include <string>
#include <vector>

#include "checkpoint/dtype.h"
#include "model/device.h"
#include "quantize/weight_grid.h"
#include "recipe/recipe.h"

namespace octavo {

/// The factor of a damped Hessian H + λI + s·diag(H) = SᵀS, S lower triangular [K, K]; shared by all matrices that read
/// the same input.
struct HessianFactor {
    at::Tensor hessian;   ///< undamped, in the order of `order`
    at::Tensor factor;    ///< S
    at::Tensor order;     ///< [K] column visited at each step; undefined = as they stand
    double lambda = 0;    ///< what was added to the diagonal
    double damping = 0;   ///< λ / mean of the diagonal
    int escalations = 0;  ///< times the damping had to be raised tenfold
    double shrinkage = 0; ///< s

    at::Tensor penalty() const { return hessian.diagonal() * shrinkage + lambda; } ///< [K] added to the diagonal
};

/// One Cholesky factorisation of the index-reversed matrix (arXiv 2507.18553). A channel that was always zero gets a
/// unit diagonal. Throws Error(not_finite) naming `site` when H holds NaN or infinity, or when even a damping of 1000 %
/// does not make it positive definite; Error(cancelled).
HessianFactor factorize(const at::Tensor& hessian, const SolverOptions& options, const std::string& site,
                        const std::stop_token& stop = {});

/// A weight matrix on its grid.
struct Solution {
    WeightGrid grid;           ///< its scales were fixed before the solve
    at::Tensor codes;          ///< [N, K] uint8: int8 in two's complement, E4M3, or E2M1 in the low four bits
    at::Tensor weight;         ///< [N, K] float32: what the codes stand for
    at::Tensor row_error;      ///< [N]: tr(ΔW H ΔWᵀ) split by row; undefined without a Hessian
    at::Tensor column_error;   ///< [K]: split by column: what each added to the loss of those before it, or 0
    double error = 0;          ///< tr(ΔW H ΔWᵀ)
    double rounding_error = 0; ///< the same for plain rounding; 0 until measured (measure_rounding)
    double energy = 0;         ///< tr(W H Wᵀ); likewise
};

/// GPTQ in pull form: minimises tr(ΔW H ΔWᵀ) greedily column by column. weight [N, K] float32. With an order in the
/// factor, columns are visited in it and keep the scales of their place ("static" act-order). Throws Error(cancelled)
/// between two blocks of columns.
Solution solve_gptq(const at::Tensor& weight, const HessianFactor& factor, WeightGrid grid,
                    const SolverOptions& options, const std::stop_token& stop = {});

/// Fills in what the matrix means (energy), and what rounding it to the nearest codes with the solution's scales would
/// cost: as many products again as the solve.
void measure_rounding(Solution& solution, const at::Tensor& weight, const HessianFactor& factor,
                      const std::stop_token& stop = {});

/// Fills in the error of a solution for `weight`, and how it splits by row and column.
void measure_error(Solution& solution, const at::Tensor& weight, const HessianFactor& factor,
                   const std::stop_token& stop = {});

/// W + B (H + λI)⁻¹: the matrix that on this input comes nearest to what is wanted of it, where B = Σ (wanted − W x) xᵀ
/// [N, K]. With `wanted` taken from the original model this is where GPTAQ (arXiv 2504.02692) and Qronos (arXiv
/// 2505.11695) start from. The damping keeps W where the input says little.
at::Tensor corrected(const at::Tensor& weight, const at::Tensor& products, const HessianFactor& factor,
                     const std::stop_token& stop = {});

/// Rounds to nearest; with a factor the errors and the energy are measured as well.
Solution round_to_nearest(const at::Tensor& weight, WeightGrid grid, const HessianFactor* factor = nullptr,
                          const std::stop_token& stop = {});

/// Rounds the values of a tensor to a stored dtype (f32, f16, bf16) and back.
at::Tensor rounded_to(const at::Tensor& values, Dtype dtype);
at::ScalarType scalar_type(Dtype dtype);

} // namespace octavo
