// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/run_records.h"

namespace octavo::gui {

namespace fs = std::filesystem;

std::shared_ptr<const RunRecord> RunRecords::of(const fs::path& folder) {
    const fs::path file = folder / "run.json";
    std::error_code status;
    const fs::file_time_type written = fs::last_write_time(file, status);
    const std::uintmax_t bytes = status ? 0 : fs::file_size(file, status);
    {
        const std::lock_guard lock(m_guard);
        const auto found = m_known.find(folder);
        if (!status && found != m_known.end() && found->second.written == written && found->second.bytes == bytes)
            return found->second.record;
    }
    auto record = std::make_shared<const RunRecord>(
        run_record_from_json(read_json(file, ErrorCode::unusable_run), file.string()));
    const std::lock_guard lock(m_guard);
    m_known[folder] = {written, bytes, record};
    return record;
}

} // namespace octavo::gui
