// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

#include "base/error.h"

namespace octavo {

/// Keys keep the order in which they were read or inserted; unknown keys survive a round trip.
using Json = nlohmann::ordered_json;

/// Reads and parses a file of at most `limit` bytes, nesting at most 64 deep.
/// Throws Error(code) naming file and line when it is missing, too large, or not JSON.
Json read_json(const std::filesystem::path& file, ErrorCode code, std::size_t limit = 64u << 20);

/// Parses text the same way; `file` is only for the message.
Json parse_json(std::string_view text, const std::string& file, ErrorCode code);

/// Shortest decimal that reads back as the same double ("0.1", never "0,1").
std::string number_text(double value);

} // namespace octavo
