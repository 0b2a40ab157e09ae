// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/fields.h"

#include <cmath>
#include <limits>

namespace octavo {

Fields::Fields(const Json& json, const char* what) : json_(json), what_(what) {
    if (!json.is_object())
        throw Error(ErrorCode::unusable_run, msg("\"%1\" of the run is not a JSON object", what),
                    msg("The file was changed or damaged; use an intact copy."));
}

void Fields::refuse(const char* key) const {
    throw Error(ErrorCode::unusable_run, msg("\"%1\" in \"%2\" of the run has a value of the wrong type", key, what_),
                msg("The file was changed or damaged; use an intact copy."));
}

const Json* Fields::find(const char* key) const {
    const auto found = json_.find(key);
    return found == json_.end() || found->is_null() ? nullptr : &*found;
}

void Fields::read(const char* key, std::string& out) const {
    const Json* value = find(key);
    if (!value) return;
    if (!value->is_string()) refuse(key);
    out = value->get<std::string>();
}

void Fields::read(const char* key, bool& out) const {
    const Json* value = find(key);
    if (!value) return;
    if (!value->is_boolean()) refuse(key);
    out = value->get<bool>();
}

void Fields::read(const char* key, std::int64_t& out) const {
    const Json* value = find(key);
    if (!value) return;
    if (!value->is_number_integer()) refuse(key);
    if (value->is_number_unsigned() &&
        value->get<std::uint64_t>() > std::uint64_t(std::numeric_limits<std::int64_t>::max()))
        refuse(key);
    out = value->get<std::int64_t>();
}

void Fields::read(const char* key, int& out) const {
    std::int64_t wide = out;
    read(key, wide);
    if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()) refuse(key);
    out = static_cast<int>(wide);
}

void Fields::read(const char* key, std::uint64_t& out) const {
    const Json* value = find(key);
    if (!value) return;
    if (!value->is_number_integer() || (!value->is_number_unsigned() && value->get<std::int64_t>() < 0)) refuse(key);
    out = value->get<std::uint64_t>();
}

void Fields::read(const char* key, double& out) const {
    const auto found = json_.find(key);
    if (found == json_.end()) return;
    if (found->is_null())
        out = std::numeric_limits<double>::quiet_NaN();
    else if (found->is_number())
        out = found->get<double>();
    else
        refuse(key);
}

Json finite_number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

namespace {

Json arguments_json(const Message& message) {
    Json out = Json::array();
    for (std::size_t i = 0; i < message.arguments.size(); ++i) {
        if (i < message.parts.size() && !message.parts[i].empty())
            out.push_back({{"text", message.parts[i].text}, {"arguments", arguments_json(message.parts[i])}});
        else
            out.push_back(message.arguments[i]);
    }
    return out;
}

// The reader of JSON bounds the depth.
void read_arguments(const Fields& fields, const char* key, Message& out) {
    const Json* arguments = fields.find(key);
    if (!arguments) return;
    if (!arguments->is_array()) fields.refuse(key);
    for (const Json& argument : *arguments) {
        if (argument.is_string()) {
            out.arguments.push_back(argument.get<std::string>());
            continue;
        }
        if (!argument.is_object()) fields.refuse(key);
        const Fields inner(argument, key);
        Message part;
        inner.read("text", part.text);
        read_arguments(inner, "arguments", part);
        out.parts.resize(out.arguments.size());
        out.arguments.push_back(part.english());
        out.parts.push_back(std::move(part));
    }
}

} // namespace

void write_message(Json& object, const char* key, const Message& message) {
    object[key] = message.english();
    if (message.arguments.empty()) return;
    object[std::string(key) + "_text"] = message.text;
    object[std::string(key) + "_arguments"] = arguments_json(message);
}

Message read_message(const Fields& fields, const char* key) {
    Message out;
    fields.read(key, out.text);
    const std::string text_key = std::string(key) + "_text", arguments_key = std::string(key) + "_arguments";
    if (!fields.find(arguments_key.c_str()) || !fields.find(text_key.c_str())) return out;
    fields.read(text_key.c_str(), out.text);
    read_arguments(fields, arguments_key.c_str(), out);
    return out;
}

std::string document_text(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

} // namespace octavo
