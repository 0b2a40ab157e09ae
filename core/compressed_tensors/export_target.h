// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace octavo {

/// The folder that an export will become: checked at the door, built under another name beside it, then renamed.
/// Everything that was created disappears with this object unless publish() was called; what a process that was killed
/// left beside the same target goes when the next export to it starts.
class ExportTarget {
public:
    /// Throws Error(unusable_target): exists and overwrite is off, exists and does not look like a checkpoint, touches
    /// `model`, not writable. Throws Error(disk_full) when fewer than `bytes` and a margin are free.
    ExportTarget(const std::filesystem::path& target, const std::filesystem::path& model, bool overwrite,
                 std::uint64_t bytes);
    ~ExportTarget();
    ExportTarget(const ExportTarget&) = delete;
    ExportTarget& operator=(const ExportTarget&) = delete;

    const std::filesystem::path& temporary() const { return temporary_; }
    void publish();

private:
    void create_parents();
    void create_temporary();
    void clean_up() noexcept;

    std::filesystem::path target_, temporary_;
    std::vector<std::filesystem::path> created_parents_; ///< outermost first
    bool overwrite_ = false, published_ = false;
    int lock_ = -1; ///< of the temporary folder: somebody is working on it
};

} // namespace octavo
