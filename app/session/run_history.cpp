// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/run_history.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "report/run_folder.h"
#include "session/format.h"
#include "session/run_controller.h"

namespace octavo::gui {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostRuns = 500;

/// A folder that holds no usable run.json is not a run; it is passed over.
std::optional<PastRun> readPastRun(const fs::path& folder) {
    try {
        const fs::path file = folder / "run.json";
        PastRun out;
        out.record = run_record_from_json(read_json(file, ErrorCode::unusable_run), file.string());
        out.scheme = schemesText(out.record);
        out.record.layers.clear();
        out.record.layers.shrink_to_fit();
        out.folder = QString::fromStdString(folder.string());
        out.started = QDateTime::fromString(QString::fromStdString(out.record.started), Qt::ISODate);
        return out;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::vector<PastRun> readAll(const fs::path& folder, const QStringList& others, const QStringList& forgotten,
                             const std::stop_token& stop) {
    std::vector<fs::path> candidates;
    std::error_code status;
    for (auto it = fs::directory_iterator(folder, status); !status && it != fs::directory_iterator();
         it.increment(status))
        if (candidates.size() < 10 * mostRuns && fs::is_regular_file(it->path() / "run.json", status))
            candidates.push_back(it->path());
    for (const QString& other : others) candidates.emplace_back(other.toStdString());
    std::vector<PastRun> out;
    for (const fs::path& candidate : candidates) {
        if (stop.stop_requested()) break;
        const QString name = QString::fromStdString(candidate.string());
        const bool known = std::any_of(out.begin(), out.end(), [&](const PastRun& one) { return one.folder == name; });
        if (known || forgotten.contains(name)) continue;
        if (auto run = readPastRun(candidate)) out.push_back(std::move(*run));
    }
    std::sort(out.begin(), out.end(), [](const PastRun& a, const PastRun& b) { return a.started > b.started; });
    if (out.size() > mostRuns) out.resize(mostRuns);
    return out;
}

} // namespace

RunHistory::RunHistory(RunController& controller, QObject* parent) : QObject(parent), m_controller(controller) {}

void RunHistory::setFolder(const QString& folder) {
    if (folder == m_folder) return;
    m_folder = folder;
    refresh();
}

void RunHistory::add(const QString& runFolder) {
    m_forgotten.removeAll(runFolder);
    if (!m_others.contains(runFolder)) m_others.append(runFolder);
    refresh();
}

void RunHistory::forget(const QString& runFolder) {
    m_others.removeAll(runFolder);
    m_forgotten.append(runFolder);
    refresh();
}

void RunHistory::refresh() {
    m_controller.request<std::vector<PastRun>>(
        Lane::desk, QStringLiteral("history"), this,
        [folder = fs::path(m_folder.toStdString()), others = m_others, forgotten = m_forgotten](std::stop_token stop) {
            return readAll(folder, others, forgotten, stop);
        },
        [this](const std::vector<PastRun>& runs) {
            m_runs = runs;
            Q_EMIT changed();
        });
}

} // namespace octavo::gui
