// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <optional>
#include <string>

#include "base/json.h"

namespace octavo {

/// Typed access to config.json that names file and key when a value is not what it should be. null counts as absent,
/// as it does for transformers.
class ConfigReader {
public:
    ConfigReader(const Json& config, std::string file) : config_(config), file_(std::move(file)) {}

    const std::string& file() const { return file_; }
    const Json& json() const { return config_; }
    const Json* find(const std::string& key) const; ///< nullptr when absent or null

    /// Throw Error(unusable_model) for a wrong type or a value out of range, or, without a fallback, an absent key.
    std::int64_t integer(const std::string& key, std::optional<std::int64_t> fallback, std::int64_t least,
                         std::int64_t most) const;
    double number(const std::string& key, std::optional<double> fallback,
                  double least = -std::numeric_limits<double>::max()) const;
    bool boolean(const std::string& key, bool fallback) const;
    std::string string(const std::string& key, std::optional<std::string> fallback) const;

    [[noreturn]] void wrong(const std::string& key, const Json& value, const Message& expected) const;
    [[noreturn]] void wrong(const std::string& key, const Json& value, const char* expected) const {
        wrong(key, value, msg("%1", expected));
    }
    [[noreturn]] void absent(const std::string& key) const;
    /// Error(unsupported_architecture): the key asks for something that Octavo does not compute.
    [[noreturn]] void unsupported(const std::string& key, const Json& value) const;

private:
    const Json& config_;
    std::string file_;
};

} // namespace octavo
