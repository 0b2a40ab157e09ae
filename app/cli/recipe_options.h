// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recipe/recipe.h"

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace octavo::cli {

/// "W8A8, FP8_DYNAMIC, …"
std::string scheme_names();

/// --scheme, --recipe and the options that change single values of either.
struct RecipeOptions {
    std::string scheme, recipe;
    std::vector<std::string> ignore, overrides;
    std::string group_size, kv_cache, activations, smoothing, smoothing_statistic, algorithm, solver, scales,
        correction;
    std::optional<int> sweeps;
    std::optional<double> damping, shrinkage, activation_percentile;
    std::optional<std::uint64_t> seed;
    std::optional<bool> activation_order, relative;
    bool no_balance = false, no_smooth_down = false, no_smooth_value_output = false, rotate_values = false,
         rotate_residual = false, no_quantize_activations = false;

    /// --scheme, --recipe, --ignore, --override and what else changes schemes.
    void add_source(CLI::App& command, const std::string& default_scheme);
    /// Everything that tunes smoothing and solving.
    void add_tuning(CLI::App& command);
    /// Throws Error(usage | unusable_recipe).
    Recipe build() const;
};

} // namespace octavo::cli
