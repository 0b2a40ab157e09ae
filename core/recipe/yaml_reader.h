// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "base/json.h"

namespace octavo {

/// A node of a YAML document that knows its name and place. All members throw Error(unusable_recipe) with file and
/// line.
class YamlNode {
public:
    /// The whole document, which must be a map. Large, deep or many-headed (alias) documents are refused.
    static YamlNode parse(const std::string& text, const std::string& file);

    const std::string& name() const { return name_; }
    bool is_null() const { return node_.IsNull(); }
    bool is_list() const { return node_.IsSequence(); }
    bool is_map() const { return node_.IsMap(); }

    std::vector<YamlNode> entries() const; ///< of a map, in order; no name twice
    std::vector<YamlNode> items() const;   ///< of a list
    std::string text() const;
    std::vector<std::string> texts() const; ///< a list, or one text
    double number(double least, double most) const;
    bool flag() const;
    Json json() const; ///< scalars as YAML's core schema reads them

    /// "NAME of PARENT is not EXPECTED".
    [[noreturn]] void refuse(const Message& expected) const;
    [[noreturn]] void refuse(Message what, Message advice) const;

private:
    YamlNode(YAML::Node node, std::string name, const YAML::Mark& mark, const std::string& file)
        : node_(std::move(node)), name_(std::move(name)), mark_(mark), file_(file) {}

    YAML::Node node_;
    std::string name_;
    YAML::Mark mark_; ///< of the name, where there is one
    std::string file_;
};

} // namespace octavo
