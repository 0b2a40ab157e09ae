// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace octavo::cli {

/// Bytes of the UTF-8 character that starts at `at`, and its code point.
std::pair<std::size_t, char32_t> next_character(std::string_view text, std::size_t at);

/// Columns that a terminal gives to a character: East Asian ones and emoji take two.
std::size_t columns_of(char32_t character);

/// The same of a text.
std::size_t width_of(std::string_view text);

} // namespace octavo::cli
