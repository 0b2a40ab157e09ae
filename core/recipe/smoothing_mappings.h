// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipe/recipe.h"
#include "recipe/yaml_reader.h"

namespace octavo {

/// "mappings" of SmoothQuantModifier and AWQModifier: lists of what is smoothed, [[readers], producer], or a map of
/// smooth_layer and balance_layers. Octavo derives the groups from the architecture and only takes kinds of them away.
/// Null leaves the options as they are. Throws Error(unusable_recipe) with the line of a mapping that is not
/// understood.
void read_mappings(const YamlNode& mappings, SmoothingOptions& smoothing);

} // namespace octavo
