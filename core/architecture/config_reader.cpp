// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/config_reader.h"

#include <cmath>

namespace octavo {

namespace {

/// A value for a message: short, whatever an untrusted file holds.
std::string shown(const Json& value) {
    std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > 80) text = text.substr(0, 77) + "...";
    return text;
}

} // namespace

const Json* ConfigReader::find(const std::string& key) const {
    const auto found = config_.find(key);
    return found == config_.end() || found->is_null() ? nullptr : &*found;
}

std::int64_t ConfigReader::integer(const std::string& key, std::optional<std::int64_t> fallback, std::int64_t least,
                                   std::int64_t most) const {
    const Json* value = find(key);
    if (!value && !fallback) absent(key);
    if (!value) return *fallback;
    // Some tools write 8192.0 for a whole number.
    const bool whole = value->is_number_float() && std::abs(value->get<double>()) < 1e15 &&
                       value->get<double>() == std::floor(value->get<double>());
    if (!value->is_number_integer() && !whole) wrong(key, *value, msg("a whole number"));
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > static_cast<std::uint64_t>(most))
        wrong(key, *value, msg("a smaller number"));
    const auto number = whole ? static_cast<std::int64_t>(value->get<double>()) : value->get<std::int64_t>();
    if (number < least) wrong(key, *value, msg("a larger number"));
    if (number > most) wrong(key, *value, msg("a smaller number"));
    return number;
}

double ConfigReader::number(const std::string& key, std::optional<double> fallback, double least) const {
    const Json* value = find(key);
    if (!value && !fallback) absent(key);
    if (!value) return *fallback;
    if (!value->is_number()) wrong(key, *value, msg("a number"));
    const double number = value->get<double>();
    if (!std::isfinite(number) || number < least) wrong(key, *value, msg("a number in range"));
    return number;
}

bool ConfigReader::boolean(const std::string& key, bool fallback) const {
    const Json* value = find(key);
    if (!value) return fallback;
    if (!value->is_boolean()) wrong(key, *value, msg("true or false"));
    return value->get<bool>();
}

std::string ConfigReader::string(const std::string& key, std::optional<std::string> fallback) const {
    const Json* value = find(key);
    if (!value && !fallback) absent(key);
    if (!value) return *fallback;
    if (!value->is_string()) wrong(key, *value, msg("a text"));
    return value->get<std::string>();
}

void ConfigReader::wrong(const std::string& key, const Json& value, const Message& expected) const {
    throw Error(ErrorCode::unusable_model, msg("%1 is %2 where %3 is expected", key, shown(value), expected),
                msg("Fetch config.json again or correct it."), {.file = file_});
}

void ConfigReader::absent(const std::string& key) const {
    throw Error(ErrorCode::unusable_model, msg("%1 is missing", key),
                msg("Fetch config.json again; it may be cut short or belong to another program."), {.file = file_});
}

void ConfigReader::unsupported(const std::string& key, const Json& value) const {
    throw Error(ErrorCode::unsupported_architecture,
                msg("Octavo does not know how to run a model with %1 = %2", key, shown(value)),
                msg("Data-free schemes such as FP8_DYNAMIC work for any architecture. If you are sure that this key "
                    "does not change what the model computes, "
                    "remove it from a copy of config.json."),
                {.file = file_});
}

} // namespace octavo
