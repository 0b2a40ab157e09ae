// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/files.h"

namespace octavo {

/// A metadata value. Texts point into the mapped file. Arrays of other types than these two are skipped (monostate).
using GgufValue = std::variant<std::monostate, bool, std::int64_t, double, std::string_view,
                               std::vector<std::string_view>, std::vector<std::int64_t>>;

/// Block types of ggml that are read here, with ggml's numbers.
enum class GgufType : std::uint32_t { f32 = 0, f16 = 1, q4_0 = 2, q4_1 = 3, q8_0 = 8, bf16 = 30 };

struct GgufTensor {
    std::string name;
    GgufType type = GgufType::f32;
    std::vector<std::int64_t> shape; ///< row-major, rows first (GGUF stores the dimensions the other way round)
    std::span<const std::byte> data;

    std::int64_t elements() const;
};

/// A GGUF file, version 2 or 3, little endian, mapped read-only; every length is checked against the file before it is
/// used. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Throws Error(unusable_model) naming the
/// file and, where there is one, the tensor.
class GgufFile {
public:
    explicit GgufFile(const std::filesystem::path& file);

    const std::filesystem::path& path() const { return path_; }
    const std::vector<GgufTensor>& tensors() const { return tensors_; }
    bool contains(const std::string& key) const { return values_.contains(key); }

    /// Throw Error(unusable_model) when the key is absent (and there is no fallback) or of another type.
    std::int64_t integer(const std::string& key, std::optional<std::int64_t> fallback = {}) const;
    double number(const std::string& key, std::optional<double> fallback = {}) const;
    bool boolean(const std::string& key, bool fallback) const;
    std::string_view text(const std::string& key, std::optional<std::string_view> fallback = {}) const;
    const std::vector<std::string_view>& texts(const std::string& key) const;
    const std::vector<std::int64_t>& integers(const std::string& key) const;

    [[noreturn]] void refuse(const std::string& key,
                             const std::string& value) const; ///< a setting that is not supported

private:
    template <class T>
    const T* find(const std::string& key) const;
    [[noreturn]] void absent(const std::string& key) const;

    std::filesystem::path path_;
    MappedFile file_;
    std::map<std::string, GgufValue, std::less<>> values_;
    std::vector<GgufTensor> tensors_;
};

/// Elements [begin, begin + out.size()) of the tensor as floats, computed as ggml does; both must be multiples of 32
/// for block types.
void dequantize(const GgufTensor& tensor, std::int64_t begin, std::span<float> out);

} // namespace octavo
