// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

namespace octavo {

/// Tokens whose inputs a calibrated run keeps for the search of scales: 4096 where those of a layer, `width` numbers a
/// token over all its inputs, fit into 256 MiB; fewer in a wide model, at least 1024.
inline std::int64_t sampled_tokens(std::int64_t width) {
    constexpr std::int64_t kept_floats = std::int64_t(1) << 26;
    return std::clamp<std::int64_t>(kept_floats / std::max<std::int64_t>(width, 1), 1024, 4096);
}

} // namespace octavo
