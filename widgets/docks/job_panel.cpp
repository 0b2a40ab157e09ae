// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks/job_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "docks/loss_strip.h"
#include "session/format.h"
#include "session/session.h"
#include "style/icons.h"

namespace octavo::gui {

QString phaseText(const QString& phase) {
    if (phase == QLatin1String("read")) return JobPanel::tr("Reading the model");
    if (phase == QLatin1String("tokenise")) return JobPanel::tr("Preparing the calibration data");
    if (phase == QLatin1String("calibrate")) return JobPanel::tr("Calibrating and solving");
    if (phase == QLatin1String("encode")) return JobPanel::tr("Encoding the weights");
    if (phase == QLatin1String("export")) return JobPanel::tr("Writing the export");
    if (phase == QLatin1String("verify")) return JobPanel::tr("Verifying the export");
    if (phase == QLatin1String("evaluate")) return JobPanel::tr("Measuring against the original");
    if (phase == QLatin1String("generate")) return JobPanel::tr("Writing text");
    if (phase == QLatin1String("weights")) return JobPanel::tr("Rounding every matrix by itself");
    if (phase == QLatin1String("gradient")) return JobPanel::tr("Forecasting the sensitivity from gradients");
    if (phase == QLatin1String("sensitivity")) return JobPanel::tr("Measuring the sensitivity");
    return phase;
}

JobPanel::JobPanel(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    m_phase = new QLabel(this);
    QFont bold = m_phase->font();
    bold.setBold(true);
    m_phase->setFont(bold);
    m_item = new QLabel(this);
    m_item->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_item->setForegroundRole(QPalette::PlaceholderText);
    m_times = new QLabel(this);
    m_bar = new QProgressBar(this);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(12);
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_cancel = new QPushButton(themedIcon(QStringLiteral("cancel")), tr("Cancel"), this);
    m_cancel->setAccessibleName(tr("Cancel the run"));
    m_resume = new QPushButton(themedIcon(QStringLiteral("quantize")), tr("Resume"), this);
    m_resume->setToolTip(tr("Goes on after the layers that the shown run had finished before it was interrupted"));
    m_strip = new LossStrip(session, this);

    auto* top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_phase);
    top->addWidget(m_item, 1);
    auto* left = new QVBoxLayout;
    left->setSpacing(6);
    left->addLayout(top);
    left->addWidget(m_bar);
    left->addWidget(m_times);
    left->addStretch(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 6);
    layout->setSpacing(16);
    layout->addLayout(left, 3);
    layout->addWidget(m_strip, 2);
    auto* buttons = new QVBoxLayout;
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_resume);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    connectRun();
    showState();
}

void JobPanel::connectRun() {
    RunController& controller = m_session.controller();
    connect(m_cancel, &QPushButton::clicked, &controller, &RunController::cancel);
    connect(m_resume, &QPushButton::clicked, &m_session, &Session::resumeRun);
    connect(&controller, &RunController::cancelling, this, &JobPanel::showState);
    connect(&controller, &RunController::phaseStarted, this, [this](const QString& phase) {
        if (!m_session.controller().isCancelling()) m_phase->setText(phaseText(phase));
        m_item->clear();
    });
    connect(&controller, &RunController::progressed, this, &JobPanel::showProgress);
    connect(&controller, &RunController::runningChanged, this, [this](bool running) {
        if (running) m_outcome.clear();
        showState();
    });
    connect(&controller, &RunController::runFinished, this, [this](const QString&, bool done) {
        const bool cancelled = m_session.controller().isCancelling();
        m_outcome = done && cancelled ? tr("The last run is complete; its measurement was cancelled.")
                    : done            ? tr("The last run is complete.")
                    : cancelled       ? tr("The last run was cancelled.")
                                      : tr("The last run did not end well; the log says why.");
        showState();
    });
    connect(&m_session.view(), &RunView::runChanged, this, &JobPanel::showState);
}

void JobPanel::showState() {
    const bool running = m_session.controller().isRunning(), cancelling = m_session.controller().isCancelling();
    m_cancel->setEnabled(running && !cancelling);
    m_resume->setVisible(m_session.canResume());
    m_bar->setEnabled(running);
    if (running) {
        m_phase->setText(cancelling ? tr("Cancelling …") : tr("Starting …"));
        showProgress();
        return;
    }
    m_bar->setRange(0, 1000);
    m_bar->setValue(0);
    m_item->clear();
    m_phase->setText(m_outcome.isEmpty() ? tr("No run is going.") : m_outcome);
    const RunRecord* record = m_session.view().record();
    m_times->setText(record && record->seconds > 0
                         ? tr("The shown run took %1.").arg(roughDurationText(record->seconds))
                         : QString());
}

void JobPanel::showProgress() {
    if (!m_session.controller().isRunning()) return;
    const Progress& progress = m_session.controller().progress();
    if (!m_session.controller().isCancelling() && !progress.phase.empty())
        m_phase->setText(phaseText(QString::fromStdString(progress.phase)));
    QStringList item;
    if (progress.layers > 0 && progress.layer >= 0)
        item << tr("layer %1 of %2").arg(progress.layer + 1).arg(progress.layers);
    // A whole layer is named by its number already.
    if (!progress.item.empty() && !progress.item.ends_with(".*"))
        item << layerLabel(QString::fromStdString(progress.item));
    m_item->setText(item.join(QStringLiteral("   ")));
    const bool known = progress.total > 0;
    m_bar->setRange(0, known ? 1000 : 0);
    if (known) m_bar->setValue(static_cast<int>(1000 * std::clamp(progress.done / progress.total, 0.0, 1.0)));
    QString times = tr("%1 elapsed").arg(durationText(progress.elapsed_seconds));
    if (progress.remaining_seconds >= 0)
        times += QStringLiteral(" · ") + tr("%1 left").arg(durationText(progress.remaining_seconds));
    m_times->setText(times);
}

} // namespace octavo::gui
