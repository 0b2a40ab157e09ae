// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <regex>
#include <string>

#include "recipe/recipe.h"

namespace octavo {

/// One compiled target or ignore pattern: an exact module name, a class name, or "re:" + regular expression
/// (ECMAScript) that has to match from the start of the name but not to its end, as Python's re.match does.
class Pattern {
public:
    /// Throws Error(unusable_recipe) for an expression that does not compile or is too large.
    explicit Pattern(std::string text);

    const std::string& text() const { return text_; }
    bool matches(const Module& module) const;

private:
    std::string text_;
    std::optional<std::regex> expression_;
    std::string literal_; ///< text that every match contains: a cheap test before the expression
};

} // namespace octavo
