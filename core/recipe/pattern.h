// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <regex>
#include <string>
#include <unordered_map>
#include <vector>

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

/// Patterns that are asked together. Names are looked up: a model of a thousand experts has as many in its ignore list,
/// and each is asked about.
class PatternSet {
public:
    PatternSet() = default;
    /// Throws Error(unusable_recipe) as Pattern does.
    explicit PatternSet(const std::vector<std::string>& texts);
    void add(std::string text);

    std::size_t size() const { return patterns_.size(); }
    bool empty() const { return patterns_.empty(); }
    const Pattern& operator[](std::size_t place) const { return patterns_[place]; }
    auto begin() const { return patterns_.begin(); }
    auto end() const { return patterns_.end(); }

    /// Place of the first pattern that is this text and no expression.
    std::optional<std::size_t> plain(const std::string& text) const;
    /// Place of the first expression that matches.
    std::optional<std::size_t> expression(const Module& module) const;

private:
    std::vector<Pattern> patterns_;
    std::unordered_map<std::string, std::size_t> plain_;
    std::vector<std::size_t> expressions_;
};

} // namespace octavo
