// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
