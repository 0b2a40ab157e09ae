// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/statistics_parts.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/uio.h>
#include <unistd.h>

#include "base/error.h"
#include "checkpoint/safetensors_header.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t length_bytes = 8;

/// The document at the start of `bytes`: its arrays and its size; none when it is not whole or not sound.
struct Document {
    std::vector<HeaderEntry> entries;
    std::uint64_t data_begin = 0, size = 0;
};

std::optional<Document> first_document(std::span<const std::byte> bytes, const std::string& file) {
    if (bytes.size() < length_bytes) return std::nullopt;
    std::uint64_t header = 0;
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header == 0 || header > largest_safetensors_header || header > bytes.size() - length_bytes) return std::nullopt;
    Document out;
    out.data_begin = out.size = length_bytes + header;
    const std::uint64_t available = bytes.size() - out.data_begin;
    std::map<std::string, std::string> metadata;
    try {
        out.entries = parse_safetensors_header(
            {reinterpret_cast<const char*>(bytes.data()) + length_bytes, static_cast<std::size_t>(header)}, file,
            metadata);
    } catch (const Error&) {
        return std::nullopt;
    }
    for (const HeaderEntry& entry : out.entries) {
        if (entry.begin > entry.end || entry.end > available || entry.end - entry.begin != entry.spec.bytes())
            return std::nullopt;
        out.size = std::max(out.size, out.data_begin + entry.end);
    }
    return out;
}

/// All of it, from `offset`; throws when the disk takes less.
void write_all(int descriptor, std::string_view header, const NamedArrays& arrays, std::uint64_t offset,
               const fs::path& file) {
    const auto put = [&](const void* data, std::size_t size) {
        const char* at = static_cast<const char*>(data);
        while (size > 0) {
            const ssize_t written = ::pwrite(descriptor, at, size, static_cast<off_t>(offset));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw_errno(msg("The file could not be written"), file);
            at += written;
            offset += static_cast<std::uint64_t>(written);
            size -= static_cast<std::size_t>(written);
        }
    };
    // The header last: until it stands, the document is not there for a reader.
    const std::uint64_t begin = offset;
    offset += header.size();
    for (const auto& [name, values] : arrays) put(values.data(), values.size() * sizeof(float));
    offset = begin;
    put(header.data(), header.size());
}

} // namespace

StatisticsParts::StatisticsParts(const fs::path& file) : file_(file) {
    std::span<const std::byte> rest = file_.bytes();
    while (const std::optional<Document> document = first_document(rest, file.string())) {
        for (const HeaderEntry& entry : document->entries)
            if (entry.spec.dtype == Dtype::f32)
                arrays_[entry.spec.name] = rest.subspan(static_cast<std::size_t>(document->data_begin + entry.begin),
                                                        static_cast<std::size_t>(entry.end - entry.begin));
        whole_ += document->size;
        rest = rest.subspan(static_cast<std::size_t>(document->size));
    }
}

PartsWriter::PartsWriter(fs::path file) : path_(std::move(file)) {
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw_errno(msg("The file could not be written"), path_);
    try {
        end_ = StatisticsParts(path_).whole_bytes();
        if (::ftruncate(descriptor_, static_cast<off_t>(end_)) != 0)
            throw_errno(msg("The file could not be written"), path_);
    } catch (...) {
        ::close(descriptor_);
        throw;
    }
}

PartsWriter::~PartsWriter() { ::close(descriptor_); }

void PartsWriter::append(const NamedArrays& arrays) {
    std::vector<TensorSpec> specs;
    std::uint64_t size = 0;
    for (const auto& [name, values] : arrays) {
        specs.push_back({name, Dtype::f32, {static_cast<std::int64_t>(values.size())}});
        size += values.size() * sizeof(float);
    }
    const std::string header = safetensors_header(specs, {});
    try {
        write_all(descriptor_, header, arrays, end_, path_);
    } catch (...) {
        // Half a document would hide those that follow once there is room again.
        if (::ftruncate(descriptor_, static_cast<off_t>(end_)) != 0) size = 0;
        throw;
    }
    end_ += header.size() + size;
}

void PartsWriter::sync() {
    if (::fdatasync(descriptor_) != 0) throw_errno(msg("The data could not be written to the disk"), path_);
}

} // namespace octavo
