// SPDX-License-Identifier: GPL-3.0-or-later
#include "sensitivity/kl_bar.h"

#include <QBoxLayout>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <algorithm>
#include <set>

#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

KlBar::KlBar(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_state = new QLabel;
    m_state->setWordWrap(true);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_forecast = new QPushButton;
    m_quick = new QPushButton;
    m_thorough = new QPushButton;
    m_cancel = new QPushButton;
    row->addWidget(m_state, 1);
    for (QPushButton* button : {m_forecast, m_quick, m_thorough, m_cancel}) row->addWidget(button);
    connect(m_forecast, &QPushButton::clicked, this, &KlBar::forecast);
    connect(m_quick, &QPushButton::clicked, this, [this] { measure("quick"); });
    connect(m_thorough, &QPushButton::clicked, this, [this] { measure("thorough"); });
    RunController& controller = session.controller();
    connect(m_cancel, &QPushButton::clicked, &controller, &RunController::cancel);
    connect(&controller, &RunController::progressed, this, &KlBar::showProgress);
    connect(&controller, &RunController::runningChanged, this, &KlBar::follow);
    connect(&controller, &RunController::sensitivityFinished, this, [this] {
        m_measuring = false;
        follow();
    });
    retranslate();
}

void KlBar::retranslate() {
    m_forecast->setText(tr("&Forecast"));
    m_quick->setText(tr("&Quick pass"));
    m_thorough->setText(tr("&Thorough pass"));
    m_cancel->setText(tr("Ca&ncel"));
    m_forecast->setToolTip(
        tr("Forecasts the KL divergence of all groups from the gradients of the unquantized model, in one walk through "
           "it and back: much faster than measuring, and good enough to rank them"));
    m_quick->setToolTip(
        tr("Quantizes one group of matrices at a time and measures the KL divergence of the logits with 8 "
           "windows of 256 tokens: wide intervals, good enough to find the worst"));
    m_thorough->setToolTip(tr("Measures it with 32 windows of 512 tokens: eight times the work, narrow intervals"));
    follow();
}

QString KlBar::modelFolder() const {
    const RunRecord* record = m_session.view().record();
    const QString path = record ? QString::fromStdString(record->model.path) : QString();
    return !path.isEmpty() && QFileInfo::exists(path + QStringLiteral("/config.json")) ? path : QString();
}

QString KlBar::stateText() const {
    if (m_session.view().isLive()) return tr("The KL divergence can be measured when the run is complete.");
    if (modelFolder().isEmpty())
        return tr("To measure the KL divergence, the original model must be where the run found it.");
    const SensitivityTable* table = m_session.view().sensitivity();
    if (!table) return tr("KL divergence not measured yet.");
    std::set<std::string> all, measured, forecast;
    std::int64_t tokens = 0;
    for (const SensitivityRow& row : table->rows) {
        all.insert(row.group);
        if (row.gradient) forecast.insert(row.group);
        if (!row.kl) continue;
        measured.insert(row.group);
        tokens = row.kl->tokens;
    }
    const QLocale locale;
    const QString groups = locale.toString(qlonglong(all.size()));
    const QString forecasts =
        tr("KL divergence forecast for %1 of %2 groups.").arg(locale.toString(qlonglong(forecast.size())), groups);
    if (measured.empty() && !forecast.empty()) return forecasts;
    const QString text =
        tr("KL divergence measured on %1 tokens: %2 of %3 groups.")
            .arg(locale.toString(qlonglong(tokens)), locale.toString(qlonglong(measured.size())), groups);
    return forecast.empty() ? text : text + QLatin1Char(' ') + forecasts;
}

void KlBar::follow() {
    const bool possible = m_session.view().record() && m_session.view().record()->status == "done" &&
                          !m_session.controller().isRunning() && !modelFolder().isEmpty();
    for (QPushButton* button : {m_forecast, m_quick, m_thorough}) {
        button->setEnabled(possible);
        button->setVisible(!m_measuring);
    }
    m_cancel->setVisible(m_measuring);
    if (!m_measuring) m_state->setText(stateText());
}

void KlBar::measure(const char* preset) {
    SensitivityRequest request;
    request.set_preset(preset);
    // What the file has of the same pass is not measured again; another pass starts anew.
    if (const SensitivityTable* known = m_session.view().sensitivity())
        request.overwrite =
            known->protocol.windows != request.windows || known->protocol.sequence_length != request.sequence_length;
    start(std::move(request));
}

void KlBar::forecast() {
    SensitivityRequest request;
    request.set_preset("quick");
    request.gradient = true;
    request.divergence = false;
    // Beside what was measured already, on the same windows.
    if (const SensitivityTable* known = m_session.view().sensitivity(); known && known->protocol.windows > 0) {
        request.windows = known->protocol.windows;
        request.sequence_length = known->protocol.sequence_length;
    }
    start(std::move(request));
}

bool KlBar::useSolved(SensitivityRequest& request) {
    const std::string& fingerprint = m_session.view().record()->model.fingerprint;
    const auto& runs = m_session.history().runs();
    for (const Scheme& scheme : request.schemes) {
        const auto of = std::find_if(runs.begin(), runs.end(), [&](const PastRun& run) {
            return run.record.status == "done" && run.record.model.fingerprint == fingerprint &&
                   run.scheme.toStdString() == scheme.name &&
                   QFileInfo::exists(QString::fromStdString(run.record.output) + QStringLiteral("/config.json"));
        });
        if (of == runs.end()) {
            m_state->setText(tr("No run of this model in %1 has its checkpoint still: quantize to it first, or measure "
                                "rounded matrices.")
                                 .arg(QString::fromStdString(scheme.name)));
            return false;
        }
        request.runs.emplace_back(of->folder.toStdString());
    }
    request.solved = true;
    return true;
}

void KlBar::start(SensitivityRequest request) {
    const auto run = m_session.view().run();
    if (!run || m_session.controller().isRunning()) return;
    request.model = run->record.model.path;
    request.file = run->folder / sensitivity_file_name;
    request.threads = m_session.settings().threads();
    request.device = m_session.settings().device().toStdString();
    try {
        const Recipe recipe = recipe_from_json(run->record.recipe);
        request.schemes = m_schemes ? m_schemes() : std::vector{recipe.scheme};
        if (request.schemes.empty()) return;
        if (m_solved && m_solved()) {
            if (!useSolved(request)) return;
        } else if (recipe.needs_data()) {
            request.runs = {run->folder};
        }
    } catch (const Error& error) {
        m_state->setText(translated(error.message()));
        return;
    }
    // What the file has of other matrices cannot stand beside these.
    if (const SensitivityTable* known = m_session.view().sensitivity())
        request.overwrite |=
            known->protocol.windows > 0 && (known->protocol.solved != request.solved ||
                                            (request.solved && known->protocol.run != names_of(request.runs)));
    m_measuring = true;
    m_session.controller().measureSensitivity(run->folder, request);
    m_state->setText(request.gradient ? tr("Forecasting the KL divergence …") : tr("Measuring the KL divergence …"));
    follow();
}

void KlBar::showProgress(const Progress& progress) {
    // The weights before it take seconds.
    if (!m_measuring || (progress.phase != "sensitivity" && progress.phase != "gradient")) return;
    const QString share = QLocale().toString(progress.total > 0 ? 100 * progress.done / progress.total : 0, 'f', 0);
    if (progress.phase == "gradient") {
        m_state->setText(progress.remaining_seconds >= 0
                             ? tr("Forecasting the KL divergence: %1 %, about %2 left")
                                   .arg(share, roughDurationText(progress.remaining_seconds))
                             : tr("Forecasting the KL divergence: %1 %").arg(share));
        return;
    }
    m_state->setText(progress.remaining_seconds >= 0 ? tr("Measuring the KL divergence: %1 %, about %2 left")
                                                           .arg(share, roughDurationText(progress.remaining_seconds))
                                                     : tr("Measuring the KL divergence: %1 %").arg(share));
}

} // namespace octavo::gui
