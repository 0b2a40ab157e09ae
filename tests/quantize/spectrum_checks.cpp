// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrum_checks.h"

#include "quantize/spectrum.h"
#include "solver_definitions.h"

using namespace octavo;

std::vector<float> spectrum_of(const std::vector<double>& values, double damping, bool activation_order) {
    at::manual_seed(31);
    const auto channels = static_cast<std::int64_t>(values.size());
    const at::Tensor turn = std::get<0>(at::linalg_qr(at::randn({channels, channels}, at::kDouble)));
    const at::Tensor diagonal = at::tensor(values, at::kDouble);
    const at::Tensor hessian = at::mm(turn * diagonal, turn.t()).to(at::kFloat);
    return hessian_spectrum(factorize((hessian + hessian.t()) / 2, options_with(damping, activation_order), "test"));
}
