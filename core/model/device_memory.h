// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <limits>

#include "model/device.h"

namespace octavo {

/// Bytes that are free on a CUDA device now; 0 for the CPU and where it cannot be told.
std::uint64_t free_on_device(const Device& device);

/// Tokens to work on at once on a device of which `free` bytes are left for that, when each takes `token_bytes`: a
/// power of two from 512 to 4096, so that the same job has the same chunks, and with them the same sums, as long as
/// about as much is free. 512 where nothing is known.
std::int64_t tokens_at_once(std::uint64_t free, std::uint64_t token_bytes);

/// Most bytes that LibTorch's tensors took on a CUDA device at a time since watch_peak(); 0 for the CPU.
std::uint64_t peak_on_device(const Device& device);
void watch_peak(const Device& device);

/// Work on many items at once that is done in smaller portions, from then on, when a device runs out of memory in it.
class Portions {
public:
    explicit Portions(Device device) : device_(device) {}

    /// work(begin, end) for all of [0, count), in turn. Where LibTorch says that the device has no memory left, what it
    /// keeps for tensors to come is given back, and work is repeated with half as many items: what it does before it
    /// allocates for the last time must bear that. Throws what work throws; c10::OutOfMemoryError when one item alone
    /// does not fit.
    void run(std::int64_t count, const std::function<void(std::int64_t begin, std::int64_t end)>& work);
    std::int64_t most() const { return most_; } ///< items at once

private:
    Device device_;
    std::int64_t most_ = std::numeric_limits<std::int64_t>::max() / 2;
};

} // namespace octavo
