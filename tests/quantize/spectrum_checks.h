// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

// Torch stays behind this header: it and Qt never meet in one translation unit.

/// hessian_spectrum() of Q diag(values) Qᵀ with a random orthogonal Q, factorised with this damping.
std::vector<float> spectrum_of(const std::vector<double>& values, double damping, bool activation_order = false);
