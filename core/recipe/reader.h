// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace octavo {

/// Reads one JSON object strictly: every key must be known, every value of the type asked for and in range. All members
/// throw Error(unusable_recipe) naming the file and the key with its path ("smoothing.strength").
class StrictObject {
public:
    /// `path` is where the object stands, empty for the whole file.
    StrictObject(const Json& json, std::string path, std::string file, std::initializer_list<std::string_view> known);

    bool has(const char* key) const;       ///< present and not null
    const Json& at(const char* key) const; ///< throws when it is absent
    std::string path_of(std::string_view key) const;
    const std::string& file() const { return file_; }

    bool flag(const char* key, bool otherwise) const;
    double number(const char* key, double otherwise, double least, double most) const;
    std::int64_t integer(const char* key, std::int64_t otherwise, std::int64_t least, std::int64_t most) const;
    std::string text(const char* key, const std::string& otherwise) const;
    std::vector<std::string> texts(const char* key, const std::vector<std::string>& otherwise) const;
    /// Index of the text among `choices`; throws listing them.
    std::size_t choice(const char* key, std::size_t otherwise, const std::vector<std::string>& choices) const;

    [[noreturn]] void refuse(std::string_view key, const Message& expected) const;

private:
    const Json& json_;
    std::string path_, file_;
};

} // namespace octavo
