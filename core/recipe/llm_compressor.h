// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "recipe/recipe.h"

namespace octavo {

/// A recipe.yaml of llm-compressor (recipe/recipe.py): SmoothQuantModifier or AWQModifier, then one or several
/// GPTQModifier and QuantizationModifier, in one or several stages; each solves what it targets in its own way. It
/// keeps the meaning that it has there: smoothing of the norms alone, scales from the extremes, activations that are
/// not quantized while calibrating. Throws Error(unusable_recipe) with file and line for what is not understood or has
/// no counterpart.
Recipe recipe_from_yaml(const std::string& text, const std::string& file);

} // namespace octavo
