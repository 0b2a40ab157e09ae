// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"

#include "base/error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

namespace octavo {

namespace fs = std::filesystem;

namespace {

class Descriptor {
public:
    Descriptor(const fs::path& file, int flags, mode_t mode = 0666)
        : value_(::open(file.c_str(), flags | O_CLOEXEC, mode)) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }

private:
    int value_;
};

} // namespace

Message system_message(const std::error_code& error) {
    // strerror() speaks the language of the system, which is not always that of the window.
    switch (error.value()) {
    case EACCES:
    case EPERM: return msg("permission denied");
    case EDQUOT:
    case ENOSPC: return msg("the disk is full");
    case EEXIST:
    case ENOTEMPTY: return msg("it exists already");
    case EFBIG: return msg("the file is too large");
    case EIO: return msg("the device reports an error");
    case EISDIR: return msg("it is a folder");
    case ELOOP: return msg("its links lead in a circle");
    case EMFILE:
    case ENFILE: return msg("too many files are open");
    case ENAMETOOLONG: return msg("the name is too long");
    case ENOENT: return msg("there is no such file or folder");
    case ENOMEM: return msg("there is not enough memory");
    case ENOTDIR: return msg("a part of its path is not a folder");
    case EROFS: return msg("the file system is read-only");
    default: return msg("system error %1 (%2)", error.value(), error.message());
    }
}

namespace {

Message advice_for(int error) {
    switch (error) {
    case EDQUOT:
    case ENOSPC: return msg("Free some space or choose another folder, then repeat.");
    case EFBIG: return msg("Choose a disk that may hold files of that size, or raise the limit (ulimit -f).");
    case EROFS:
        return msg("Choose a folder on another disk. One that became read-only while it was used may have failed: see "
                   "dmesg.");
    case EIO: return msg("The disk or the connection to it may be failing: see dmesg, and use another one.");
    case EMFILE:
    case ENFILE: return msg("Close other programs, or raise the limit (ulimit -n).");
    case ENOMEM: return msg("Close other programs, or raise the limit (ulimit -v).");
    default: return msg("Check that the path exists and that you may use it.");
    }
}

ErrorCode code_for(int error) {
    if (error == ENOSPC || error == EDQUOT) return ErrorCode::disk_full;
    return error == ENOMEM ? ErrorCode::out_of_memory : ErrorCode::io;
}

} // namespace

void throw_errno(const Message& what, const fs::path& file) {
    const std::error_code error(errno, std::generic_category());
    throw Error(code_for(error.value()), msg("%1: %2", what, system_message(error)), advice_for(error.value()),
                {.file = file.string()});
}

std::string read_file(const fs::path& file, std::size_t limit) {
    const Descriptor in(file, O_RDONLY);
    struct stat info {};
    if (in.get() < 0 || ::fstat(in.get(), &info) != 0) throw_errno(msg("The file could not be read"), file);
    if (S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        throw_errno(msg("The file could not be read"), file);
    }
    if (static_cast<std::size_t>(info.st_size) > limit)
        throw Error(ErrorCode::unusable_data, msg("The file is larger than the limit of %1 bytes", limit), {},
                    {.file = file.string()});
    std::string out;
    out.reserve(static_cast<std::size_t>(info.st_size));
    char buffer[1 << 16];
    for (;;) {
        const ssize_t got = ::read(in.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw_errno(msg("The file could not be read"), file);
        if (got == 0) break;
        out.append(buffer, static_cast<std::size_t>(got));
        if (out.size() > limit)
            throw Error(ErrorCode::unusable_data, msg("The file is larger than the limit of %1 bytes", limit), {},
                        {.file = file.string()});
    }
    return out;
}

void sync_to_disk(const fs::path& path) {
    const Descriptor handle(path, O_RDONLY);
    if (handle.get() < 0 || ::fsync(handle.get()) != 0)
        throw_errno(msg("The data could not be written to the disk"), path);
}

void write_file_atomically(const fs::path& file, std::string_view contents) {
    fs::path temporary = file;
    temporary += ".tmp" + std::to_string(::getpid());
    try {
        {
            const Descriptor out(temporary, O_WRONLY | O_CREAT | O_TRUNC);
            if (out.get() < 0) throw_errno(msg("The file could not be written"), temporary);
            while (!contents.empty()) {
                const ssize_t put = ::write(out.get(), contents.data(), contents.size());
                if (put < 0 && errno == EINTR) continue;
                if (put < 0) throw_errno(msg("The file could not be written"), temporary);
                contents.remove_prefix(static_cast<std::size_t>(put));
            }
            if (::fsync(out.get()) != 0) throw_errno(msg("The file could not be written"), temporary);
        }
        if (::rename(temporary.c_str(), file.c_str()) != 0)
            throw_errno(msg("The file or folder could not be renamed"), file);
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    sync_to_disk(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

bool lies_inside(const fs::path& path, const fs::path& folder) {
    std::error_code status;
    const fs::path a = fs::weakly_canonical(path, status), b = fs::weakly_canonical(folder, status);
    const fs::path relative = a.lexically_relative(b);
    return !relative.empty() && *relative.begin() != "..";
}

std::uintmax_t free_bytes(const fs::path& path) {
    std::error_code status;
    fs::path existing = fs::absolute(path, status);
    while (!fs::exists(existing, status) && existing.has_parent_path() && existing != existing.parent_path())
        existing = existing.parent_path();
    const auto space = fs::space(existing, status);
    if (status)
        throw Error(ErrorCode::io, msg("The free space could not be read: %1", system_message(status)), {},
                    {.file = existing.string()});
    return space.available;
}

MappedFile::MappedFile(const fs::path& file) {
    const Descriptor in(file, O_RDONLY);
    struct stat info {};
    if (in.get() < 0 || ::fstat(in.get(), &info) != 0) throw_errno(msg("The file could not be opened"), file);
    size_ = static_cast<std::size_t>(info.st_size);
    if (size_ == 0) return;
    void* mapping = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, in.get(), 0);
    if (mapping == MAP_FAILED) throw_errno(msg("The file could not be mapped into memory"), file);
    data_ = static_cast<const std::byte*>(mapping);
}

MappedFile::~MappedFile() {
    if (data_) ::munmap(const_cast<std::byte*>(data_), size_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

void MappedFile::drop(std::size_t offset, std::size_t length) const {
    if (!data_ || length == 0) return;
    // Only whole pages inside the range: a neighbour's page may still be in use.
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t begin = (offset + page - 1) / page * page, end = std::min(offset + length, size_) / page * page;
    if (begin < end) ::madvise(const_cast<std::byte*>(data_) + begin, end - begin, MADV_DONTNEED);
}

} // namespace octavo
