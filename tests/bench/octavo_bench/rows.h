// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace octavo::bench {

/// What a figure is meant to be: at most `value`, or at least.
struct Aim {
    double value = 0;
    bool at_least = false;
};

/// One figure. `limit` is what the machine could do at best, in the same unit; 0 = there is none.
struct Row {
    std::string section, name;
    double value = 0;
    std::string unit; ///< "GFLOP/s", "GB/s", "s", "GiB", …; rates are better when larger, "s" when smaller
    double limit = 0;
    std::string note;
    std::optional<Aim> aim = {};

    bool reaches_aim() const { return !aim || (aim->at_least ? value >= aim->value : value <= aim->value); }
    /// Share of the limit that is reached, 0 without one.
    double fraction() const;
};

Json to_json(const Row& row);
Row row_from_json(const Json& json);
/// "  name   value unit   limit   share  note; aim"; names are filled up to `width` characters.
std::string as_line(const Row& row, std::size_t width);
/// Lines under a heading per section.
std::string as_table(const std::vector<Row>& rows);

/// Seconds of the fastest of several runs of `work`, after one that warms up; at least `budget` seconds are spent.
double fastest(const std::function<void()>& work, double budget = 0.5);

using Report = std::function<void(Row)>;

} // namespace octavo::bench
