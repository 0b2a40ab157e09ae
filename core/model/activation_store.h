// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <filesystem>
#include <set>
#include <vector>

#include "model/device.h"

namespace octavo {

/// Makes the matrices that hold something of all calibration tokens: in memory up to a limit, beyond it in files
/// without a name that the system reads and writes through its page cache. They are used chunk by chunk, so that only
/// the pages of a chunk need memory at a time. For a CUDA device they lie in its memory up to the limit, beyond it in
/// pinned memory of the host, from where chunks are copied to the device and back. The store outlives its tensors.
class ActivationStore {
public:
    /// `in_memory` = bytes, on a device those of its own memory; `folder` = on the disk for the rest.
    ActivationStore(Device device, std::uint64_t in_memory, std::filesystem::path folder);

    /// float32, not initialised. Throws Error(disk_full | io).
    at::Tensor make(at::IntArrayRef sizes);
    /// The same, on the device whatever the limit: for what is not used by way of the following.
    at::Tensor make_resident(at::IntArrayRef sizes);

    /// Rows [begin, end) of what make() gave, or of a view of it, where they are computed with: themselves, or a copy.
    at::Tensor load(const at::Tensor& matrix, std::int64_t begin, std::int64_t end) const;
    /// The same, to be written: a copy holds nothing yet.
    at::Tensor room(const at::Tensor& matrix, std::int64_t begin, std::int64_t end) const;
    /// After rows of load() or room() were changed: brings a copy back.
    void save(const at::Tensor& matrix, std::int64_t begin, std::int64_t end, const at::Tensor& rows) const;
    /// What was used until now is not needed for a while: its pages may go.
    void settle() const;

private:
    struct Mapping {
        void* data = nullptr;
        std::size_t bytes = 0;
    };

    /// Whether a matrix is not where it is computed with.
    bool is_apart(const at::Tensor& matrix) const { return apart_.contains(matrix.storage().data()); }

    Device device_;
    std::uint64_t left_;
    std::filesystem::path folder_;
    std::vector<Mapping> mappings_;
    std::set<const void*> apart_; ///< where the storage of such matrices begins
};

} // namespace octavo
