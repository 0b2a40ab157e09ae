// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/units.h"

#include <charconv>
#include <cmath>

namespace octavo {

namespace {

std::string one_decimal(double value) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, 1);
    return {buffer, end.ptr};
}

std::string two_units(std::int64_t count, std::int64_t ratio, const char* large, const char* small) {
    std::string out = std::to_string(count / ratio) + large;
    if (count % ratio != 0) out += " " + std::to_string(count % ratio) + small;
    return out;
}

} // namespace

std::string bytes_text(std::uint64_t bytes) {
    if (bytes < 1024) return std::to_string(bytes) + " B";
    static constexpr const char* units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    for (; value >= 1023.95 && unit + 1 < std::size(units); ++unit) value /= 1024; // 1023.95 would be shown as 1024.0
    return one_decimal(value) + " " + units[unit];
}

std::string duration_text(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0 || seconds > 1e12) return "–";
    if (seconds < 9.95) return one_decimal(seconds) + " s";
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 60) return std::to_string(whole) + " s";
    if (whole < 3600) return two_units(whole, 60, " min", " s");
    const std::int64_t minutes = (whole + 30) / 60;
    if (minutes < 24 * 60) return two_units(minutes, 60, " h", " min");
    return two_units((minutes + 30) / 60, 24, " d", " h");
}

} // namespace octavo
