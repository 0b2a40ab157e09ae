// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "report/run_record.h"

namespace octavo::gui {

/// What tells one run.json from another in its place.
struct RunStamp {
    std::filesystem::file_time_type written;
    std::uintmax_t bytes = 0;
    bool operator==(const RunStamp&) const = default;
};

/// None where there is no run.json.
std::optional<RunStamp> runStamp(const std::filesystem::path& folder);
/// Throws Error when there is no usable run.json.
RunRecord readRunRecord(const std::filesystem::path& folder);

/// What is kept of the records of run folders, each read once and again only when its run.json has changed: one of a
/// large model takes a while, and a list of runs is asked for whenever something changes. From any thread.
template <class Kept>
class RunCache {
public:
    using Keep = std::function<Kept(const std::filesystem::path& folder, RunRecord record)>;

    explicit RunCache(Keep keep) : m_keep(std::move(keep)) {}

    /// Throws Error when there is no usable run.json.
    std::shared_ptr<const Kept> of(const std::filesystem::path& folder) {
        const std::optional<RunStamp> stamp = runStamp(folder);
        {
            const std::lock_guard lock(m_guard);
            const auto found = m_known.find(folder);
            if (stamp && found != m_known.end() && found->second.first == *stamp) return found->second.second;
        }
        auto kept = std::make_shared<const Kept>(m_keep(folder, readRunRecord(folder)));
        const std::lock_guard lock(m_guard);
        m_known[folder] = {stamp.value_or(RunStamp()), kept};
        return kept;
    }

private:
    Keep m_keep;
    std::mutex m_guard;
    std::map<std::filesystem::path, std::pair<RunStamp, std::shared_ptr<const Kept>>> m_known;
};

/// Whole records.
class RunRecords : public RunCache<RunRecord> {
public:
    RunRecords() : RunCache([](const std::filesystem::path&, RunRecord record) { return record; }) {}
};

} // namespace octavo::gui
