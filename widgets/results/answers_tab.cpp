// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/answers_tab.h"

#include <QBoxLayout>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTextBrowser>

#include "flow_layout.h"
#include "models/value_table.h"
#include "plot/theme.h"
#include "session/format.h"
#include "session/session.h"
#include "table.h"

namespace octavo::gui {
namespace {

constexpr int hintWidth = 520, chancesWidth = 480, usualTokens = 96, mostTokens = 4096;
constexpr double markWarmth = 0.45; ///< share of the warm tone behind the first different token

QString html(const std::string& text) {
    return QString::fromStdString(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

/// A line break alone would mark nothing.
QString visible(const std::string& token) {
    QString out = QString::fromStdString(token).replace(QLatin1Char('\n'), QStringLiteral("⏎"));
    return out.isEmpty() ? QStringLiteral("∅") : out;
}

QString answerHtml(const AnswerText& answer, bool part, const QPalette& palette) {
    QString out = html(answer.same);
    if (part) {
        const QColor ground = mixed(palette.color(QPalette::Base), Theme::from(palette).color(Tone::alert), markWarmth);
        out += QStringLiteral("<b style=\"background-color:%1\">%2</b>")
                   .arg(ground.name(), visible(answer.token).toHtmlEscaped());
        if (answer.token.find('\n') != std::string::npos) out += QStringLiteral("<br>");
        out += html(answer.rest);
    }
    return QStringLiteral("<div style=\"white-space:pre-wrap\">%1</div>").arg(out);
}

QTextBrowser* makeColumn(QLabel*& title, QSplitter* into) {
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    title = new QLabel;
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* text = new QTextBrowser;
    text->setOpenLinks(false);
    layout->addWidget(title);
    layout->addWidget(text, 1);
    into->addWidget(column);
    return text;
}

} // namespace

AnswersTab::AnswersTab(Session& session) : m_session(session) {
    build();
    retranslate();
    connect(m_ask, &QPushButton::clicked, this, [this] {
        if (m_asking)
            m_session.controller().cancel();
        else
            ask();
    });
    connect(m_prompt, &QLineEdit::returnPressed, this, [this] {
        if (!m_asking && m_ask->isEnabled()) ask();
    });
    connect(m_prompt, &QLineEdit::textChanged, this, &AnswersTab::showState);
    RunController& controller = session.controller();
    connect(&controller, &RunController::cancelling, this, &AnswersTab::showState);
    connect(&controller, &RunController::runningChanged, this, &AnswersTab::showState);
    connect(&controller, &RunController::answersFound, this,
            [this](const QString& folder, const std::vector<Answers>& answers) {
                if (folder != m_folder) return;
                m_all = answers;
                showAnswers();
            });
    connect(&controller, &RunController::answersFinished, this, [this] {
        m_asking = false;
        showState();
    });
}

void AnswersTab::build() {
    auto* column = new QVBoxLayout(this);
    auto* first = new QHBoxLayout;
    m_promptLabel = new QLabel;
    m_prompt = new QLineEdit;
    m_prompt->setClearButtonEnabled(true);
    m_ask = new QPushButton;
    m_promptLabel->setBuddy(m_prompt);
    first->addWidget(m_promptLabel);
    first->addWidget(m_prompt, 1);
    first->addWidget(m_ask);
    column->addLayout(first);
    auto* second = new FlowLayout(8);
    m_tokensLabel = new QLabel;
    m_tokens = new QSpinBox;
    m_tokens->setRange(1, mostTokens);
    m_tokens->setValue(usualTokens);
    m_tokensLabel->setBuddy(m_tokens);
    m_temperatureLabel = new QLabel;
    m_temperature = new QDoubleSpinBox;
    m_temperature->setRange(0, 2);
    m_temperature->setSingleStep(0.1);
    m_temperature->setDecimals(1);
    m_temperatureLabel->setBuddy(m_temperature);
    for (QWidget* widget : {static_cast<QWidget*>(m_tokensLabel), static_cast<QWidget*>(m_tokens),
                            static_cast<QWidget*>(m_temperatureLabel), static_cast<QWidget*>(m_temperature)})
        second->addWidget(widget);
    column->addLayout(second);
    m_stack = new QStackedWidget;
    column->addWidget(m_stack, 1);
    auto* empty = new QWidget;
    auto* centre = new QVBoxLayout(empty);
    m_hint = new QLabel;
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setFixedWidth(hintWidth);
    centre->addStretch(1);
    centre->addWidget(m_hint, 0, Qt::AlignHCenter);
    centre->addStretch(2);
    m_stack->addWidget(empty);
    m_stack->addWidget(buildAnswers());
}

QWidget* AnswersTab::buildAnswers() {
    auto* out = new QWidget;
    auto* column = new QVBoxLayout(out);
    column->setContentsMargins(0, 0, 0, 0);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    m_original = makeColumn(m_originalTitle, splitter);
    m_export = makeColumn(m_exportTitle, splitter);
    m_original->setObjectName(QStringLiteral("original"));
    m_export->setObjectName(QStringLiteral("export"));
    column->addWidget(splitter, 1);
    // Read line by line, one beside the other.
    for (const auto& [from, to] : {std::pair(m_original, m_export), std::pair(m_export, m_original)})
        connect(from->verticalScrollBar(), &QScrollBar::valueChanged, to->verticalScrollBar(), &QScrollBar::setValue);
    m_reading = new QLabel;
    m_reading->setWordWrap(true);
    m_reading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_reading);
    m_chances = new ValueTable(this);
    m_chancesView = makeTable(m_chances, tr("Probabilities where the answers part"), out);
    m_chancesView->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_chancesView->setSortingEnabled(false);
    m_chancesView->setMaximumWidth(chancesWidth);
    column->addWidget(m_chancesView);
    return out;
}

void AnswersTab::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) showAnswers();
}

void AnswersTab::retranslate() {
    m_promptLabel->setText(tr("&Prompt"));
    if (m_prompt->text().isEmpty()) m_prompt->setText(tr("Why is the sky blue? Answer in two sentences."));
    m_tokensLabel->setText(tr("&Tokens"));
    m_tokens->setToolTip(tr("Of an answer, at most"));
    m_temperatureLabel->setText(tr("Te&mperature"));
    m_temperature->setSpecialValueText(tr("0: the most likely token"));
    m_temperature->setToolTip(tr("Above 0 both draw with the same random numbers."));
    m_chancesView->setAccessibleName(tr("Probabilities where the answers part"));
    m_original->setAccessibleName(tr("Answer of the original"));
    m_export->setAccessibleName(tr("Answer of the export"));
    // Wide enough for what it says while it is asking, too.
    int wide = 0;
    for (const QString& text : {tr("&Cancel"), tr("Compare &answers")}) {
        m_ask->setText(text);
        wide = std::max(wide, m_ask->sizeHint().width());
    }
    m_ask->setMinimumWidth(wide);
    m_chances->setColumns({{tr("probability of"), ValueTable::Kind::text},
                           {tr("in the original"), ValueTable::Kind::percent},
                           {tr("in the export"), ValueTable::Kind::percent}});
    showState();
    showAnswers();
}

void AnswersTab::refresh() {
    const auto run = m_session.view().run();
    const QString folder = run ? QString::fromStdString(run->folder.string()) : QString();
    if (folder != m_folder) {
        m_folder = folder;
        m_all.clear();
        showAnswers();
    }
    showState();
}

QString AnswersTab::obstacle() const {
    const RunRecord* record = m_session.view().record();
    if (!record || record->status != "done" || record->output.empty())
        return tr("This run has no export that could answer.");
    const auto missing = [](const std::string& folder) {
        return !QFileInfo::exists(QString::fromStdString(folder) + QStringLiteral("/config.json"));
    };
    if (missing(record->output))
        return tr("The export is no longer in %1.").arg(QString::fromStdString(record->output));
    if (missing(record->model.path))
        return tr("The original is no longer in %1.").arg(QString::fromStdString(record->model.path));
    return {};
}

void AnswersTab::showState() {
    const RunController& controller = m_session.controller();
    const QString why = obstacle();
    const bool free = why.isEmpty() && !controller.isRunning();
    for (QWidget* widget :
         {static_cast<QWidget*>(m_prompt), static_cast<QWidget*>(m_tokens), static_cast<QWidget*>(m_temperature)})
        widget->setEnabled(free);
    m_ask->setText(m_asking ? tr("&Cancel") : tr("Compare &answers"));
    m_ask->setEnabled(m_asking ? !controller.isCancelling() : free && !m_prompt->text().trimmed().isEmpty());
    m_ask->setToolTip(m_asking                 ? QString()
                      : !why.isEmpty()         ? why
                      : controller.isRunning() ? tr("Another run is going.")
                                               : tr("Both models are read into memory, one after the other"));
    m_hint->setText(m_asking        ? tr("Both models are answering …")
                    : why.isEmpty() ? tr("Original and export answer the same prompt side by side. Where the answers "
                                         "part, the first different token is marked, with the probabilities that both "
                                         "models gave it: a near tie is decided by any small change, a clear "
                                         "preference that is lost is damage.")
                                    : why);
    // A centred label is given the height of its hint, which knows nothing of the lines that a fixed width makes.
    m_hint->setMinimumHeight(m_hint->heightForWidth(hintWidth));
}

void AnswersTab::showAnswers() {
    m_stack->setCurrentIndex(m_all.empty() ? 0 : 1);
    if (m_all.empty()) return;
    const Answers& one = m_all.front();
    const bool part = one.divergence.has_value();
    m_originalTitle->setText(tr("Original, %n token(s)", nullptr, int(one.original.tokens)));
    m_exportTitle->setText(tr("Export, %n token(s)", nullptr, int(one.candidate.tokens)));
    m_original->setHtml(answerHtml(one.original, part, palette()));
    m_export->setHtml(answerHtml(one.candidate, part, palette()));
    m_reading->setText(translated(reading(one)));
    m_chancesView->setVisible(part);
    if (!part) return;
    const Divergence& at = *one.divergence;
    const auto quoted = [](const std::string& token) { return QLatin1Char('"') + visible(token) + QLatin1Char('"'); };
    m_chances->setRows({{{quoted(one.original.token), at.original_of_original, at.candidate_of_original}},
                        {{quoted(one.candidate.token), at.original_of_candidate, at.candidate_of_candidate}}});
    fitColumns(m_chancesView);
    m_chancesView->resizeRowsToContents();
    m_chancesView->setFixedHeight(m_chancesView->horizontalHeader()->height() + m_chancesView->rowHeight(0) +
                                  m_chancesView->rowHeight(1) + 2 * m_chancesView->frameWidth());
}

void AnswersTab::ask() {
    const auto run = m_session.view().run();
    if (!run || !obstacle().isEmpty() || m_session.controller().isRunning()) return;
    PromptsRequest request;
    request.original = run->record.model.path;
    request.candidate = run->record.output;
    request.prompts = {{{"user", m_prompt->text().trimmed().toStdString()}}};
    request.tokens = m_tokens->value();
    request.temperature = m_temperature->value();
    request.threads = m_session.settings().threads();
    request.device = m_session.settings().device().toStdString();
    m_all.clear();
    m_asking = true;
    m_session.controller().compareAnswers(run->folder, request, m_work);
    showAnswers();
    showState();
}

} // namespace octavo::gui
