// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "text/ffi/octavo_text_ffi.h"

namespace octavo {

/// A Parquet file, read row by row through the Rust library; what it says about itself is not trusted.
class ParquetFile {
public:
    /// Of `columns`, those that are there are read. Throws Error(unusable_data): not a Parquet file, damaged, none of
    /// the columns.
    ParquetFile(const std::filesystem::path& file, const std::vector<std::string>& columns);
    ~ParquetFile();
    ParquetFile(const ParquetFile&) = delete;
    ParquetFile& operator=(const ParquetFile&) = delete;

    /// The next rows as JSON, one a line; false at the end. Throws Error(unusable_data).
    bool next(std::string& lines);

private:
    std::string file_;
    octavo_text_table* table_ = nullptr;
};

} // namespace octavo
