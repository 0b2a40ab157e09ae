// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"

#include "base/files.h"

#include <algorithm>
#include <charconv>

namespace octavo {

namespace {

constexpr int deepest = 64;

long line_at(std::string_view text, std::size_t byte) {
    return 1 + std::count(text.begin(), text.begin() + static_cast<long>(std::min(byte, text.size())), '\n');
}

} // namespace

Json parse_json(std::string_view text, const std::string& file, ErrorCode code) {
    try {
        return Json::parse(text.begin(), text.end(), [&](int depth, Json::parse_event_t, Json&) {
            if (depth > deepest)
                throw Error(code, msg("The JSON is nested more than %1 deep", deepest),
                            msg("Use a file that was not tampered with."), {.file = file});
            return true;
        });
    } catch (const Json::parse_error& error) {
        throw Error(code, msg("This is not valid JSON (byte %1)", error.byte),
                    msg("Mend the file at this line or replace it with an intact copy."),
                    {.file = file, .line = line_at(text, error.byte)});
    }
}

Json read_json(const std::filesystem::path& file, ErrorCode code, std::size_t limit) {
    std::error_code status;
    if (!std::filesystem::is_regular_file(file, status))
        throw Error(code, msg("The file is missing"), msg("Check the path and that the folder is complete."),
                    {.file = file.string()});
    const auto size = std::filesystem::file_size(file, status);
    if (status || size > limit)
        throw Error(code, msg("The file is larger than the %1 bytes that such a file may have", limit), {},
                    {.file = file.string()});
    return parse_json(read_file(file, limit), file.string(), code);
}

std::string number_text(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, end.ptr};
}

} // namespace octavo
