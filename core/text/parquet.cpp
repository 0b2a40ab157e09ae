// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/parquet.h"

#include "base/json.h"
#include "text/rust.h"

namespace octavo {

namespace {

[[noreturn]] void refuse(octavo_text_status status, const std::string& reason, const std::string& file) {
    if (status == OCTAVO_TEXT_LIMIT)
        throw Error(ErrorCode::unusable_data, msg("The Parquet file asks for more memory than a dataset may take"),
                    msg("It is damaged, or its row groups are too large: write it again."), {.file = file});
    throw Error(ErrorCode::unusable_data, msg("The Parquet file cannot be read: %1", reason),
                msg("Fetch it again, or convert the dataset to JSON lines."), {.file = file});
}

} // namespace

ParquetFile::ParquetFile(const std::filesystem::path& file, const std::vector<std::string>& columns)
    : file_(file.string()) {
    RustText message;
    const octavo_text_status status =
        octavo_text_table_open(rust_slice(file_), rust_slice(Json(columns).dump()), &table_, message.out());
    if (status != OCTAVO_TEXT_OK) refuse(status, message.text(), file_);
}

ParquetFile::~ParquetFile() { octavo_text_table_close(table_); }

bool ParquetFile::next(std::string& lines) {
    RustText text, message;
    const octavo_text_status status = octavo_text_table_next(table_, text.out(), message.out());
    if (status != OCTAVO_TEXT_OK) refuse(status, message.text(), file_);
    lines = text.text();
    return !lines.empty();
}

} // namespace octavo
