// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/yaml_reader.h"

#include <charconv>
#include <set>

namespace octavo {

namespace {

constexpr std::size_t largest_text = 4u << 20;
constexpr int deepest = 32;
constexpr std::size_t most_nodes = 100'000; ///< counted with every use of an alias

[[noreturn]] void refuse_at(Message what, Message advice, const std::string& file, const YAML::Mark& mark) {
    throw Error(ErrorCode::unusable_recipe, std::move(what), std::move(advice),
                {.file = file, .line = mark.is_null() ? 0 : mark.line + 1});
}

/// Everything that is read later is bounded by what is counted here.
void check_size(const YAML::Node& node, int depth, std::size_t& nodes, const std::string& file) {
    if (depth > deepest || ++nodes > most_nodes)
        refuse_at(msg("The document is nested too deeply or too large for a recipe"), msg("Use the recipe alone."),
                  file, node.Mark());
    if (node.IsSequence())
        for (const YAML::Node& item : node) check_size(item, depth + 1, nodes, file);
    if (node.IsMap())
        for (const auto& entry : node) {
            check_size(entry.first, depth + 1, nodes, file);
            check_size(entry.second, depth + 1, nodes, file);
        }
}

Json scalar(const std::string& text, bool quoted) {
    if (quoted) return text;
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return nullptr;
    if (text == "true" || text == "True" || text == "TRUE") return true;
    if (text == "false" || text == "False" || text == "FALSE") return false;
    const char *begin = text.data(), *end = begin + text.size();
    if (*begin == '+') ++begin;
    std::int64_t whole = 0;
    if (const auto [rest, status] = std::from_chars(begin, end, whole); status == std::errc() && rest == end)
        return whole;
    double number = 0;
    if (const auto [rest, status] = std::from_chars(begin, end, number); status == std::errc() && rest == end)
        return number;
    return text;
}

} // namespace

YamlNode YamlNode::parse(const std::string& text, const std::string& file) {
    if (text.size() > largest_text)
        throw Error(ErrorCode::unusable_recipe, msg("The file is too large for a recipe"), msg("Use the recipe alone."),
                    {.file = file});
    YAML::Node root;
    try {
        root = YAML::Load(text);
    } catch (const YAML::Exception& error) {
        refuse_at(msg("This is not valid YAML: %1", error.msg), msg("Mend the file at this line."), file, error.mark);
    }
    std::size_t nodes = 0;
    check_size(root, 0, nodes, file);
    if (!root.IsMap())
        refuse_at(msg("The file holds no recipe of llm-compressor"),
                  msg("It has to start with a stage, as in \"default_stage:\"."), file, root.Mark());
    const YAML::Mark start = root.Mark();
    return {std::move(root), {}, start, file};
}

std::vector<YamlNode> YamlNode::entries() const {
    if (!node_.IsMap()) refuse(msg("a map of names and values"));
    std::vector<YamlNode> out;
    std::set<std::string> seen;
    for (const auto& entry : node_) {
        const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
        if (key.empty() || !seen.insert(key).second)
            refuse_at(msg("The name \"%1\" stands here twice, or is none", key), msg("Remove one of them."), file_,
                      entry.first.Mark());
        out.push_back({entry.second, key, entry.first.Mark(), file_});
    }
    return out;
}

std::vector<YamlNode> YamlNode::items() const {
    if (!node_.IsSequence()) refuse(msg("a list"));
    std::vector<YamlNode> out;
    for (const YAML::Node& item : node_) out.push_back({item, name_, item.Mark(), file_});
    return out;
}

std::string YamlNode::text() const {
    if (!node_.IsScalar()) refuse(msg("a text"));
    return node_.Scalar();
}

std::vector<std::string> YamlNode::texts() const {
    if (node_.IsScalar()) return {node_.Scalar()};
    std::vector<std::string> out;
    for (const YamlNode& item : items()) out.push_back(item.text());
    return out;
}

double YamlNode::number(double least, double most) const {
    const Json value = json();
    if (!value.is_number() || value.get<double>() < least || value.get<double>() > most)
        refuse(msg("a number from %1 to %2", least, most));
    return value.get<double>();
}

bool YamlNode::flag() const {
    const Json value = json();
    if (!value.is_boolean()) refuse(msg("true or false"));
    return value.get<bool>();
}

Json YamlNode::json() const {
    if (node_.IsScalar()) return scalar(node_.Scalar(), node_.Tag() == "!");
    if (node_.IsSequence()) {
        Json out = Json::array();
        for (const YamlNode& item : items()) out.push_back(item.json());
        return out;
    }
    if (!node_.IsMap()) return nullptr;
    Json out = Json::object();
    for (const YamlNode& entry : entries()) out[entry.name()] = entry.json();
    return out;
}

void YamlNode::refuse(const Message& expected) const {
    refuse_at(msg("The value of \"%1\" is not %2", name_, expected), msg("Correct it in the recipe."), file_, mark_);
}

void YamlNode::refuse(Message what, Message advice) const {
    refuse_at(std::move(what), std::move(advice), file_, mark_);
}

} // namespace octavo
