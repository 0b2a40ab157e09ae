// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/safetensors.h"

#include "base/error.h"
#include "checkpoint/safetensors_header.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace octavo {

static_assert(std::endian::native == std::endian::little, "safetensors is little endian and tensors are used in place");

namespace {

constexpr std::uint64_t length_bytes = 8;

Message fetch_again() { return msg("Fetch the file again; compare its size with the one at its source."); }

[[noreturn]] void broken(const std::filesystem::path& file, Message what, const std::string& tensor = {}) {
    throw Error(ErrorCode::unusable_model, std::move(what), fetch_again(), {.file = file.string(), .tensor = tensor});
}

/// The header's text, its length checked against the file before anything is read or allocated.
std::string_view header_of(const std::filesystem::path& file, std::span<const std::byte> bytes) {
    if (bytes.size() < length_bytes)
        broken(file, msg("The file is cut off: %1 bytes are too few for a safetensors file", bytes.size()));
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    if (length > largest_safetensors_header)
        broken(file, msg("The header claims %1 bytes, more than the %2 that the format allows", length,
                         largest_safetensors_header));
    if (length > bytes.size() - length_bytes)
        broken(file, msg("The file is cut off: its header claims %1 bytes, but only %2 follow", length,
                         bytes.size() - length_bytes));
    return {reinterpret_cast<const char*>(bytes.data()) + length_bytes, static_cast<std::size_t>(length)};
}

/// Tensors cover the data without overlap, hole or rest (what the reference implementation demands, too).
void check_layout(const std::filesystem::path& file, const std::vector<HeaderEntry>& entries, std::uint64_t available) {
    std::uint64_t position = 0;
    std::string previous;
    for (const HeaderEntry& entry : entries) {
        const std::string& name = entry.spec.name;
        if (entry.end < entry.begin || entry.end - entry.begin != entry.spec.bytes())
            broken(file,
                   msg("The tensor's type and shape need %1 bytes, but its data is said to lie from %2 to %3",
                       entry.spec.bytes(), entry.begin, entry.end),
                   name);
        if (entry.end > available)
            broken(file,
                   msg("The tensor's data ends at byte %1, but the file holds only %2 bytes of data", entry.end,
                       available),
                   name);
        if (entry.begin < position) broken(file, msg("The tensor's data overlaps that of %1", previous), name);
        if (entry.begin > position)
            broken(file, msg("%1 bytes in front of the tensor's data belong to no tensor", entry.begin - position),
                   name);
        position = entry.end;
        previous = name;
    }
    if (position != available)
        broken(file, msg("%1 bytes at the end of the file belong to no tensor", available - position));
}

} // namespace

std::int64_t TensorSpec::elements() const {
    std::int64_t n = 1;
    for (const std::int64_t extent : shape) n *= extent;
    return n;
}

std::uint64_t TensorSpec::bytes() const { return static_cast<std::uint64_t>(elements()) * size_of(dtype); }

SafetensorsFile::SafetensorsFile(const std::filesystem::path& file) : path_(file) {
    std::error_code status;
    if (!std::filesystem::is_regular_file(file, status))
        throw Error(ErrorCode::unusable_model, msg("The weight file is missing"),
                    msg("Check that the model folder is complete."), {.file = file.string()});
    file_ = MappedFile(file);
    const std::string_view header = header_of(file, file_.bytes());
    std::vector<HeaderEntry> entries = parse_safetensors_header(header, file.string(), metadata_);
    std::ranges::sort(entries, [](const HeaderEntry& a, const HeaderEntry& b) {
        return std::tie(a.begin, a.end, a.spec.name) < std::tie(b.begin, b.end, b.spec.name);
    });
    const std::uint64_t data_begin = length_bytes + header.size();
    check_layout(file, entries, file_.bytes().size() - data_begin);
    for (HeaderEntry& entry : entries) {
        index_.emplace(entry.spec.name, tensors_.size());
        begins_.push_back(data_begin + entry.begin);
        tensors_.push_back(std::move(entry.spec));
    }
}

bool SafetensorsFile::contains(std::string_view name) const { return index_.contains(name); }

const TensorSpec& SafetensorsFile::spec(std::string_view name) const {
    const auto found = index_.find(name);
    if (found == index_.end())
        throw Error(ErrorCode::unusable_model, msg("The tensor is missing"),
                    msg("Check that the model folder is complete."),
                    {.file = path_.string(), .tensor = std::string(name)});
    return tensors_[found->second];
}

std::span<const std::byte> SafetensorsFile::data(std::string_view name) const {
    const TensorSpec& found = spec(name);
    const std::size_t index = index_.find(name)->second;
    return file_.bytes().subspan(begins_[index], found.bytes());
}

void SafetensorsFile::drop(std::string_view name) const {
    const TensorSpec& found = spec(name);
    file_.drop(begins_[index_.find(name)->second], found.bytes());
}

} // namespace octavo
