// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/activation_store.h"

#include "base/error.h"
#include "base/files.h"
#include "quantize/tensor_kernels.h"

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
    if (bytes <= left_) {
        left_ -= bytes;
        return at::empty(sizes, options);
    }
    if (is_on_device(at::empty({0}, options))) {
        // What imitates a device on the CPU has no pinned memory.
        at::Tensor out = at::empty(sizes, at::TensorOptions().dtype(at::kFloat).pinned_memory(!device_.is_cpu()));
        apart_.insert(out.storage().data());
        return out;
    }
    if (!device_.is_cpu()) return at::empty(sizes, options);
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

at::Tensor ActivationStore::make_resident(at::IntArrayRef sizes) {
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device_.device);
    return is_on_device(at::empty({0}, options)) ? at::empty(sizes, options) : make(sizes);
}

// All copies are queued on one stream, that of the computing: each waits for those before it, and the host for none.

at::Tensor ActivationStore::load(const at::Tensor& matrix, std::int64_t begin, std::int64_t end) const {
    const at::Tensor rows = matrix.slice(0, begin, end);
    return is_apart(matrix) ? rows.to(device_.device, at::kFloat, /*non_blocking=*/true, /*copy=*/true) : rows;
}

at::Tensor ActivationStore::room(const at::Tensor& matrix, std::int64_t begin, std::int64_t end) const {
    const at::Tensor rows = matrix.slice(0, begin, end);
    if (!is_apart(matrix)) return rows;
    return at::empty(rows.sizes(), at::TensorOptions().dtype(at::kFloat).device(device_.device));
}

void ActivationStore::save(const at::Tensor& matrix, std::int64_t begin, std::int64_t end,
                           const at::Tensor& rows) const {
    if (is_apart(matrix)) matrix.slice(0, begin, end).copy_(rows, /*non_blocking=*/true);
}

void ActivationStore::settle() const {
    for (const Mapping& mapping : mappings_) ::madvise(mapping.data, mapping.bytes, MADV_DONTNEED);
}

} // namespace octavo
