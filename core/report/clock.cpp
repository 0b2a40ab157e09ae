// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/clock.h"

#include <cstdio>
#include <ctime>

namespace octavo {

namespace {

std::tm utc(std::chrono::system_clock::time_point time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
    std::tm out{};
    ::gmtime_r(&seconds, &out);
    return out;
}

} // namespace

std::string iso_time(std::chrono::system_clock::time_point time) {
    const std::tm parts = utc(time);
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    const auto milliseconds =
        static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(time - whole).count());
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                  parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds);
    return text;
}

std::string compact_time(std::chrono::system_clock::time_point time) {
    const std::tm parts = utc(time);
    char text[80];
    std::snprintf(text, sizeof text, "%04d%02d%02d-%02d%02d%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                  parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text;
}

} // namespace octavo
