// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/pattern.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace octavo {

namespace {

constexpr std::size_t longest_name = 512;
// Characters of the expression times its counted repetitions: bounds the automaton, over which the library recurses.
constexpr std::size_t largest_expression = 8192;

// Breadth-first matching: time linear in the name however the expression is written, no recursion along the name.
// Back-references are refused by it.
#ifdef __GLIBCXX__
constexpr auto flags = std::regex::ECMAScript | std::regex::optimize | std::regex_constants::__polynomial;
#else
constexpr auto flags = std::regex::ECMAScript | std::regex::optimize;
#endif

[[noreturn]] void refuse(const std::string& pattern, const Message& why) {
    throw Error(ErrorCode::unusable_recipe,
                msg("The pattern \"%1\" is not a usable regular expression: %2", pattern, why),
                msg("Correct it; re:.*\\.mlp\\..* for example matches every matrix of every MLP."));
}

// Product of the numbers in {…} times the length: how many states the automaton can get at most, up to a small factor.
std::size_t expanded_size(std::string_view expression) {
    std::size_t size = expression.size();
    for (std::size_t i = 0; i < expression.size() && size <= largest_expression; ++i) {
        if (expression[i] == '\\') {
            ++i;
            continue;
        }
        if (expression[i] != '{') continue;
        std::size_t most = 1, value = 0;
        const char* end = expression.data() + expression.size();
        for (const char* at = expression.data() + i + 1; at < end && *at != '}';) {
            const auto parsed = std::from_chars(at, end, value);
            if (parsed.ec == std::errc::result_out_of_range) return largest_expression + 1;
            if (parsed.ec == std::errc()) most = std::max(most, value);
            at = parsed.ec == std::errc() ? parsed.ptr : at + 1;
        }
        size = most > largest_expression ? largest_expression + 1 : size * most;
    }
    return size;
}

// One step through an expression: an escape, a class, a whole parenthesis or one character.
std::size_t end_of_atom(std::string_view expression, std::size_t at) {
    if (expression[at] == '\\') return std::min(at + 2, expression.size());
    const char closing = expression[at] == '[' ? ']' : expression[at] == '(' ? ')' : '\0';
    if (closing == '\0') return at + 1;
    int depth = 0;
    for (std::size_t i = at; i < expression.size(); ++i) {
        if (expression[i] == '\\') {
            ++i;
            continue;
        }
        if (closing == ')' && expression[i] == '[') {
            i = end_of_atom(expression, i) - 1;
            continue;
        }
        if (closing == ')' && expression[i] == '(') ++depth;
        if (expression[i] == closing && (closing == ']' || --depth == 0)) return i + 1;
    }
    return expression.size();
}

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// The longest run of plain characters outside of parentheses and classes; empty when there is an alternative at the
// top.
std::string required_literal(std::string_view expression) {
    std::string best, run;
    const auto close = [&] {
        if (run.size() > best.size()) best = run;
        run.clear();
    };
    for (std::size_t at = 0; at < expression.size();) {
        const std::size_t end = end_of_atom(expression, at);
        const std::string_view atom = expression.substr(at, end - at);
        if (atom == "|") return {};
        const bool escaped = atom.size() == 2 && atom[0] == '\\' && !is_plain(atom[1]);
        const bool plain = escaped || (atom.size() == 1 && is_plain(atom[0]));
        const char next = end < expression.size() ? expression[end] : '\0';
        const bool optional = next == '*' || next == '?' || next == '{';
        if (plain && !optional) run += atom.back();
        if (!plain || optional || next == '+') close();
        at = end;
    }
    close();
    return best;
}

} // namespace

Pattern::Pattern(std::string text) : text_(std::move(text)) {
    if (!text_.starts_with("re:")) return;
    const std::string expression = text_.substr(3);
    if (expression.empty()) refuse(text_, msg("it is empty"));
    if (expanded_size(expression) > largest_expression) refuse(text_, msg("it is too large"));
    try {
        expression_.emplace(expression, flags);
    } catch (const std::regex_error& error) {
        refuse(text_, msg("%1", error.what()));
    }
    literal_ = required_literal(expression);
}

bool Pattern::matches(const Module& module) const {
    if (!expression_) return text_ == module.name || text_ == module.class_name;
    if (module.name.size() > longest_name) {
        throw Error(
            ErrorCode::unusable_recipe,
            msg("A module name is longer than the %1 characters that patterns are matched against", longest_name),
            msg("Name this module exactly instead of using re: patterns."), {.layer = module.name.substr(0, 80) + "…"});
    }
    if (!literal_.empty() && module.name.find(literal_) == std::string::npos) return false;
    return std::regex_search(module.name, *expression_, std::regex_constants::match_continuous);
}

PatternSet::PatternSet(const std::vector<std::string>& texts) {
    patterns_.reserve(texts.size());
    for (const std::string& text : texts) add(text);
}

void PatternSet::add(std::string text) {
    // A text that is no pattern leaves nothing behind: who reads a list may go on after it.
    patterns_.emplace_back(std::move(text));
    const std::size_t place = patterns_.size() - 1;
    const std::string& kept = patterns_.back().text();
    if (kept.starts_with("re:"))
        expressions_.push_back(place);
    else
        plain_.emplace(kept, place);
}

std::optional<std::size_t> PatternSet::plain(const std::string& text) const {
    const auto found = plain_.find(text);
    return found == plain_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> PatternSet::expression(const Module& module) const {
    for (const std::size_t place : expressions_)
        if (patterns_[place].matches(module)) return place;
    return {};
}

bool matches(const std::string& pattern, const Module& module) { return Pattern(pattern).matches(module); }

} // namespace octavo
