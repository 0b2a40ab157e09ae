// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

// Torch stays behind this header.

struct RecyclingSeen {
    bool same_block = false;       ///< a tensor of the size of one that has just gone lies where that one lay
    bool smaller_fits = false;     ///< so does a slightly smaller one
    bool much_smaller_not = false; ///< but not one of half the size
    bool aligned = false;          ///< every block begins a page
    bool whole = false;            ///< written from end to end, read back
    double kept_at_most = 0;       ///< bytes kept after many large tensors went
    double kept_after_release = 0;
};
RecyclingSeen recycling();
/// Threads that make, fill, check and drop tensors of many sizes at once: how many were found damaged.
long damaged_by_threads();

using Range = std::pair<std::int64_t, std::int64_t>;
struct PortionsSeen {
    std::vector<Range> done;     ///< what work went through, in turn
    std::int64_t attempts = 0;   ///< calls of work
    std::int64_t most_after = 0; ///< items at once in the end
    bool refused = false;        ///< with an OutOfMemoryError
};
/// `rounds` runs over `count` items on a device that runs out of memory for more than `fit` of them.
PortionsSeen portions_of(std::int64_t count, std::int64_t fit, int rounds);
/// Whether another error than that of too little memory comes through, at the first attempt.
bool other_errors_pass();
/// tokens_at_once() of device_memory.h.
std::int64_t tokens_that_fit(std::uint64_t free, std::uint64_t token_bytes);
