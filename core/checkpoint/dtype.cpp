// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/dtype.h"

#include <algorithm>
#include <array>

namespace octavo {

namespace {

struct Row {
    Dtype dtype;
    std::size_t size;
    std::string_view safetensors, torch;
};

// In the order of the enumeration; the names are those of safetensors' Dtype and of torch.
constexpr std::array<Row, 16> rows{{
    {Dtype::f64, 8, "F64", "float64"},
    {Dtype::f32, 4, "F32", "float32"},
    {Dtype::f16, 2, "F16", "float16"},
    {Dtype::bf16, 2, "BF16", "bfloat16"},
    {Dtype::f8_e4m3, 1, "F8_E4M3", "float8_e4m3fn"},
    {Dtype::f8_e5m2, 1, "F8_E5M2", "float8_e5m2"},
    {Dtype::f8_e8m0, 1, "F8_E8M0", "float8_e8m0fnu"},
    {Dtype::i64, 8, "I64", "int64"},
    {Dtype::i32, 4, "I32", "int32"},
    {Dtype::i16, 2, "I16", "int16"},
    {Dtype::i8, 1, "I8", "int8"},
    {Dtype::u8, 1, "U8", "uint8"},
    {Dtype::boolean, 1, "BOOL", "bool"},
    {Dtype::u16, 2, "U16", "uint16"},
    {Dtype::u32, 4, "U32", "uint32"},
    {Dtype::u64, 8, "U64", "uint64"},
}};

const Row& row(Dtype dtype) { return rows[static_cast<std::size_t>(dtype)]; }

} // namespace

std::size_t size_of(Dtype dtype) { return row(dtype).size; }

std::string_view safetensors_name(Dtype dtype) { return row(dtype).safetensors; }

std::string_view torch_name(Dtype dtype) { return row(dtype).torch; }

std::optional<Dtype> dtype_from_safetensors(std::string_view name) {
    const auto found = std::ranges::find(rows, name, &Row::safetensors);
    return found == rows.end() ? std::nullopt : std::optional(found->dtype);
}

bool is_floating(Dtype dtype) { return dtype <= Dtype::f8_e8m0; }

} // namespace octavo
