// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace octavo::cli {

/// One JSON document on stdout.
void print_json(const Json& json);
/// Text for people on stdout.
void print(const std::string& text);
/// Message, place and advice on stderr; with `json` also {"error": {…}} on stdout.
void report_error(const Error& error, bool json);

std::string bytes_text(std::uint64_t bytes);            ///< "257 MiB"
std::string fixed(double value, int decimals);          ///< "1.25"
std::string scientific(double value);                   ///< "3.1e-05"
std::string duration_text(double seconds);              ///< "0.8 s", "2:05", "1:02:05"
std::string percent(double fraction, int decimals = 1); ///< "12.5 %"

/// Columns of text; the first is set flush left, the others flush right unless `left` says otherwise.
std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& left = {true});

} // namespace octavo::cli
