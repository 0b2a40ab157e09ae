// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "report/run_record.h"

namespace octavo::gui {

/// The records of run folders, each read once and again only when its run.json has changed: one of a large model takes
/// a while, and a list of runs is asked for whenever something changes. From any thread.
class RunRecords {
public:
    /// Throws Error when there is no usable run.json.
    std::shared_ptr<const RunRecord> of(const std::filesystem::path& folder);

private:
    struct Known {
        std::filesystem::file_time_type written;
        std::uintmax_t bytes = 0;
        std::shared_ptr<const RunRecord> record;
    };
    std::mutex m_guard;
    std::map<std::filesystem::path, Known> m_known;
};

} // namespace octavo::gui
