// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace octavo::bench {

namespace {

/// Three significant digits, never an exponent.
std::string short_number(double value) {
    if (value == 0) return "0";
    const int digits = std::clamp(2 - static_cast<int>(std::floor(std::log10(std::fabs(value)))), 0, 6);
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string percent(double fraction) {
    char text[16];
    std::snprintf(text, sizeof text, "%.0f %%", 100 * fraction);
    return fraction > 0 ? text : "";
}

} // namespace

double Row::fraction() const {
    if (limit <= 0 || value <= 0) return 0;
    return unit == "s" ? limit / value : value / limit;
}

Json to_json(const Row& row) {
    Json out = {{"section", row.section}, {"name", row.name}, {"value", row.value}, {"unit", row.unit}};
    if (row.limit > 0) {
        out["limit"] = row.limit;
        out["fraction"] = row.fraction();
    }
    if (!row.note.empty()) out["note"] = row.note;
    if (row.aim) {
        out["aim"] = {{row.aim->at_least ? "at_least" : "at_most", row.aim->value}};
        out["reached"] = row.reaches_aim();
    }
    return out;
}

Row row_from_json(const Json& json) {
    Row out{json.at("section"), json.at("name"),          json.at("value"),
            json.at("unit"),    json.value("limit", 0.0), json.value("note", std::string())};
    if (const auto aim = json.find("aim"); aim != json.end()) {
        const bool at_least = aim->contains("at_least");
        out.aim = Aim{aim->at(at_least ? "at_least" : "at_most"), at_least};
    }
    return out;
}

std::string as_line(const Row& row, std::size_t width) {
    char text[512];
    std::snprintf(text, sizeof text, "  %-*s %10s %-8s %10s %6s", static_cast<int>(width), row.name.c_str(),
                  row.unit.empty() ? "" : short_number(row.value).c_str(), row.unit.c_str(),
                  row.limit > 0 ? short_number(row.limit).c_str() : "", percent(row.fraction()).c_str());
    std::string line = text;
    if (!row.note.empty()) line += "  " + row.note;
    if (row.aim)
        line += std::string(row.note.empty() ? "  " : "; ") + "aim: at " + (row.aim->at_least ? "least " : "most ") +
                short_number(row.aim->value) + (row.reaches_aim() ? ", reached" : ", MISSED");
    line.resize(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

std::string as_table(const std::vector<Row>& rows) {
    std::size_t width = 0;
    for (const Row& row : rows) width = std::max(width, row.name.size());
    std::string out, section;
    for (const Row& row : rows) {
        if (row.section != section) {
            section = row.section;
            out += (out.empty() ? "" : "\n") + section + "\n";
        }
        out += as_line(row, width);
    }
    return out;
}

double fastest(const std::function<void()>& work, double budget) {
    using Clock = std::chrono::steady_clock;
    work();
    double best = INFINITY, spent = 0;
    for (int runs = 0; runs < 3 || spent < budget; ++runs) {
        const auto started = Clock::now();
        work();
        const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
        best = std::min(best, seconds);
        spent += seconds;
        if (spent > 6 * budget) break;
    }
    return best;
}

} // namespace octavo::bench
