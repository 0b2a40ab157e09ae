// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/reader.h"

#include <algorithm>
#include <cmath>

#include "recipe/near.h"

namespace octavo {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

} // namespace

StrictObject::StrictObject(const Json& json, std::string path, std::string file,
                           std::initializer_list<std::string_view> known)
    : json_(json), path_(std::move(path)), file_(std::move(file)) {
    if (!json.is_object())
        throw Error(ErrorCode::unusable_recipe,
                    path_.empty() ? msg("The recipe is not a JSON object") : msg("\"%1\" is not a JSON object", path_),
                    msg("Write { … } with the keys: %1.", joined({known.begin(), known.end()})), {.file = file_});
    for (const auto& [key, value] : json.items()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        const std::vector<std::string> names(known.begin(), known.end());
        const std::string near = nearest(key, names);
        throw Error(ErrorCode::unusable_recipe, msg("The key \"%1\" is unknown", path_of(key)),
                    near.empty() ? msg("The keys here are: %1.", joined(names)) : msg("Did you mean \"%1\"?", near),
                    {.file = file_});
    }
}

std::string StrictObject::path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

bool StrictObject::has(const char* key) const {
    const auto found = json_.find(key);
    return found != json_.end() && !found->is_null();
}

const Json& StrictObject::at(const char* key) const {
    const auto found = json_.find(key);
    if (found == json_.end())
        throw Error(ErrorCode::unusable_recipe, msg("The key \"%1\" is missing", path_of(key)), msg("Add it."),
                    {.file = file_});
    return *found;
}

void StrictObject::refuse(std::string_view key, const Message& expected) const {
    throw Error(ErrorCode::unusable_recipe, msg("The value of \"%1\" is not %2", path_of(key), expected),
                msg("Correct it in the recipe."), {.file = file_});
}

bool StrictObject::flag(const char* key, bool otherwise) const {
    if (!has(key)) return otherwise;
    if (!at(key).is_boolean()) refuse(key, msg("true or false"));
    return at(key).get<bool>();
}

double StrictObject::number(const char* key, double otherwise, double least, double most) const {
    if (!has(key)) return otherwise;
    const double value = at(key).is_number() ? at(key).get<double>() : NAN;
    if (!(value >= least && value <= most)) refuse(key, msg("a number from %1 to %2", least, most));
    return value;
}

std::int64_t StrictObject::integer(const char* key, std::int64_t otherwise, std::int64_t least,
                                   std::int64_t most) const {
    if (!has(key)) return otherwise;
    const Json& value = at(key);
    const bool fits = value.is_number_integer() &&
                      (!value.is_number_unsigned() || value.get<std::uint64_t>() <= std::uint64_t(INT64_MAX));
    if (!fits || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most)
        refuse(key, msg("a whole number from %1 to %2", least, most));
    return value.get<std::int64_t>();
}

std::string StrictObject::text(const char* key, const std::string& otherwise) const {
    if (!has(key)) return otherwise;
    if (!at(key).is_string()) refuse(key, msg("a text"));
    return at(key).get<std::string>();
}

std::vector<std::string> StrictObject::texts(const char* key, const std::vector<std::string>& otherwise) const {
    if (!has(key)) return otherwise;
    const Json& list = at(key);
    if (!list.is_array()) refuse(key, msg("a list of texts"));
    std::vector<std::string> out;
    for (const Json& one : list) {
        if (!one.is_string() || one.get_ref<const std::string&>().empty())
            refuse(key, msg("a list of texts that are not empty"));
        out.push_back(one.get<std::string>());
    }
    return out;
}

std::size_t StrictObject::choice(const char* key, std::size_t otherwise,
                                 const std::vector<std::string>& choices) const {
    if (!has(key)) return otherwise;
    const std::string written = text(key, {});
    const auto found = std::find(choices.begin(), choices.end(), written);
    if (found == choices.end())
        throw Error(ErrorCode::unusable_recipe, msg("\"%1\" cannot be \"%2\"", path_of(key), written),
                    msg("Use one of: %1.", joined(choices)), {.file = file_});
    return static_cast<std::size_t>(found - choices.begin());
}

} // namespace octavo
