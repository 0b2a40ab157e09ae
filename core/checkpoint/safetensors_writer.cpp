// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/safetensors.h"

#include "base/error.h"
#include "checkpoint/safetensors_header.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace octavo {

struct SafetensorsWriter::Slot {
    std::uint64_t begin = 0; ///< in the file
    std::uint64_t size = 0;
    std::uint64_t written = 0;
};

namespace {

void write_at(int descriptor, std::span<const std::byte> piece, std::uint64_t offset,
              const std::filesystem::path& file) {
    while (!piece.empty()) {
        const ssize_t put = ::pwrite(descriptor, piece.data(), piece.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) throw_errno(msg("The file could not be written"), file);
        piece = piece.subspan(static_cast<std::size_t>(put));
        offset += static_cast<std::uint64_t>(put);
    }
}

/// Reserves the whole file where the file system can, so that a full disk shows before the work and not after it.
void reserve(int descriptor, std::uint64_t size, const std::filesystem::path& file) {
    if (size == 0 || ::fallocate(descriptor, 0, 0, static_cast<off_t>(size)) == 0) return;
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) throw_errno(msg("The file could not be written"), file);
}

} // namespace

SafetensorsWriter::SafetensorsWriter(const std::filesystem::path& file, std::vector<TensorSpec> tensors,
                                     const std::map<std::string, std::string>& metadata)
    : path_(file) {
    // Wide elements first: every tensor is then aligned to its element size, which some readers rely on.
    std::ranges::stable_sort(tensors, std::greater{}, [](const TensorSpec& tensor) { return size_of(tensor.dtype); });
    const std::string header = safetensors_header(tensors, metadata);
    std::uint64_t position = header.size();
    for (const TensorSpec& tensor : tensors) {
        if (!slots_.emplace(tensor.name, Slot{position, tensor.bytes(), 0}).second)
            throw Error(ErrorCode::internal, msg("A tensor would be written twice"), {},
                        {.file = file.string(), .tensor = tensor.name});
        position += tensor.bytes();
    }
    descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw_errno(msg("The file could not be written"), file);
    try {
        reserve(descriptor_, position, file);
        write_at(descriptor_, std::as_bytes(std::span(header)), 0, file);
    } catch (...) {
        ::close(descriptor_);
        throw;
    }
}

SafetensorsWriter::~SafetensorsWriter() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool SafetensorsWriter::contains(std::string_view name) const { return slots_.contains(name); }

void SafetensorsWriter::write(std::string_view name, std::span<const std::byte> piece) {
    const auto found = slots_.find(name);
    if (found == slots_.end() || descriptor_ < 0)
        throw Error(ErrorCode::internal, msg("The file has no place for this tensor"), {},
                    {.file = path_.string(), .tensor = std::string(name)});
    Slot& slot = found->second;
    if (piece.size() > slot.size - slot.written)
        throw Error(ErrorCode::internal,
                    msg("%1 bytes are written to a tensor of %2", slot.written + piece.size(), slot.size), {},
                    {.file = path_.string(), .tensor = std::string(name)});
    write_at(descriptor_, piece, slot.begin + slot.written, path_);
    slot.written += piece.size();
}

void SafetensorsWriter::finish() {
    for (const auto& [name, slot] : slots_)
        if (slot.written != slot.size)
            throw Error(ErrorCode::internal,
                        msg("Only %1 of the tensor's %2 bytes were written", slot.written, slot.size), {},
                        {.file = path_.string(), .tensor = name});
    if (::fsync(descriptor_) != 0) throw_errno(msg("The data could not be written to the disk"), path_);
    const int descriptor = std::exchange(descriptor_, -1);
    if (::close(descriptor) != 0) throw_errno(msg("The file could not be written"), path_);
}

} // namespace octavo
