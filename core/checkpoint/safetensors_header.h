// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checkpoint/safetensors.h"

namespace octavo {

/// The limit of the reference implementation (safetensors, MAX_HEADER_SIZE).
inline constexpr std::uint64_t largest_safetensors_header = 100'000'000;

/// One tensor as the header describes it; begin and end count from the first byte behind the header.
struct HeaderEntry {
    TensorSpec spec;
    std::uint64_t begin = 0, end = 0;
};

/// Parses the header without building a document, so that memory stays in proportion to its text, and fills `metadata`.
/// Shapes are checked for overflow; offsets are not compared with the file yet. Throws Error(unusable_model): not JSON,
/// a name that occurs twice, an unknown dtype, a negative, fractional or overflowing number, a missing key.
std::vector<HeaderEntry> parse_safetensors_header(std::string_view text, const std::string& file,
                                                  std::map<std::string, std::string>& metadata);

/// The header of a file that holds these tensors one after the other, its length in front, padded with spaces so that
/// the data starts at a multiple of eight.
std::string safetensors_header(const std::vector<TensorSpec>& tensors,
                               const std::map<std::string, std::string>& metadata);

} // namespace octavo
