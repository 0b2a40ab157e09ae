// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

namespace octavo {

/// "2026-11-24T10:15:00.123Z"
std::string iso_time(std::chrono::system_clock::time_point time);

/// "20261124-101500", UTC
std::string compact_time(std::chrono::system_clock::time_point time);

} // namespace octavo
