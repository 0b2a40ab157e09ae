// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/run_history.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "session/format.h"
#include "session/run_controller.h"

namespace octavo::gui {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostRuns = 500;

PastRun pastRun(const fs::path& folder, RunRecord record) {
    PastRun out;
    out.folder = QString::fromStdString(folder.string());
    out.started = QDateTime::fromString(QString::fromStdString(record.started), Qt::ISODate);
    out.scheme = schemesText(record);
    record.layers.clear();
    record.layers.shrink_to_fit();
    out.record = std::move(record);
    return out;
}

std::vector<PastRun> readAll(const fs::path& folder, const QStringList& others, const QStringList& forgotten,
                             RunCache<PastRun>& known, const std::stop_token& stop) {
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
        const bool listed = std::any_of(out.begin(), out.end(), [&](const PastRun& one) { return one.folder == name; });
        if (listed || forgotten.contains(name)) continue;
        try {
            out.push_back(*known.of(candidate));
        } catch (const std::exception&) {
            continue; // a folder that holds no usable run.json is not a run
        }
    }
    std::sort(out.begin(), out.end(), [](const PastRun& a, const PastRun& b) { return a.started > b.started; });
    if (out.size() > mostRuns) out.resize(mostRuns);
    return out;
}

} // namespace

RunHistory::RunHistory(RunController& controller, QObject* parent)
    : QObject(parent), m_controller(controller), m_known(std::make_shared<RunCache<PastRun>>(pastRun)) {}

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
        [folder = fs::path(m_folder.toStdString()), others = m_others, forgotten = m_forgotten,
         known = m_known](std::stop_token stop) { return readAll(folder, others, forgotten, *known, stop); },
        [this](const std::vector<PastRun>& runs) {
            m_runs = runs;
            Q_EMIT changed();
        });
}

} // namespace octavo::gui
