// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

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
/// be visible: then the root's own limit counts.
CgroupLimits cgroup_limits(const std::filesystem::path& membership, const std::filesystem::path& root);

CpuInfo detect_cpu();

/// MemAvailable of a file like /proc/meminfo, in bytes.
std::optional<std::uint64_t> available_in(const std::filesystem::path& meminfo);

/// Fills devices, driver_version and cuda_note.
void detect_cuda(Hardware& hardware);

} // namespace octavo::detail
