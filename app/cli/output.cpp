// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

#include "terminal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace octavo::cli {

namespace {

void put(std::FILE* out, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), out);
    std::fflush(out);
}

std::string formatted(double value, std::chars_format format, int precision) {
    char buffer[400];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, format, precision);
    return {buffer, end.ptr};
}

std::string two_digits(long value) { return (value < 10 ? "0" : "") + std::to_string(value); }

} // namespace

// A path may hold bytes that are no UTF-8: replaced in the document rather than losing the document.
void print_json(const Json& json) { put(stdout, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"); }

void print(const std::string& text) { put(stdout, text); }

void report_error(const Error& error, bool json) {
    const Place& place = error.place();
    std::string where;
    const auto add = [&where](const std::string& part) { where += (where.empty() ? "" : ", ") + part; };
    if (!place.file.empty()) add(place.file);
    if (place.line > 0) add("line " + std::to_string(place.line));
    if (!place.tensor.empty()) add("tensor " + place.tensor);
    if (!place.layer.empty()) add("layer " + place.layer);
    std::string text = "error: " + error.message().english() + "\n";
    if (!where.empty()) text += "  where: " + where + "\n";
    if (!error.advice().empty()) text += "  advice: " + error.advice().english() + "\n";
    put(stderr, text);
    if (!json) return;
    Json out;
    Json& body = out["error"];
    body["code"] = name_of(error.code());
    body["message"] = error.message().english();
    body["advice"] = error.advice().english();
    body["place"] = {{"file", place.file}, {"line", place.line}, {"tensor", place.tensor}, {"layer", place.layer}};
    print_json(out);
}

std::string fixed(double value, int decimals) { return formatted(value, std::chars_format::fixed, decimals); }

std::string scientific(double value) { return formatted(value, std::chars_format::scientific, 1); }

std::string percent(double fraction, int decimals) { return fixed(fraction * 100, decimals) + " %"; }

std::string bytes_text(std::uint64_t bytes) {
    const char* units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1000 && unit + 1 < std::size(units)) {
        value /= 1024;
        ++unit;
    }
    return fixed(value, unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2) + " " + units[unit];
}

std::string duration_text(double seconds) {
    if (!(seconds >= 0)) return "?";
    if (seconds < 60) return fixed(seconds, seconds < 10 ? 1 : 0) + " s";
    const long whole = std::lround(std::min(seconds, 3.6e8));
    const long hours = whole / 3600, minutes = whole / 60 % 60;
    return (hours > 0 ? std::to_string(hours) + ":" + two_digits(minutes) : std::to_string(minutes)) + ":" +
           two_digits(whole % 60);
}

std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& left) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string space(widths[i] - width_of(row[i]), ' ');
            line += i < left.size() && left[i] ? row[i] + space : space + row[i];
            line += "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += "  " + line + "\n";
    }
    return out;
}

} // namespace octavo::cli
