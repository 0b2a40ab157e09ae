// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/results_page.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>

#include <algorithm>

#include "estimate/serving.h"
#include "models/value_table.h"
#include "plot/attach.h"
#include "report/verdict.h"
#include "results/answers_tab.h"
#include "results/divergence_plot.h"
#include "results/figure_tile.h"
#include "results/memory_plot.h"
#include "results/perplexity_plot.h"
#include "results/phase_plot.h"
#include "results/serving_tab.h"
#include "results/text_damage.h"
#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

ResultsPage::ResultsPage(Session& session, QWidget* parent) : Page(session, parent) {
    auto* top = new QHBoxLayout;
    m_verdict = new QLabel(this);
    m_verdict->setWordWrap(true);
    QFont bold = font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    m_measure = new QPushButton(this);
    top->addWidget(m_verdict, 1);
    top->addWidget(m_measure);
    body()->addLayout(top);
    auto* tiles = new QHBoxLayout;
    for (FigureTile** tile : {&m_size, &m_perplexity, &m_divergence, &m_sameTop}) {
        *tile = new FigureTile(this);
        tiles->addWidget(*tile, 1);
    }
    body()->addLayout(tiles);
    m_table = new ValueTable(this);
    m_tabs = qobject_cast<QTabWidget*>(withTable(buildPicture(), m_table, tr("Figures of the run")));
    m_text = new TextDamage(session, this);
    m_tabs->insertTab(1, m_text, QString());
    m_answers = new AnswersTab(session);
    m_tabs->insertTab(2, m_answers, QString());
    m_serving = new ServingTab(session, this);
    m_tabs->insertTab(3, m_serving, QString());
    body()->addWidget(m_tabs, 1);
    retranslate();
    connect(m_measure, &QPushButton::clicked, this, &ResultsPage::measure);
    for (auto signal : {&Session::forecastChanged, &Session::targetChanged})
        connect(&session, signal, this, &Page::scheduleRefresh);
    connect(&session.controller(), &RunController::runningChanged, this, &Page::scheduleRefresh);
}

QString ResultsPage::intro() const {
    return tr("What quantization saved and what it cost, measured on the exported files against the original on the "
              "same text.");
}

QString ResultsPage::emptyText() const {
    return tr("A finished run shows here what it saved and what it cost: memory by kind, perplexity with its "
              "uncertainty, divergence, and where in a text the "
              "damage sits.");
}

bool ResultsPage::hasContent() const { return session().view().record() != nullptr; }

QWidget* ResultsPage::buildPicture() {
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    auto* left = new QSplitter(Qt::Vertical);
    auto* right = new QSplitter(Qt::Vertical);
    for (QSplitter* part : {splitter, left, right}) part->setChildrenCollapsible(false);
    m_memory = new MemoryPlot;
    m_memory->setObjectName(QStringLiteral("memory"));
    m_phases = new PhasePlot;
    m_perplexityPlot = new PerplexityPlot;
    m_divergencePlot = new DivergencePlot;
    left->addWidget(m_memory);
    left->addWidget(m_phases);
    right->addWidget(m_perplexityPlot);
    right->addWidget(m_divergencePlot);
    splitter->addWidget(left);
    splitter->addWidget(right);
    for (Plot* plot : {static_cast<Plot*>(m_memory), static_cast<Plot*>(m_phases), static_cast<Plot*>(m_perplexityPlot),
                       static_cast<Plot*>(m_divergencePlot)})
        attach(plot, this, session().selection());
    return splitter;
}

void ResultsPage::retranslate() {
    m_measure->setText(tr("&Measure accuracy"));
    m_measure->setToolTip(
        tr("Evaluates the export against the original model on the built-in text; both folders must still be there"));
    m_tabs->setTabText(1, tr("Along the text"));
    m_tabs->setTabText(2, tr("Answers"));
    m_tabs->setTabText(3, tr("Serving"));
    m_memory->setTitle(tr("Memory before and after"));
    m_phases->setTitle(tr("Seconds by phase"));
    m_perplexityPlot->setTitle(tr("Perplexity before and after"));
    m_divergencePlot->setTitle(tr("KL divergence over the tokens"));
    m_text->retranslate();
    m_answers->retranslate();
    m_serving->retranslate();
    m_table->setColumns({{tr("figure"), ValueTable::Kind::text},
                         {tr("before"), ValueTable::Kind::text},
                         {tr("after"), ValueTable::Kind::text}});
}

void ResultsPage::refresh() {
    showFigures();
    drawPlots();
    fillTable();
    const auto losses = session().view().losses();
    const auto comparison = session().view().comparison();
    m_text->setRun(losses, comparison);
    m_tabs->setTabEnabled(1, losses || comparison);
    m_answers->refresh();
    m_serving->refresh();
}

void ResultsPage::showFigures() {
    const RunRecord& record = *session().view().record();
    const Metrics* metrics = session().view().metrics();
    const bool can = !record.output.empty() && !record.model.path.empty() && record.status == "done";
    m_measure->setVisible(!metrics);
    m_measure->setEnabled(can && !session().controller().isRunning());
    const double share = record.weight_bytes_before > 0
                             ? 100.0 * (double(record.weight_bytes_after) / double(record.weight_bytes_before) - 1)
                             : 0;
    const QString larger = bytesText(record.weight_bytes_before), smaller = bytesText(record.weight_bytes_after);
    const QString unit = larger.right(3);
    // The unit once where it is the same.
    m_size->setFigure(tr("weights"), tr("%1 → %2").arg(smaller.endsWith(unit) ? larger.chopped(4) : larger, smaller),
                      tr("%1 %").arg(QLocale().toString(share, 'f', 1).replace(QLatin1Char('-'), QStringLiteral("−"))));
    for (FigureTile* tile : {m_perplexity, m_divergence, m_sameTop}) tile->setVisible(metrics != nullptr);
    if (!metrics) {
        m_verdict->setText(record.status == "done"        ? tr("The accuracy of this run has not been measured.")
                           : record.status == "cancelled" ? tr("This run was cancelled.")
                           : record.status == "running"   ? tr("This run is still going, or ended abruptly.")
                                                          : tr("This run failed: %1").arg(translated(record.error)));
        return;
    }
    m_verdict->setText(translated(verdict(*metrics)));
    const QLocale locale;
    const QString after = locale.toString(metrics->perplexity, 'f', 2);
    if (metrics->reference_perplexity)
        m_perplexity->setFigure(tr("perplexity"),
                                tr("%1 → %2").arg(locale.toString(*metrics->reference_perplexity, 'f', 2), after),
                                tr("ratio %1 ± %2 (standard error)")
                                    .arg(locale.toString(metrics->perplexity_ratio.value, 'f', 4),
                                         locale.toString(metrics->perplexity_ratio.standard_error, 'f', 4)));
    else
        m_perplexity->setFigure(tr("perplexity"), after, {});
    m_perplexity->setToolTip(tr("%1 scored tokens of %2, %3 windows of %4 tokens, BOS: %5")
                                 .arg(locale.toString(qlonglong(metrics->tokens)),
                                      QString::fromStdString(metrics->text), locale.toString(metrics->windows),
                                      locale.toString(metrics->sequence_length), QString::fromStdString(metrics->bos)));
    m_divergence->setFigure(
        tr("KL divergence, mean"), tr("%1 nats").arg(numberText(metrics->kl_divergence.value, 3)),
        tr("± %1, 99 %: %2").arg(numberText(metrics->kl_divergence.standard_error, 2), numberText(metrics->kl_p99, 3)));
    m_sameTop->setFigure(tr("same most likely token"), tr("%1 %").arg(locale.toString(metrics->same_top * 100, 'f', 1)),
                         tr("of %1 tokens").arg(locale.toString(qlonglong(metrics->tokens))));
}

std::pair<std::uint64_t, std::uint64_t> ResultsPage::kvCacheBytes() const {
    // The run knows it; one of an older version needs the open model.
    const RunRecord& record = *session().view().record();
    ModelRecord model = record.model;
    if (const auto open = session().model(); model.kv_bytes_per_token == 0 && open && open->config) {
        model.kv_bytes_per_token = kv_bytes_per_token(*open->config);
        model.windows = open->config->windows;
    }
    const std::uint64_t before = model.kv_cache_bytes(session().servingContext());
    const bool narrow = record.recipe.is_object() && record.recipe.value("kv_cache", Json()).is_string();
    return {before, narrow ? before / 2 : before};
}

void ResultsPage::drawPlots() {
    const RunRecord& record = *session().view().record();
    m_memory->setBytes(record.bytes_by_kind_before, record.bytes_by_kind_after, kvCacheBytes(),
                       session().servingContext());
    m_phases->setPhases(record.phases);
    const Metrics* metrics = session().view().metrics();
    m_perplexityPlot->setVisible(metrics != nullptr);
    m_divergencePlot->setVisible(metrics && metrics->kl_divergence.value > 0);
    if (!metrics) return;
    m_perplexityPlot->setMetrics(*metrics);
    m_divergencePlot->setMetrics(*metrics);
}

void ResultsPage::fillTable() {
    const RunRecord& record = *session().view().record();
    std::vector<ValueTable::Row> rows;
    const auto add = [&](const QString& name, const QString& before, const QString& after) {
        rows.push_back({{name, before, after}, name});
    };
    const auto bytes = [](const std::map<std::string, std::uint64_t>& kinds, const std::string& kind) {
        const auto found = kinds.find(kind);
        return found == kinds.end() ? QStringLiteral("–") : bytesText(found->second);
    };
    add(tr("weights"), bytesText(record.weight_bytes_before), bytesText(record.weight_bytes_after));
    for (const auto& [kind, size] : record.bytes_by_kind_before)
        add(tr("weights: %1").arg(MemoryPlot::kindLabel(kind)), bytesText(size),
            bytes(record.bytes_by_kind_after, kind));
    if (const auto [before, after] = kvCacheBytes(); before > 0)
        add(tr("KV cache, %n tokens", nullptr, int(session().servingContext())), bytesText(before), bytesText(after));
    if (const Metrics* m = session().view().metrics()) {
        add(tr("perplexity"), m->reference_perplexity ? numberText(*m->reference_perplexity, 6) : QStringLiteral("–"),
            numberText(m->perplexity, 6));
        if (m->reference_perplexity)
            add(tr("perplexity ratio ± standard error"), {},
                tr("%1 ± %2").arg(numberText(m->perplexity_ratio.value, 6),
                                  numberText(m->perplexity_ratio.standard_error, 2)));
        add(tr("KL divergence, mean ± standard error, nats"), {},
            tr("%1 ± %2").arg(numberText(m->kl_divergence.value), numberText(m->kl_divergence.standard_error, 2)));
        const std::pair<QString, double> percentiles[] = {{tr("median"), m->kl_median},
                                                          {tr("90 %"), m->kl_p90},
                                                          {tr("99 %"), m->kl_p99},
                                                          {tr("99.9 %"), m->kl_p999},
                                                          {tr("max"), m->kl_max}};
        for (const auto& [name, value] : percentiles)
            add(tr("KL divergence, %1, nats").arg(name), {}, numberText(value));
        add(tr("same most likely token"), {}, tr("%1 %").arg(QLocale().toString(m->same_top * 100, 'f', 2)));
        add(tr("scored tokens"), {}, QLocale().toString(qlonglong(m->tokens)));
    }
    const auto addSeconds = [&](const QString& name, double seconds, double limit) {
        const QString text = QLocale().toString(seconds, 'f', 1);
        add(tr("seconds: %1").arg(name), {},
            limit > 0 && seconds > 0
                ? tr("%1 (%2 % of the machine's limit)").arg(text, QLocale().toString(100 * limit / seconds, 'f', 0))
                : text);
    };
    for (const PhaseRecord& phase : record.phases) {
        addSeconds(PhasePlot::phaseLabel(phase.name), phase.seconds, phase.limit_seconds);
        for (const StageRecord& stage : phase.stages)
            addSeconds(PhasePlot::stageLabel(stage.name), stage.seconds, stage.limit_seconds);
    }
    if (record.peak_resident_bytes) add(tr("peak memory of the run"), {}, bytesText(record.peak_resident_bytes));
    if (record.peak_device_bytes) add(tr("peak GPU memory of the run"), {}, bytesText(record.peak_device_bytes));
    m_table->setRows(std::move(rows));
}

void ResultsPage::measure() {
    const auto run = session().view().run();
    if (!run) return;
    EvaluateRequest request;
    request.model = run->record.output;
    request.reference = run->record.model.path;
    request.windows = session().settings().evaluationWindows();
    request.threads = session().settings().threads();
    request.device = session().settings().device().toStdString();
    session().controller().evaluate(run->folder, request);
}

} // namespace octavo::gui
