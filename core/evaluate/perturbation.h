// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/decoder.h"
#include "report/run_folder.h"

namespace octavo {

/// A layer in which one group of matrices is rounded to a scheme.
class Perturbation {
public:
    /// With a run, the smoothing that it chose for a matrix in the same scheme is applied before rounding.
    Perturbation(const ModelConfig& config, const std::string& run);

    /// `weights` with the matrices `modules` rounded; the others are shared, not copied.
    LayerWeights apply(const LayerWeights& weights, const std::vector<Module>& modules, const Scheme& scheme) const;
    /// What apply() divides the input [tokens, K] of `module`, one of the modules, by: [K] on the CPU; undefined where
    /// it leaves the input alone. Throws Error(unusable_run) when the run's smoothing does not fit.
    at::Tensor input_divisor(const Module& module, const std::vector<Module>& modules, const Scheme& scheme) const;

private:
    /// X' = X / s, W' = W · s for the site that the modules read, if the run smoothed it: an exact rescaling.
    void smooth(LayerWeights& weights, const SmoothingGroup& group, const at::Tensor& scale) const;
    at::Tensor smoothing_scale(const SmoothingGroup& group) const;
    const SmoothingGroup* smoothed_group(const std::vector<Module>& modules, const Scheme& scheme) const;

    const ModelConfig& config_;
    std::optional<Run> run_;
    std::vector<SmoothingGroup> groups_;
};

} // namespace octavo
