// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace octavo {

/// Throws Error(unusable_data) naming file and line when `text` is not UTF-8, or holds a zero byte and is thus no text
/// at all.
void check_text(std::string_view text, const std::string& file);

/// A whole text without its byte order mark. Throws Error(unusable_data): no such file, a folder, or what check_text
/// refuses.
std::string read_text(const std::filesystem::path& file);

/// A file's extension in small letters: ".jsonl".
std::string small_extension(const std::filesystem::path& file);

} // namespace octavo
