// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "recipe/recipe.h"

namespace octavo {

/// Matrices that vLLM wants in one scheme: a fused set (q/k/v, gate/up), all experts of a layer, or one matrix alone.
struct ModuleGroup {
    std::string name; ///< of the fused set or the experts' list; else the module's
    std::string role; ///< "qkv", "gate_up", "experts", "o_proj", …
    int layer = -1;
    std::vector<Module> modules;

    std::int64_t parameters() const;
};

/// Groups of everything that a recipe quantizes unless told otherwise (class "Linear", not lm_head), in execution
/// order.
std::vector<ModuleGroup> module_groups(const std::vector<Module>& modules);

} // namespace octavo
