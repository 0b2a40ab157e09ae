// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace octavo {

/// Eigenvalues of a Hessian, relative to their mean.
struct Spectrum {
    std::vector<double> values; ///< largest first; none where the run did not record them
    std::vector<double> shares; ///< of all eigenvalues, that each stands for

    /// `stored` = hessian_spectrum of the run folder; anything else than that gives an empty one.
    static Spectrum from(std::span<const float> stored);
    bool empty() const { return values.empty(); }
    /// Of H + λI, where `damping` = λ / mean: what the solver divides by. Infinite for a singular one without damping.
    double condition(double damping) const;
    /// Share of all directions that carries `energy` of the trace, the strongest first.
    double directions(double energy) const;
};

} // namespace octavo
