// SPDX-License-Identifier: GPL-3.0-or-later
// Starting, following, resuming and ending a run.
#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

#include "session/session.h"

namespace octavo::gui {

namespace fs = std::filesystem;

namespace {

constexpr qint64 silentSeconds = 120;

fs::path toPath(const QString& text) { return text.toStdString(); }

} // namespace

void Session::readLiveStatistics() {
    if (!m_view.isLive()) return;
    m_controller.request<Statistics>(
        Lane::desk, QStringLiteral("live-statistics"), this,
        [folder = toPath(m_liveFolder)](std::stop_token) { return Statistics::in_folder(folder); },
        [this](const Statistics& statistics) { m_view.useStatistics(statistics); },
        [](const Problem&) { /* the end of the run brings all of it */ });
}

void Session::endRun(const QString& folder, bool done) {
    const bool live = m_view.isLive();
    m_view.endLive();
    m_history.refresh();
    const std::shared_ptr<const Run> before = std::exchange(m_shownBefore, nullptr);
    const QString model = std::exchange(m_runningModel, {}); // empty: a run that was measured again
    const bool shown = m_view.run() && QString::fromStdString(m_view.run()->folder.string()) == folder;
    if (model.isEmpty() ? !shown : m_model && m_model->path != model) { // something else was opened meanwhile: it stays
        m_history.add(folder);
        if (done) Q_EMIT noted(tr("The run in %1 is complete; the Compare page lists it.").arg(QDir(folder).dirName()));
        return;
    }
    std::error_code status;
    if (fs::is_regular_file(toPath(folder) / "run.json", status))
        openRun(folder, before);
    else if (live && before) // refused at the door: what was shown is shown again
        useRun(before);
    else if (live)
        m_view.show(nullptr);
}

void Session::startQuantize() {
    if (!m_model || m_controller.isRunning()) return;
    QuantizeRequest request = m_request;
    request.recipe = m_recipe.recipe();
    request.threads = m_settings.threads();
    request.device = m_settings.device().toStdString();
    if (request.output.empty()) request.output = toPath(suggestedOutput());
    const fs::path named = default_run_folder(m_model->name.toStdString(), request.recipe.scheme.name).filename();
    request.run_directory = toPath(m_settings.runFolder()) / named;
    startRun(std::move(request),
             m_model->config ? std::optional<std::int64_t>(m_model->config->context) : std::nullopt);
}

bool Session::canResume() const {
    const auto run = m_view.run();
    if (!run || m_controller.isRunning() || run->record.status == "done" || !Journal::exists(run->folder)) return false;
    if (run->record.status != "running") return true;
    // Killed, or alive in another program: that one writes a line every few seconds.
    const QDateTime last = QFileInfo(QString::fromStdString((run->folder / "events.jsonl").string())).lastModified();
    return last.isValid() && last.secsTo(QDateTime::currentDateTime()) > silentSeconds;
}

void Session::resumeRun() {
    if (!canResume()) return;
    struct Resumed {
        QuantizeRequest request;
        std::int64_t context = 0;
    };
    m_controller.request<Resumed>(
        Lane::desk, QStringLiteral("resume"), this,
        [folder = m_view.run()->folder](std::stop_token) {
            Resumed out{resumable_request(folder)};
            out.context = read_model_config(ModelFolder(out.request.model)).context;
            return out;
        },
        [this](const Resumed& resumed) {
            if (!m_controller.isRunning()) startRun(resumed.request, resumed.context);
        });
}

void Session::startRun(QuantizeRequest request, std::optional<std::int64_t> context) {
    std::optional<EvaluateRequest> evaluation;
    if (context) {
        evaluation.emplace();
        evaluation->sequence_length = static_cast<int>(std::clamp<std::int64_t>(*context, 64, 512));
        evaluation->windows = m_settings.evaluationWindows();
        evaluation->threads = request.threads;
        evaluation->device = request.device;
    }
    m_controller.quantize(std::move(request), std::move(evaluation));
}

} // namespace octavo::gui
