// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include <charconv>

namespace octavo {

std::string Message::english() const {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9') {
            const std::size_t index = static_cast<std::size_t>(text[i + 1] - '1');
            if (index < arguments.size()) {
                out += arguments[index];
                ++i;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

std::string detail::as_argument(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 6);
    return {buffer, end.ptr};
}

namespace {

std::string whole(const Message& what, const Message& advice, const Place& place) {
    std::string out = what.english();
    std::string where;
    const auto add = [&where](const char* label, const std::string& value) {
        if (value.empty()) return;
        where += where.empty() ? "" : ", ";
        where += label + value;
    };
    add("", place.file);
    add("line ", place.line > 0 ? std::to_string(place.line) : "");
    add("tensor ", place.tensor);
    add("layer ", place.layer);
    if (!where.empty()) out += " (" + where + ")";
    if (!advice.empty()) out += "\n" + advice.english();
    return out;
}

} // namespace

Error::Error(ErrorCode code, Message what, Message advice, Place place)
    : std::runtime_error(whole(what, advice, place)), code_(code), message_(std::move(what)),
      advice_(std::move(advice)), place_(std::move(place)) {}

int exit_code(ErrorCode code) {
    switch (code) {
    case ErrorCode::usage: return 2;
    case ErrorCode::unusable_model:
    case ErrorCode::unusable_data:
    case ErrorCode::unusable_recipe:
    case ErrorCode::unusable_run:
    case ErrorCode::unsupported_architecture:
    case ErrorCode::unusable_target:
    case ErrorCode::not_finite: return 3;
    case ErrorCode::verification_failed: return 4;
    case ErrorCode::cancelled: return 130;
    case ErrorCode::disk_full:
    case ErrorCode::io:
    case ErrorCode::out_of_memory:
    case ErrorCode::device_lost:
    case ErrorCode::internal: return 1;
    }
    return 1;
}

const char* name_of(ErrorCode code) {
    switch (code) {
    case ErrorCode::usage: return "usage";
    case ErrorCode::unusable_model: return "unusable_model";
    case ErrorCode::unusable_data: return "unusable_data";
    case ErrorCode::unusable_recipe: return "unusable_recipe";
    case ErrorCode::unusable_run: return "unusable_run";
    case ErrorCode::unsupported_architecture: return "unsupported_architecture";
    case ErrorCode::unusable_target: return "unusable_target";
    case ErrorCode::not_finite: return "not_finite";
    case ErrorCode::verification_failed: return "verification_failed";
    case ErrorCode::disk_full: return "disk_full";
    case ErrorCode::io: return "io";
    case ErrorCode::out_of_memory: return "out_of_memory";
    case ErrorCode::device_lost: return "device_lost";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::internal: return "internal";
    }
    return "internal";
}

} // namespace octavo
