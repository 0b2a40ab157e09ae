// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace octavo {

/// Bytes in binary units with one decimal: "0 B", "1023 B", "256.6 MiB".
std::string bytes_text(std::uint64_t bytes);

/// Seconds for people, in the two largest units: "0.4 s", "42 s", "1 min 40 s", "2 h 5 min", "3 d 4 h"; "–" when not
/// known (negative or not finite).
std::string duration_text(double seconds);

} // namespace octavo
