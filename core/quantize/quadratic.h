// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <stop_token>

namespace octavo {

/// Calculations on wide matrices, cut so that a stop is noticed within a second or two: at 14336 columns a single
/// product takes ten on a small machine. All throw Error(cancelled).

/// tr(R H Rᵀ), R [N, K], from one triangle of H [K, K]: half the products, and no second matrix of the size of R.
double quadratic(const at::Tensor& rows, const at::Tensor& hessian, const std::stop_token& stop = {});

/// work(begin, end) over [0, rows), in turn, each time about as many rows as a product with a [K, K] matrix may have.
void by_rows(std::int64_t rows, std::int64_t columns, const std::stop_token& stop,
             const std::function<void(std::int64_t begin, std::int64_t end)>& work);

/// R M, R [N, K], M [K, K].
at::Tensor product(const at::Tensor& rows, const at::Tensor& matrix, const std::stop_token& stop = {});

/// RᵀR, R [N, K].
at::Tensor gram(const at::Tensor& rows, const std::stop_token& stop = {});

/// Up to this many columns LibTorch's Cholesky takes less than a second.
constexpr std::int64_t widest_whole = 5120;

/// L with L Lᵀ = A, A [K, K] symmetric; undefined when A is not positive definite. Above `whole` columns it is
/// factorised on the CPU in panels, each with all that is left of it (left-looking), in the memory of A.
at::Tensor lower_factor(at::Tensor matrix, const std::stop_token& stop = {}, std::int64_t whole = widest_whole);

} // namespace octavo
