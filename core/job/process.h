// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace octavo {

/// Largest resident memory of this process so far (VmHWM), mapped file pages included. Bytes; 0 where /proc does not
/// say.
std::uint64_t peak_resident_bytes();

/// Threads that a job may use: `requested`, or as many as the process may run on when that is 0.
int usable_threads(int requested);

/// "AMD EPYC 7B13", empty when unknown.
std::string cpu_name();

/// Index of the CUDA device that "auto", "cpu" or "cuda:N" means, −1 for the CPU; "auto" takes device 0 where there is
/// one. Throws Error(usage) for any other text, Error(device_lost) for a device that is not there.
int device_index(const std::string& device);

/// Calls work(0) … work(count − 1) on up to `threads` threads, in any order, and waits. The first exception stops the
/// rest and is rethrown.
void parallel_for(int threads, std::int64_t count, const std::function<void(std::int64_t)>& work);

} // namespace octavo
