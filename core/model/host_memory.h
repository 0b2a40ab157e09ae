// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace octavo {

/// From now on the memory of large CPU tensors is mapped by itself and kept for the next ones when they are gone, up to
/// a limit: its pages are there already, and the heap gets no holes that add up over the layers. Once per process,
/// before tensors are made.
void install_recycling_allocator();

/// Gives what is kept back to the system: at the end of a job.
void release_kept_memory();

/// Gives back what the heap has free: a layer leaves holes of many sizes, which would add up.
void trim_heap();

/// Bytes that are kept for tensors to come.
std::uint64_t kept_bytes();

} // namespace octavo
