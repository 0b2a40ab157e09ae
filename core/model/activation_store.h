// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <filesystem>
#include <vector>

#include "model/device.h"

namespace octavo {

/// Makes the matrices that hold something of all calibration tokens: in memory up to a limit, beyond it in files
/// without a name that the system reads and writes through its page cache. They are used chunk by chunk, so that only
/// the pages of a chunk need memory at a time. The store outlives its tensors.
class ActivationStore {
public:
    /// `in_memory` = bytes; `folder` = on the disk for the rest. On a CUDA device all is in its memory.
    ActivationStore(Device device, std::uint64_t in_memory, std::filesystem::path folder);

    /// float32, not initialised. Throws Error(disk_full | io).
    at::Tensor make(at::IntArrayRef sizes);
    /// What was used until now is not needed for a while: its pages may go.
    void settle() const;

private:
    struct Mapping {
        void* data = nullptr;
        std::size_t bytes = 0;
    };

    Device device_;
    std::uint64_t left_;
    std::filesystem::path folder_;
    std::vector<Mapping> mappings_;
};

} // namespace octavo
