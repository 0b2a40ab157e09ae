// SPDX-License-Identifier: GPL-3.0-or-later
#include "sensitivity/kl_bar.h"

#include <QBoxLayout>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

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
    m_quick = new QPushButton;
    m_thorough = new QPushButton;
    m_cancel = new QPushButton;
    row->addWidget(m_state, 1);
    for (QPushButton* button : {m_quick, m_thorough, m_cancel}) row->addWidget(button);
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
    m_quick->setText(tr("&Quick pass"));
    m_thorough->setText(tr("&Thorough pass"));
    m_cancel->setText(tr("Ca&ncel"));
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
    std::set<std::string> all, measured;
    std::int64_t tokens = 0;
    for (const SensitivityRow& row : table->rows) {
        all.insert(row.group);
        if (!row.kl) continue;
        measured.insert(row.group);
        tokens = row.kl->tokens;
    }
    const QLocale locale;
    return tr("KL divergence measured on %1 tokens: %2 of %3 groups.")
        .arg(locale.toString(qlonglong(tokens)), locale.toString(qlonglong(measured.size())),
             locale.toString(qlonglong(all.size())));
}

void KlBar::follow() {
    const bool possible = m_session.view().record() && m_session.view().record()->status == "done" &&
                          !m_session.controller().isRunning() && !modelFolder().isEmpty();
    m_quick->setEnabled(possible);
    m_thorough->setEnabled(possible);
    m_quick->setVisible(!m_measuring);
    m_thorough->setVisible(!m_measuring);
    m_cancel->setVisible(m_measuring);
    if (!m_measuring) m_state->setText(stateText());
}

void KlBar::measure(const char* preset) {
    const auto run = m_session.view().run();
    if (!run || m_session.controller().isRunning()) return;
    SensitivityRequest request;
    request.set_preset(preset);
    request.model = run->record.model.path;
    request.file = run->folder / sensitivity_file_name;
    request.threads = m_session.settings().threads();
    request.device = m_session.settings().device().toStdString();
    try {
        const Recipe recipe = recipe_from_json(run->record.recipe);
        request.schemes = m_schemes ? m_schemes() : std::vector{recipe.scheme};
        if (request.schemes.empty()) return;
        if (recipe.needs_data()) request.run = run->folder;
    } catch (const Error& error) {
        m_state->setText(translated(error.message()));
        return;
    }
    // What the file has of the same pass is not measured again; another pass starts anew.
    if (const SensitivityTable* known = m_session.view().sensitivity())
        request.overwrite =
            known->protocol.windows != request.windows || known->protocol.sequence_length != request.sequence_length;
    m_measuring = true;
    m_session.controller().measureSensitivity(run->folder, request);
    m_state->setText(tr("Measuring the KL divergence …"));
    follow();
}

void KlBar::showProgress(const Progress& progress) {
    if (!m_measuring || progress.phase != "sensitivity") return; // the weights before it take seconds
    const QString share = QLocale().toString(progress.total > 0 ? 100 * progress.done / progress.total : 0, 'f', 0);
    m_state->setText(progress.remaining_seconds >= 0 ? tr("Measuring the KL divergence: %1 %, about %2 left")
                                                           .arg(share, roughDurationText(progress.remaining_seconds))
                                                     : tr("Measuring the KL divergence: %1 %").arg(share));
}

} // namespace octavo::gui
