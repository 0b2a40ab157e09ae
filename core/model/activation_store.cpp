// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/activation_store.h"

#include "base/error.h"
#include "base/files.h"

#include <ATen/ops/from_blob.h>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace octavo {

namespace {

/// A file that is gone as soon as it is closed, `bytes` long, with all its blocks there: a full disk is found out now
/// and not by a signal later.
int unnamed_file(const std::filesystem::path& folder, std::size_t bytes) {
    std::string name = (folder / "activations-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    if (file < 0) throw_errno(msg("The file for the activations could not be created"), folder);
    ::unlink(name.c_str());
    if (const int status = ::posix_fallocate(file, 0, static_cast<off_t>(bytes)); status != 0) {
        ::close(file);
        errno = status;
        throw_errno(msg("The file for the activations could not be made large enough"), folder);
    }
    return file;
}

} // namespace

ActivationStore::ActivationStore(Device device, std::uint64_t in_memory, std::filesystem::path folder)
    : device_(device), left_(in_memory), folder_(std::move(folder)) {}

at::Tensor ActivationStore::make(at::IntArrayRef sizes) {
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device_.device);
    std::size_t bytes = sizeof(float);
    for (const std::int64_t size : sizes) bytes *= static_cast<std::size_t>(size);
    if (!device_.is_cpu() || bytes <= left_) {
        if (device_.is_cpu()) left_ -= bytes;
        return at::empty(sizes, options);
    }
    const int file = unnamed_file(folder_, bytes);
    void* data = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    const int status = errno;
    ::close(file);
    errno = status;
    if (data == MAP_FAILED) throw_errno(msg("The file for the activations could not be mapped into memory"), folder_);
    mappings_.push_back({data, bytes});
    return at::from_blob(
        data, sizes, [bytes](void* gone) { ::munmap(gone, bytes); }, options);
}

void ActivationStore::settle() const {
    for (const Mapping& mapping : mappings_) ::madvise(mapping.data, mapping.bytes, MADV_DONTNEED);
}

} // namespace octavo
