// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/run_records.h"

namespace octavo::gui {

namespace fs = std::filesystem;

std::optional<RunStamp> runStamp(const fs::path& folder) {
    const fs::path file = folder / "run.json";
    std::error_code status;
    RunStamp out{fs::last_write_time(file, status)};
    if (!status) out.bytes = fs::file_size(file, status);
    return status ? std::nullopt : std::optional(out);
}

RunRecord readRunRecord(const fs::path& folder) {
    const fs::path file = folder / "run.json";
    return run_record_from_json(read_json(file, ErrorCode::unusable_run), file.string());
}

} // namespace octavo::gui
