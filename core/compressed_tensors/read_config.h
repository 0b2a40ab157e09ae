// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recipe/pattern.h"
#include "recipe/recipe.h"

namespace octavo {

/// One group of quantization_config.config_groups.
struct ConfigGroup {
    std::string name;
    PatternSet targets;
    Scheme scheme;
};

/// quantization_config as a loader sees it.
struct QuantizationConfig {
    std::string format;
    std::vector<ConfigGroup> groups; ///< without those that only scale attention
    PatternSet ignore;
    KvCache kv_cache = KvCache::as_is;
    bool scales_attention = false; ///< groups for attention classes: scales of keys, values and queries may be there

    /// compressed-tensors' precedence: exact name, then regular expression, then class; the first group wins. Class
    /// names match as in vLLM: any case, any part of the class that it runs the matrix with. None for a module that is
    /// ignored or that nothing targets.
    std::optional<Scheme> scheme_for(const Module& module) const;
    bool ignores(const Module& module) const;
};

/// True when the pattern is a class name and the module belongs to that class.
bool matches_by_class(const Pattern& pattern, const Module& module);

/// One entry of config_groups. `format` = the configuration's, for a group without its own.
/// Throws Error(unusable_model) with what is wrong with it.
ConfigGroup read_config_group(const std::string& name, const Json& group, const std::string& format,
                              const std::string& file);
/// A group whose only target is an attention class: it carries cache scales, no weights.
bool only_attention(const Json& group);

/// Throws Error(unusable_model): another quantization method, groups that cannot be understood.
QuantizationConfig read_quantization_config(const Json& config, const std::string& file);

} // namespace octavo
