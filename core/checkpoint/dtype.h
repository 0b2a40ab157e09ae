// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace octavo {

/// Element types of safetensors that Octavo reads or writes.
enum class Dtype { f64, f32, f16, bf16, f8_e4m3, f8_e5m2, f8_e8m0, i64, i32, i16, i8, u8, boolean, u16, u32, u64 };

std::size_t size_of(Dtype dtype);               ///< bytes per element
std::string_view safetensors_name(Dtype dtype); ///< "BF16", "F8_E4M3", …
std::optional<Dtype> dtype_from_safetensors(std::string_view name);
std::string_view torch_name(Dtype dtype); ///< "bfloat16", "float8_e4m3fn", …
bool is_floating(Dtype dtype);

} // namespace octavo
