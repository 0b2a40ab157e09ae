// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/gguf_file.h"

#include "base/error.h"

#include <cstring>
#include <set>

namespace octavo {

namespace {

constexpr std::uint64_t most_values = 1 << 16, most_tensors = 1 << 20, most_dimensions = 4;

// Value types of the format.
enum : std::uint32_t {
    type_u8,
    type_i8,
    type_u16,
    type_i16,
    type_u32,
    type_i32,
    type_f32,
    type_bool,
    type_string,
    type_array,
    type_u64,
    type_i64,
    type_f64
};

std::uint64_t scalar_size(std::uint32_t type) {
    switch (type) {
    case type_u8:
    case type_i8:
    case type_bool: return 1;
    case type_u16:
    case type_i16: return 2;
    case type_u32:
    case type_i32:
    case type_f32: return 4;
    case type_u64:
    case type_i64:
    case type_f64: return 8;
    default: return 0;
    }
}

/// Elements and bytes of one block.
std::pair<std::uint64_t, std::uint64_t> block_of(GgufType type) {
    switch (type) {
    case GgufType::f32: return {1, 4};
    case GgufType::f16:
    case GgufType::bf16: return {1, 2};
    case GgufType::q4_0: return {32, 18};
    case GgufType::q4_1: return {32, 20};
    case GgufType::q8_0: return {32, 34};
    }
    return {0, 0};
}

[[noreturn]] void broken(const std::filesystem::path& file, Message what, const std::string& tensor = {}) {
    throw Error(ErrorCode::unusable_model, std::move(what),
                msg("Fetch the file again; compare its size with the one at its source."),
                {.file = file.string(), .tensor = tensor});
}

/// Reads forward through the file; every step is checked against its end.
class Cursor {
public:
    Cursor(const std::filesystem::path& file, std::span<const std::byte> bytes) : file_(file), bytes_(bytes) {}

    std::uint64_t position() const { return position_; }
    std::uint64_t left() const { return bytes_.size() - position_; }

    std::span<const std::byte> take(std::uint64_t count) {
        if (count > left()) broken(file_, msg("The file is cut off at byte %1", bytes_.size()));
        const auto out = bytes_.subspan(position_, count);
        position_ += count;
        return out;
    }

    template <class T>
    T scalar() {
        T value;
        std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
        return value;
    }

    std::string_view text() {
        const auto bytes = take(scalar<std::uint64_t>());
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }

    std::int64_t integer(std::uint32_t type) {
        switch (type) {
        case type_u8: return scalar<std::uint8_t>();
        case type_i8: return scalar<std::int8_t>();
        case type_u16: return scalar<std::uint16_t>();
        case type_i16: return scalar<std::int16_t>();
        case type_u32: return scalar<std::uint32_t>();
        case type_i32: return scalar<std::int32_t>();
        case type_i64: return scalar<std::int64_t>();
        default: break;
        }
        const auto value = scalar<std::uint64_t>();
        if (value > INT64_MAX) broken(file_, msg("The number %1 is too large", value));
        return static_cast<std::int64_t>(value);
    }

    GgufValue value(std::uint32_t type) {
        switch (type) {
        case type_f32: return static_cast<double>(scalar<float>());
        case type_f64: return scalar<double>();
        case type_bool: return scalar<std::uint8_t>() != 0;
        case type_string: return text();
        case type_array: return array();
        default: break;
        }
        if (scalar_size(type) == 0) broken(file_, msg("The value type %1 is not known", type));
        return integer(type);
    }

private:
    GgufValue array() {
        const auto type = scalar<std::uint32_t>();
        const auto count = scalar<std::uint64_t>();
        const std::uint64_t least = type == type_string ? 8 : scalar_size(type);
        if (least == 0) broken(file_, msg("Arrays of the value type %1 are not supported", type));
        if (count > left() / least) broken(file_, msg("An array claims %1 entries, more than the file holds", count));
        if (type == type_string) {
            std::vector<std::string_view> out(count);
            for (std::string_view& item : out) item = text();
            return out;
        }
        if (type == type_f32 || type == type_f64 || type == type_bool) {
            take(count * least);
            return std::monostate{};
        }
        std::vector<std::int64_t> out(count);
        for (std::int64_t& item : out) item = integer(type);
        return out;
    }

    const std::filesystem::path& file_;
    std::span<const std::byte> bytes_;
    std::uint64_t position_ = 0;
};

struct Located {
    GgufTensor tensor;
    std::uint64_t offset = 0, bytes = 0;
};

Located read_tensor(Cursor& cursor, const std::filesystem::path& file) {
    Located out;
    GgufTensor& tensor = out.tensor;
    tensor.name = cursor.text();
    const auto dimensions = cursor.scalar<std::uint32_t>();
    if (dimensions == 0 || dimensions > most_dimensions)
        broken(file, msg("The tensor has %1 dimensions", dimensions), tensor.name);
    std::uint64_t elements = 1, first = 0;
    for (std::uint32_t i = 0; i < dimensions; ++i) {
        const auto extent = cursor.scalar<std::uint64_t>();
        if (extent == 0 || extent > INT64_MAX || __builtin_mul_overflow(elements, extent, &elements))
            broken(file, msg("The tensor's shape is out of range"), tensor.name);
        if (i == 0) first = extent;
        tensor.shape.insert(tensor.shape.begin(), static_cast<std::int64_t>(extent));
    }
    const auto type = cursor.scalar<std::uint32_t>();
    tensor.type = static_cast<GgufType>(type);
    const auto [block, size] = block_of(tensor.type);
    if (block == 0)
        throw Error(ErrorCode::unusable_model,
                    msg("The tensor is stored as ggml type %1, which is not supported", type),
                    msg("Use a GGUF file in F32, F16, BF16, Q4_0, Q4_1 or Q8_0."),
                    {.file = file.string(), .tensor = tensor.name});
    if (first % block != 0 || elements > (std::uint64_t(1) << 48))
        broken(file, msg("The tensor's shape is out of range"), tensor.name);
    out.bytes = elements / block * size;
    out.offset = cursor.scalar<std::uint64_t>();
    return out;
}

} // namespace

std::int64_t GgufTensor::elements() const {
    std::int64_t n = 1;
    for (const std::int64_t extent : shape) n *= extent;
    return n;
}

GgufFile::GgufFile(const std::filesystem::path& file) : path_(file) {
    std::error_code status;
    if (!std::filesystem::is_regular_file(file, status))
        throw Error(ErrorCode::unusable_model, msg("The file is missing"), msg("Check the path."),
                    {.file = file.string()});
    file_ = MappedFile(file);
    Cursor cursor(path_, file_.bytes());
    if (file_.bytes().size() < 4 || std::memcmp(cursor.take(4).data(), "GGUF", 4) != 0)
        broken(path_, msg("This is not a GGUF file"));
    const auto version = cursor.scalar<std::uint32_t>();
    if (version != 2 && version != 3) broken(path_, msg("GGUF version %1 is not supported", version));
    const auto tensor_count = cursor.scalar<std::uint64_t>(), value_count = cursor.scalar<std::uint64_t>();
    if (tensor_count > most_tensors || value_count > most_values)
        broken(path_, msg("The file claims %1 tensors and %2 values", tensor_count, value_count));
    for (std::uint64_t i = 0; i < value_count; ++i) {
        const std::string key(cursor.text());
        if (!values_.emplace(key, cursor.value(cursor.scalar<std::uint32_t>())).second)
            broken(path_, msg("The key %1 occurs twice", key));
    }
    std::vector<Located> located;
    std::set<std::string> names;
    for (std::uint64_t i = 0; i < tensor_count; ++i) {
        located.push_back(read_tensor(cursor, path_));
        if (!names.insert(located.back().tensor.name).second)
            broken(path_, msg("The tensor occurs twice"), located.back().tensor.name);
    }
    const std::int64_t alignment = integer("general.alignment", 32);
    if (alignment < 1 || alignment > 65536) broken(path_, msg("The alignment %1 is out of range", alignment));
    const std::uint64_t step = static_cast<std::uint64_t>(alignment),
                        data = (cursor.position() + step - 1) / step * step;
    const std::uint64_t available = file_.bytes().size() > data ? file_.bytes().size() - data : 0;
    for (Located& item : located) {
        if (item.offset > available || item.bytes > available - item.offset)
            broken(path_, msg("The tensor's data lies outside of the file"), item.tensor.name);
        item.tensor.data = file_.bytes().subspan(data + item.offset, item.bytes);
        tensors_.push_back(std::move(item.tensor));
    }
}

template <class T>
const T* GgufFile::find(const std::string& key) const {
    const auto found = values_.find(key);
    if (found == values_.end()) return nullptr;
    if (const T* value = std::get_if<T>(&found->second)) return value;
    broken(path_, msg("The value of %1 has an unexpected type", key));
}

void GgufFile::absent(const std::string& key) const { broken(path_, msg("The key %1 is missing", key)); }

void GgufFile::refuse(const std::string& key, const std::string& value) const {
    throw Error(ErrorCode::unsupported_architecture, msg("Octavo cannot convert a GGUF file with %1 = %2", key, value),
                msg("Fetch the original model that the GGUF was made from."), {.file = path_.string()});
}

std::int64_t GgufFile::integer(const std::string& key, std::optional<std::int64_t> fallback) const {
    const std::int64_t* value = find<std::int64_t>(key);
    if (!value && !fallback) absent(key);
    return value ? *value : *fallback;
}

double GgufFile::number(const std::string& key, std::optional<double> fallback) const {
    const double* value = find<double>(key);
    if (!value && !fallback) absent(key);
    return value ? *value : *fallback;
}

bool GgufFile::boolean(const std::string& key, bool fallback) const {
    const bool* value = find<bool>(key);
    return value ? *value : fallback;
}

std::string_view GgufFile::text(const std::string& key, std::optional<std::string_view> fallback) const {
    const std::string_view* value = find<std::string_view>(key);
    if (!value && !fallback) absent(key);
    return value ? *value : *fallback;
}

const std::vector<std::string_view>& GgufFile::texts(const std::string& key) const {
    const auto* value = find<std::vector<std::string_view>>(key);
    if (!value) absent(key);
    return *value;
}

const std::vector<std::int64_t>& GgufFile::integers(const std::string& key) const {
    const auto* value = find<std::vector<std::int64_t>>(key);
    if (!value) absent(key);
    return *value;
}

} // namespace octavo
