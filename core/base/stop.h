// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "base/error.h"

namespace octavo {

/// Throws Error(cancelled) when a stop is requested: long calculations ask between their parts.
inline void throw_if_stopped(const std::stop_token& stop) {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, msg("Cancelled"));
}

} // namespace octavo
