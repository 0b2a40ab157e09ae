// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace octavo {

/// What a calibrated run holds, in bytes: one layer with its Hessians and samples, and the activations of all tokens
/// between two layers.
struct MemoryNeeds {
    std::uint64_t layer = 0, activations = 0;
    std::int64_t tokens = 0;
};

/// What there is. `disk` is where activations would go that do not fit.
struct MemoryAtHand {
    std::uint64_t memory = 0, disk = 0;
};

/// How many bytes of activations stay in memory; the rest goes to a file. Unless `wanted` says it, that is all of them,
/// or what fits beside the layer. Throws Error(out_of_memory), Error(disk_full), with what would fit.
std::uint64_t plan_activations(const MemoryNeeds& needs, const MemoryAtHand& at_hand,
                               std::optional<std::uint64_t> wanted);

/// All of them.
constexpr std::uint64_t in_memory = std::numeric_limits<std::uint64_t>::max();

} // namespace octavo
