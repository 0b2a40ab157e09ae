// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "allocate/study.h"
#include "model/decoder.h"

namespace octavo {

/// A layer in which one group of matrices is quantized to a scheme: rounded, or as a run solved it.
class Perturbation {
public:
    /// Where one of the request's runs quantized a matrix to the scheme, the smoothing that it chose is applied before
    /// rounding, or its own matrix is taken (`solved`).
    Perturbation(const ModelConfig& config, const SensitivityRequest& request, Device device);
    ~Perturbation();

    /// `weights` of a layer with its matrices `modules` quantized; the others are shared, not copied.
    LayerWeights apply(const LayerWeights& weights, const std::vector<Module>& modules, const Scheme& scheme) const;
    /// What apply() divides the input [tokens, K] of `module`, one of the modules, by: [K] on the CPU; undefined where
    /// it leaves the input alone. Throws Error(unusable_run) when the run's smoothing does not fit.
    at::Tensor input_divisor(const Module& module, const std::vector<Module>& modules, const Scheme& scheme) const;

private:
    struct Source;
    struct Smoothing {
        const SmoothingGroup* group = nullptr;
        at::Tensor scale; ///< [K] on the CPU
    };

    Source* source_of(const std::string& module, const Scheme& scheme) const;
    Smoothing smoothing_at(const Source& source, const SmoothingGroup& group) const; ///< none where it left it alone
    /// Of the site that the modules read, if the run smoothed it.
    Smoothing smoothing_of(const std::vector<Module>& modules, const Scheme& scheme) const;
    /// X' = X / s, W' = W · s: an exact rescaling.
    void smooth(LayerWeights& weights, const Smoothing& smoothing) const;
    /// The run's matrix for the input that smooth() leaves, with the outputs of the original.
    void take_solved(Linear& linear, Source& source, const Module& module) const;

    const ModelConfig& config_;
    Device device_;
    bool solved_ = false;
    std::vector<std::unique_ptr<Source>> sources_;
    std::vector<SmoothingGroup> groups_;
};

} // namespace octavo
