// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_page.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QUrl>

#include "compressed_tensors/verifier.h"
#include "export/check_model.h"
#include "session/format.h"
#include "session/session.h"
#include "table.h"

namespace octavo::gui {

ExportPage::ExportPage(Session& session, QWidget* parent) : Page(session, parent) {
    body()->addLayout(buildForm());
    m_summary = new QLabel(this);
    m_summary->setWordWrap(true);
    body()->addWidget(m_summary);
    m_checks = new CheckModel(this);
    m_checkView = makeTable(m_checks, tr("Checks of the export"), this);
    m_checkView->setMinimumHeight(90);
    m_checkView->setWordWrap(true);
    body()->addWidget(m_checkView, 1);
    body()->addLayout(buildTrial());
    retranslate();
    connectAll();
}

QLayout* ExportPage::buildForm() {
    auto* grid = new QGridLayout;
    m_folderLabel = new QLabel(this);
    m_folder = new QLabel(this);
    m_folder->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_folder->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_openFolder = new QPushButton(this);
    m_nextLabel = new QLabel(this);
    m_next = new QLineEdit(this);
    m_nextLabel->setBuddy(m_next);
    m_browse = new QPushButton(this);
    m_targetLabel = new QLabel(this);
    m_target = new QComboBox(this);
    m_targetLabel->setBuddy(m_target);
    m_verify = new QPushButton(this);
    const std::tuple<QLabel*, QWidget*, QPushButton*> rows[] = {
        {m_folderLabel, m_folder, m_openFolder}, {m_nextLabel, m_next, m_browse}, {m_targetLabel, m_target, m_verify}};
    int row = 0;
    for (const auto& [label, field, button] : rows) {
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row, 1);
        grid->addWidget(button, row++, 2);
    }
    grid->setColumnStretch(1, 1);
    return grid;
}

QLayout* ExportPage::buildTrial() {
    auto* column = new QVBoxLayout;
    m_support = new QLabel(this);
    m_support->setWordWrap(true);
    column->addWidget(m_support);
    auto* row = new QHBoxLayout;
    m_commandLabel = new QLabel(this);
    m_command = new QPlainTextEdit(this);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setTabChangesFocus(true);
    m_command->setFixedHeight(m_command->fontMetrics().lineSpacing() * 3 + 14);
    m_commandLabel->setBuddy(m_command);
    m_copy = new QPushButton(this);
    row->addWidget(m_commandLabel);
    row->addWidget(m_command, 1);
    row->addWidget(m_copy);
    column->addLayout(row);
    auto* trial = new QHBoxLayout;
    m_try = new QPushButton(this);
    m_prompt = new QLineEdit(this);
    m_stop = new QPushButton(this);
    trial->addWidget(m_try);
    trial->addWidget(m_prompt, 1);
    trial->addWidget(m_stop);
    column->addLayout(trial);
    m_trialState = new QLabel(this);
    m_trialState->setWordWrap(true);
    column->addWidget(m_trialState);
    m_answer = new QPlainTextEdit(this);
    m_answer->setReadOnly(true);
    m_answer->setTabChangesFocus(true);
    m_answer->setFixedHeight(m_answer->fontMetrics().lineSpacing() * 5 + 12);
    m_answer->hide();
    column->addWidget(m_answer);
    return column;
}

void ExportPage::connectAll() {
    connect(m_openFolder, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder())); });
    connect(m_next, &QLineEdit::textEdited, this, [this](const QString& text) {
        session().request().output = text.toStdString();
        session().touchRequest();
    });
    connect(m_browse, &QPushButton::clicked, this, &ExportPage::browse);
    connect(m_target, &QComboBox::activated, this, [this](int index) {
        const auto& gpus = ServingRules::instance().gpus();
        session().setTarget(index >= 1 && index <= int(gpus.size())
                                ? std::optional<TargetGpu>(gpus[std::size_t(index - 1)])
                                : std::nullopt);
    });
    connect(m_verify, &QPushButton::clicked, this, &ExportPage::verify);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
    connect(m_try, &QPushButton::clicked, this, &ExportPage::tryInVllm);
    connect(m_stop, &QPushButton::clicked, &m_trial, &VllmTrial::stop);
    connect(&m_trial, &VllmTrial::stateChanged, m_trialState, &QLabel::setText);
    connect(&m_trial, &VllmTrial::kernelFound, this, [this](const QString& line) { m_answer->appendPlainText(line); });
    connect(&m_trial, &VllmTrial::answered, this,
            [this](const QString& answer) { m_answer->appendPlainText(tr("Answer: %1").arg(answer.trimmed())); });
    connect(&m_trial, &VllmTrial::failed, this, [this](const QString& reason) {
        m_trialState->setText(reason);
        m_answer->appendPlainText(m_trial.log().section(QLatin1Char('\n'), -12));
    });
    connect(&m_trial, &VllmTrial::stopped, this, [this] {
        if (!m_answer->toPlainText().isEmpty() && m_trialState->text() == VllmTrial::tr("Stopping vLLM …"))
            m_trialState->setText(tr("vLLM was started, asked and stopped."));
        scheduleRefresh();
    });
    for (auto signal : {&Session::targetChanged, &Session::requestChanged, &Session::hardwareChanged})
        connect(&session(), signal, this, &Page::scheduleRefresh);
    connect(&session().settings(), &Settings::changed, this, &Page::scheduleRefresh);
}

QString ExportPage::intro() const {
    return tr("Whether the export loads, how well it runs on the chosen GPU, and the line that starts it: "
              "read failures first, then warnings.");
}

QString ExportPage::emptyText() const {
    return tr("Once a run is finished, its export is checked here against the rules of vLLM's loader.");
}

bool ExportPage::hasContent() const { return session().view().record() && !session().view().record()->output.empty(); }

void ExportPage::retranslate() {
    m_folderLabel->setText(tr("Export of this run"));
    m_openFolder->setText(tr("&Open folder"));
    m_nextLabel->setText(tr("&Next run goes to"));
    m_next->setAccessibleName(tr("Destination of the next run"));
    m_next->setPlaceholderText(tr("named after model and scheme, in the folder of exports"));
    m_browse->setText(tr("&Browse…"));
    m_targetLabel->setText(tr("Checked &for"));
    m_target->setAccessibleName(tr("Target GPU"));
    m_verify->setText(tr("&Verify again"));
    m_commandLabel->setText(tr("&Start with"));
    m_command->setAccessibleName(tr("Command line that serves the export"));
    m_copy->setText(tr("&Copy"));
    m_try->setText(tr("&Test in vLLM"));
    m_stop->setText(tr("St&op"));
    m_prompt->setAccessibleName(tr("Prompt of the test"));
    if (m_prompt->text().isEmpty()) m_prompt->setText(tr("The capital of France is"));
    m_answer->setAccessibleName(tr("What vLLM answered"));
}

QString ExportPage::folder() const {
    return session().view().record() ? QString::fromStdString(session().view().record()->output) : QString();
}

std::string ExportPage::scheme() const {
    try {
        return recipe_from_json(session().view().record()->recipe).scheme.name;
    } catch (const Error&) {
        return {};
    }
}

void ExportPage::fillTargets() {
    const QSignalBlocker blocker(m_target);
    m_target->clear();
    m_target->addItem(tr("this machine"));
    for (const TargetGpu& gpu : ServingRules::instance().gpus()) m_target->addItem(gpuLabel(gpu));
    if (session().target()) m_target->setCurrentIndex(std::max(0, m_target->findText(gpuLabel(*session().target()))));
}

void ExportPage::refresh() {
    fillTargets();
    const RunRecord& record = *session().view().record();
    const bool exists = QFileInfo(folder()).isDir();
    m_folder->setText(exists ? folder() : tr("%1 (not there any more)").arg(folder()));
    m_folder->setToolTip(folder());
    m_openFolder->setEnabled(exists);
    m_verify->setEnabled(exists);
    if (!m_next->hasFocus()) m_next->setText(QString::fromStdString(session().request().output.string()));
    if (const QString run = QString::fromStdString(record.id); run != m_shownRun || m_found.empty()) {
        m_shownRun = run;
        m_found = record.checks;
    }
    std::vector<Check> checks = m_found;
    std::erase_if(checks, [](const Check& check) { return check.id == "target.support"; });
    if (!checks.empty()) checks.push_back(targetCheck());
    m_checks->setChecks(checks);
    m_checks->setPalette(palette());
    m_checkView->setColumnWidth(0, 100);
    m_checkView->setColumnWidth(1, std::max(180, (m_checkView->viewport()->width() - 100) * 6 / 10));
    m_checkView->horizontalHeader()->setStretchLastSection(true);
    m_checkView->resizeRowsToContents();
    const int failures = m_checks->count(Check::Status::fail), warnings = m_checks->count(Check::Status::warning);
    m_summary->setText(m_checks->rowCount() == 0 ? tr("<b>Not verified yet.</b>")
                       : failures > 0 ? tr("<b>This export would not load:</b> %n check(s) failed.", nullptr, failures)
                       : warnings > 0
                           ? tr("<b>Ready for vLLM</b>, with %n warning(s).", nullptr, warnings)
                           : tr("<b>Ready for vLLM.</b> All %n check(s) passed.", nullptr, m_checks->rowCount()));
    showCommand();
    const bool found = !VllmTrial::findProgram(session().settings().vllm()).isEmpty();
    m_try->setEnabled(found && exists && !m_trial.isRunning());
    m_prompt->setVisible(found);
    m_try->setVisible(found);
    m_stop->setVisible(found);
    m_stop->setEnabled(m_trial.isRunning());
    if (!found)
        m_trialState->setText(tr("To try the export here, install vLLM so that `vllm` is on the PATH, or set the "
                                 "program in the preferences."));
}

Check ExportPage::targetCheck() const {
    const SchemeSupport support = ServingRules::instance().support(scheme(), session().targetCapability());
    Check check;
    check.id = "target.support";
    check.status = support.support == Support::unsupported ? Check::Status::fail
                   : support.support == Support::native    ? Check::Status::pass
                                                           : Check::Status::warning;
    check.message = support.support == Support::unsupported ? msg("The target cannot run %1", scheme())
                    : support.support == Support::native    ? msg("The target runs %1 natively", scheme())
                                                            : msg("The target runs %1, but not natively", scheme());
    check.advice = support.reason;
    return check;
}

void ExportPage::showCommand() {
    const std::string name = scheme();
    const ServingRules& rules = ServingRules::instance();
    m_command->setPlainText(
        QString::fromStdString(rules.serve_command(folder().toStdString(), name, session().targetCapability())));
    const SchemeSupport support = rules.support(name, session().targetCapability());
    QString text = translated(support.reason);
    if (!support.kernel.empty())
        text +=
            QLatin1Char(' ') + tr("Kernel: %1, as of %2.")
                                   .arg(QString::fromStdString(support.kernel), QString::fromStdString(rules.as_of()));
    m_support->setText(text);
}

QString ExportPage::command() const { return m_command->toPlainText(); }

void ExportPage::verify() {
    m_verify->setEnabled(false);
    m_summary->setText(tr("Verifying …"));
    const std::string path = folder().toStdString();
    const ComputeCapability target = session().targetCapability();
    session().controller().request<std::vector<Check>>(
        Lane::desk, QStringLiteral("verify"), this,
        [path, target](std::stop_token stop) { return verify_export(path, target, stop); },
        [this](const std::vector<Check>& checks) {
            m_found = checks;
            refreshNow();
        });
}

void ExportPage::tryInVllm() {
    const SchemeSupport support = ServingRules::instance().support(scheme(), session().targetCapability());
    VllmTrial::Request request;
    request.program = VllmTrial::findProgram(session().settings().vllm());
    request.folder = folder();
    for (const std::string& argument : support.arguments) request.arguments << QString::fromStdString(argument);
    for (const std::string& variable : support.environment) request.environment << QString::fromStdString(variable);
    request.prompt = m_prompt->text();
    m_answer->clear();
    m_answer->show();
    m_trial.start(request);
    scheduleRefresh();
}

void ExportPage::browse() {
    const QString parent = QFileDialog::getExistingDirectory(this, tr("Folder that receives the export"),
                                                             session().settings().exportFolder());
    if (parent.isEmpty()) return;
    const QString name = QFileInfo(session().suggestedOutput()).fileName();
    session().request().output = (parent + QLatin1Char('/') + name).toStdString();
    session().touchRequest();
}

} // namespace octavo::gui
