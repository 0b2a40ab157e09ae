// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "base/error.h"

namespace octavo {

/// Whole file as bytes. Throws Error(io) or, above `limit`, Error(unusable_data).
std::string read_file(const std::filesystem::path& file, std::size_t limit = std::size_t(1) << 30);

/// Writes to a temporary name in the same folder, fsyncs, renames over `file`. Throws Error(io | disk_full).
void write_file_atomically(const std::filesystem::path& file, std::string_view contents);

/// fsync of a file or a folder.
void sync_to_disk(const std::filesystem::path& path);

/// True when `path`, with links resolved, is `folder` or lies below it.
bool lies_inside(const std::filesystem::path& path, const std::filesystem::path& folder);

/// Throws the Error that fits errno (ENOSPC/EDQUOT → disk_full, ENOMEM → out_of_memory, everything else → io).
[[noreturn]] void throw_errno(const Message& what, const std::filesystem::path& file);
/// What the system says about a failure, as a message of its own where it is one that people meet.
Message system_message(const std::error_code& error);

/// Bytes free for this user on the file system that holds `path` (its nearest existing parent).
std::uintmax_t free_bytes(const std::filesystem::path& path);

/// A read-only mapping of a whole file.
class MappedFile {
public:
    MappedFile() = default;
    explicit MappedFile(const std::filesystem::path& file);
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const { return {data_, size_}; }
    /// Tells the kernel that these pages will not be needed again (resident memory stays flat over a large file).
    void drop(std::size_t offset, std::size_t length) const;

private:
    const std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace octavo
