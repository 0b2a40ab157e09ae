// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"

namespace octavo {

/// Arrays by name, float32, one dimension.
using NamedArrays = std::map<std::string, std::vector<float>>;

/// Reads the arrays of a run that still goes on or ended abruptly: statistics.parts, a file that only grows. It is a
/// row of whole safetensors documents, one for every site or matrix that was finished; each tells its own length, and
/// an array of a later one replaces that of an earlier one. A document cut short at the end (a crash, a copy made in
/// mid-run) is passed over with all that follows.
class StatisticsParts {
public:
    /// Maps the file as it is now; throws Error(io) when it cannot be opened.
    explicit StatisticsParts(const std::filesystem::path& file);
    const std::map<std::string, std::span<const std::byte>>& arrays() const { return arrays_; }
    std::uint64_t whole_bytes() const { return whole_; } ///< where the next document belongs

private:
    MappedFile file_;
    std::map<std::string, std::span<const std::byte>> arrays_; ///< little endian float32, in the mapping
    std::uint64_t whole_ = 0;
};

/// Appends to statistics.parts. A document is there whole or not at all, also when the disk is full.
class PartsWriter {
public:
    /// Makes the file or goes on behind its last whole document. Throws Error(disk_full | io).
    explicit PartsWriter(std::filesystem::path file);
    ~PartsWriter();
    PartsWriter(const PartsWriter&) = delete;
    PartsWriter& operator=(const PartsWriter&) = delete;

    void append(const NamedArrays& arrays);
    void sync(); ///< what was appended survives a loss of power

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t end_ = 0;
};

} // namespace octavo
