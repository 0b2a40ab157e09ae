// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "checkpoint/model_folder.h"
#include "recipe/recipe.h"

namespace octavo {

/// Schemes of an exported folder by module, read back from its quantization_config with compressed-tensors' matching
/// rules. Empty for a folder that is not quantized. Throws Error(unusable_model) for a quantization method other than
/// compressed-tensors.
ResolvedRecipe read_quantization(const ModelFolder& folder, const std::vector<Module>& modules);

/// Dequantizes one module to float [N, K]: (code − zero point) · scale.
std::vector<float> decompress(const ModelFolder& folder, const Module& module, const Scheme& scheme);

} // namespace octavo
