// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "checkpoint/dtype.h"

namespace octavo {

struct TensorSpec {
    std::string name;
    Dtype dtype = Dtype::f32;
    std::vector<std::int64_t> shape;

    std::int64_t elements() const;
    std::uint64_t bytes() const; ///< elements() × size_of(dtype)
};

/// One safetensors file, mapped read-only. Everything is checked when it is opened: the header's size before it is
/// read, JSON with duplicate names refused, each dtype, shape and offset against the file, no overlap, no hole, no
/// rest. Format: https://github.com/huggingface/safetensors. Throws Error(unusable_model) naming file and tensor.
class SafetensorsFile {
public:
    explicit SafetensorsFile(const std::filesystem::path& file);

    const std::filesystem::path& path() const { return path_; }
    const std::vector<TensorSpec>& tensors() const { return tensors_; } ///< in the order of their data
    const std::map<std::string, std::string>& metadata() const { return metadata_; }
    bool contains(std::string_view name) const;
    const TensorSpec& spec(std::string_view name) const;          ///< throws Error(unusable_model) when absent
    std::span<const std::byte> data(std::string_view name) const; ///< little endian, row-major, in the mapping
    void drop(std::string_view name) const;                       ///< gives the tensor's pages back

private:
    std::filesystem::path path_;
    MappedFile file_;
    std::vector<TensorSpec> tensors_;
    std::vector<std::uint64_t> begins_; ///< byte offset of each tensor in the file
    std::map<std::string, std::size_t, std::less<>> index_;
    std::map<std::string, std::string> metadata_;
};

/// Writes one safetensors file whose tensors are known beforehand. Data may arrive in any order, each tensor once,
/// whole or in consecutive pieces; the file is complete after finish(). Not atomic by itself: write into a temporary
/// folder.
class SafetensorsWriter {
public:
    SafetensorsWriter(const std::filesystem::path& file, std::vector<TensorSpec> tensors,
                      const std::map<std::string, std::string>& metadata = {{"format", "pt"}});
    ~SafetensorsWriter();
    SafetensorsWriter(const SafetensorsWriter&) = delete;
    SafetensorsWriter& operator=(const SafetensorsWriter&) = delete;

    bool contains(std::string_view name) const;
    /// Appends to the tensor; throws Error(internal) past its end, Error(disk_full | io) from the disk.
    void write(std::string_view name, std::span<const std::byte> piece);
    /// fsyncs and closes; throws Error(internal) naming the first tensor that is not complete.
    void finish();

private:
    struct Slot;
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::map<std::string, Slot, std::less<>> slots_;
};

} // namespace octavo
