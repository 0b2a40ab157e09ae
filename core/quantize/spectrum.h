// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "quantize/solver.h"

namespace octavo {

/// Eigenvalues of the undamped Hessian relative to their mean, largest first, and the share of all eigenvalues that
/// each of them stands for (1 / K each where K is small and all are there): [2 · points] as the run folder keeps them.
///
/// A full decomposition would cost more than the solve. Where K > 64 the values are those of the Hessian projected on
/// the extended Krylov space of one seeded random vector (powers of H and, through the factor, of its damped inverse;
/// Druskin and Knizhnerman 1998), with the squared first components of their vectors as shares: the quadrature of
/// Golub and Meurant, exact at both ends of the spectrum before it is in between. Some 40 products of a triangle with a
/// vector.
std::vector<float> hessian_spectrum(const HessianFactor& factor);

} // namespace octavo
