// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>

#include "hardware/hardware.h"

// The parts of detect_hardware(), apart so that tests can feed them.
namespace octavo::detail {

/// What control groups leave of the machine; none = unlimited.
struct CgroupLimits {
    std::optional<double> cores;
    std::optional<std::uint64_t> memory_bytes;
    std::optional<std::uint64_t> memory_left; ///< of the limits, with the page cache that would be given up
};

/// Reads a membership file (the format of /proc/self/cgroup, versions 1 and 2) and follows the groups below `root`
/// (/sys/fs/cgroup) up to their root; the tightest limit on the way counts. Inside a container the named group may not
/// be visible: then the root's own limit counts. Where version 2 is mounted beside version 1, its groups lie in
/// `root`/unified.
CgroupLimits cgroup_limits(const std::filesystem::path& membership, const std::filesystem::path& root);

CpuInfo detect_cpu();

/// Memory nodes that the process is bound to (numactl --membind); empty = none in particular.
std::set<int> bound_nodes();

struct NodeMemory {
    std::uint64_t total = 0, left = 0; ///< bytes; `left` with the page cache that would be given up
};

/// Of the memory nodes that the process may allocate on: those of its cpuset (Mems_allowed_list of a file like
/// /proc/self/status) that are `bound` as well. `nodes` is a folder like /sys/devices/system/node. None = of all nodes,
/// or it cannot be told.
std::optional<NodeMemory> memory_of_nodes(const std::filesystem::path& status, const std::filesystem::path& nodes,
                                          const std::set<int>& bound);

/// The same of this process.
std::optional<NodeMemory> own_nodes();

/// What ulimit -v and ulimit -d leave; none = unlimited.
std::optional<std::uint64_t> left_by_ulimit();

/// MemAvailable of a file like /proc/meminfo, in bytes.
std::optional<std::uint64_t> available_in(const std::filesystem::path& meminfo);

/// The least of what several sources say is left, at least 1; 0 when none says anything.
std::uint64_t least_left(const std::array<std::optional<std::uint64_t>, 4>& said);

/// Fills devices, driver_version and cuda_note.
void detect_cuda(Hardware& hardware);

} // namespace octavo::detail
