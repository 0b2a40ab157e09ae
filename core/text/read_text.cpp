// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/read_text.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "text/utf8.h"

namespace octavo {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

} // namespace

void check_text(std::string_view text, const std::string& file) {
    const auto refuse = [&](std::size_t at, Message what, Message advice) {
        const long line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        throw Error(ErrorCode::unusable_data, std::move(what), std::move(advice), {.file = file, .line = line});
    };
    if (const auto at = text.find('\0'); at != std::string_view::npos)
        refuse(at, msg("This is a binary file, not text"), msg("Use JSONL, JSON or plain text in UTF-8."));
    if (const auto at = find_invalid_utf8(text); at != std::string_view::npos)
        refuse(at, msg("The file is not valid UTF-8"), msg("Convert the file to UTF-8."));
}

std::string read_text(const std::filesystem::path& file) {
    std::error_code status;
    if (!std::filesystem::exists(file, status) || std::filesystem::is_directory(file, status))
        throw Error(ErrorCode::unusable_data, msg("There is no such file"), msg("Check the path of the text."),
                    {.file = file.string()});
    std::string text = read_file(file);
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    check_text(text, file.string());
    return text;
}

std::string small_extension(const std::filesystem::path& file) {
    std::string out = file.extension().string();
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

} // namespace octavo
