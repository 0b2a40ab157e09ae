// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/memory_plan.h"

#include <algorithm>

#include "base/error.h"
#include "report/units.h"

namespace octavo {

namespace {

/// Tokens whose activations take `bytes`.
std::int64_t tokens_in(const MemoryNeeds& needs, std::uint64_t bytes) {
    const double share =
        static_cast<double>(bytes) / static_cast<double>(std::max<std::uint64_t>(needs.activations, 1));
    return static_cast<std::int64_t>(share * static_cast<double>(needs.tokens));
}

} // namespace

std::uint64_t plan_activations(const MemoryNeeds& needs, const MemoryAtHand& at_hand,
                               std::optional<std::uint64_t> wanted) {
    if (at_hand.memory == 0) return wanted.value_or(in_memory); // the system does not say
    if (needs.layer > at_hand.memory)
        throw Error(ErrorCode::out_of_memory,
                    msg("One layer of this model needs about %1 of memory while it is solved, and %2 are free",
                        bytes_text(needs.layer), bytes_text(at_hand.memory)),
                    msg("Close other programs, use a machine with more memory, or a recipe that needs no data."));
    const std::uint64_t fits = at_hand.memory - needs.layer, kept = std::min(wanted.value_or(fits), needs.activations);
    if (kept > fits)
        throw Error(ErrorCode::out_of_memory,
                    msg("%1 of activations in memory do not fit: %2 are free, of which a layer takes about %3",
                        bytes_text(kept), bytes_text(at_hand.memory), bytes_text(needs.layer)),
                    msg("Leave --activation-memory out, or give at most %1.", bytes_text(fits)));
    if (needs.activations - kept > at_hand.disk)
        throw Error(ErrorCode::disk_full,
                    msg("The activations of %1 tokens take %2, and neither the memory (%3 free) nor the disk of the "
                        "run folder (%4 free) holds them",
                        needs.tokens, bytes_text(needs.activations), bytes_text(at_hand.memory),
                        bytes_text(at_hand.disk)),
                    msg("Use at most %1 tokens (fewer or shorter samples), or --run-directory on a larger disk.",
                        tokens_in(needs, std::max(fits, at_hand.disk))));
    return kept == needs.activations ? in_memory : kept;
}

} // namespace octavo
