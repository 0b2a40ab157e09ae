// SPDX-License-Identifier: GPL-3.0-or-later
#include "sensitivity/sensitivity_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/value_table.h"
#include "plot/attach.h"
#include "plot/heat_map.h"
#include "sensitivity/kl_bar.h"
#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

SensitivityPage::SensitivityPage(Session& session, QWidget* parent) : Page(session, parent) {
    m_measureLabel = new QLabel(this);
    m_measure = new QComboBox(this);
    m_measure->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_measureLabel->setBuddy(m_measure);
    controls()->addWidget(m_measureLabel);
    controls()->addWidget(m_measure);
    controls()->addStretch();
    m_kl = new KlBar(session, this);
    body()->addWidget(m_kl);
    m_table = new ValueTable(this);
    body()->addWidget(withTable(buildPicture(), m_table, tr("Matrices by damage")), 1);
    auto* row = new QHBoxLayout;
    m_worstLabel = new QLabel;
    m_worst = new QSpinBox;
    m_worst->setRange(0, 0);
    m_worstLabel->setBuddy(m_worst);
    m_effect = new QLabel;
    m_effect->setWordWrap(true);
    m_keep = new QPushButton;
    row->addWidget(m_worstLabel);
    row->addWidget(m_worst);
    row->addWidget(m_keep);
    row->addWidget(m_effect, 1);
    body()->addLayout(row);
    retranslate();
    connect(m_measure, &QComboBox::activated, this, [this] {
        m_measureChosen = true;
        scheduleRefresh();
    });
    connect(m_worst, &QSpinBox::valueChanged, this, [this] {
        drawRanks();
        updateWorst();
    });
    connect(m_keep, &QPushButton::clicked, this, &SensitivityPage::keepWorst);
    connect(&session.view(), &RunView::sensitivityChanged, this, &Page::scheduleRefresh);
    connect(&session.recipe(), &RecipeEditor::changed, this, &SensitivityPage::updateWorst);
    connect(&session.view(), &RunView::runChanged, this, [this] {
        m_measureChosen = false;
        scheduleRefresh();
    });
}

QString SensitivityPage::intro() const {
    return tr("Which matrices quantization hurts most, worst first: where the cumulative line rises "
              "steeply, keeping a few matrices in 16 bit buys most of the accuracy back.");
}

QString SensitivityPage::emptyText() const {
    return tr("Quantizing measures the damage of every matrix while it works; the ranking grows layer by layer.");
}

bool SensitivityPage::hasContent() const {
    const auto& reports = session().view().reports();
    return std::any_of(reports.begin(), reports.end(),
                       [](const MatrixReport& report) { return !report.scheme.empty(); });
}

QWidget* SensitivityPage::buildPicture() {
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    m_ranks = new Plot;
    m_ranks->setIntegerAxis(m_ranks->xAxis);
    m_ranks->showLegend();
    m_ranks->yAxis2->setVisible(true);
    m_ranks->yAxis2->setRange(0, 105);
    m_ranks->setReadout([this](QPointF at) { return readRank(at); });
    m_map = new HeatMap;
    m_map->setIntegerAxis(m_map->xAxis);
    m_map->setReadout([this](QPointF at) { return readCell(at); });
    splitter->addWidget(m_ranks);
    splitter->addWidget(m_map);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    LayerSelection& selection = session().selection();
    attach(m_ranks, this, selection);
    attach(m_map, this, selection);
    connect(m_ranks, &Plot::clicked, this, [this, &selection](QPointF at) {
        const long rank = std::lround(at.x()) - 1;
        if (rank >= 0 && rank < long(m_ranking.entries().size()))
            selection.setMatrix(m_ranking.entries()[std::size_t(rank)].matrices.value(0));
    });
    connect(m_map, &Plot::clicked, this, [this, &selection](QPointF at) {
        const HeatMap::Cell cell = m_map->cellAt(at);
        if (cell.row < 0 || cell.row >= m_roles.size()) return;
        for (const Ranking::Entry& entry : m_ranking.entries())
            if (entry.layer == cell.column && entry.role == m_roles[cell.row])
                return selection.setMatrix(entry.matrices.value(0));
    });
    return splitter;
}

void SensitivityPage::retranslate() {
    m_measureLabel->setText(tr("&Damage"));
    m_measure->setAccessibleName(tr("Measure of damage"));
    const int measure = std::max(0, m_measure->currentIndex());
    m_measure->clear();
    m_measure->addItems({tr("relative output error, as written"), tr("relative output error, if only rounded"),
                         tr("relative error of the weights alone"), tr("KL divergence, this group alone"),
                         tr("KL divergence, forecast from gradients")});
    m_measure->setCurrentIndex(measure);
    m_ranks->setTitle(tr("Matrices by damage"));
    m_ranks->yAxis2->setLabel(tr("cumulative share, %"));
    m_map->setTitle(tr("Damage by layer and matrix"));
    m_map->setAxisTitles(tr("layer"), QString());
    m_worstLabel->setText(tr("&Worst"));
    m_worst->setAccessibleName(tr("How many of the worst matrices"));
    m_keep->setText(tr("&Keep in 16 bit"));
    m_keep->setToolTip(tr("Excludes them from quantization in the recipe of the next run; can be undone"));
    using K = ValueTable::Kind;
    m_table->setColumns(
        {{tr("rank"), K::integer},
         {tr("matrix"), K::text},
         {tr("scheme"), K::text},
         {tr("as written"), K::number, tr("Relative output error of what was written")},
         {tr("if rounded"), K::number, tr("Relative output error if the weights had only been rounded")},
         {tr("weights alone"), K::number, tr("Relative error of the weights, without data")},
         {tr("KL"), K::number, tr("KL divergence of the logits in nats when this group alone is quantized")},
         {tr("KL forecast"), K::number, tr("The same as gradients of the unquantized model forecast it")},
         {tr("KL from"), K::number, tr("Lower end of the 95 % interval")},
         {tr("KL to"), K::number, tr("Upper end of the 95 % interval")},
         {tr("same top"), K::percent, tr("Tokens whose most likely next token stays the same")},
         {tr("share"), K::percent},
         {tr("cumulative"), K::percent},
         {tr("saves"), K::bytes}});
}

Ranking::Measure SensitivityPage::measure() const { return Ranking::Measure(std::max(0, m_measure->currentIndex())); }

bool SensitivityPage::ofGroups() const {
    return measure() == Ranking::Measure::divergence || measure() == Ranking::Measure::forecast;
}

Ranking SensitivityPage::currentRanking() const {
    if (!ofGroups()) return Ranking(session().view().reports(), measure());
    const SensitivityTable* table = session().view().sensitivity();
    return table ? Ranking(*table, session().view().reports(), measure()) : Ranking();
}

void SensitivityPage::refresh() {
    // What the output says counts most, where it was measured; a run without calibration data has its weights alone.
    if (!m_measureChosen)
        for (const int other : {3, 4, 0, 1, 2}) {
            m_measure->setCurrentIndex(other);
            if (currentRanking().isMeaningful()) break;
        }
    m_ranking = currentRanking();
    m_kl->follow();
    m_worst->setMaximum(int(m_ranking.entries().size()));
    drawRanks();
    drawMap();
    fillTable();
    updateWorst();
    const int rank = m_ranking.rankOf(session().selection().matrix());
    m_ranks->mark(rank >= 0 ? std::optional<double>(rank + 1) : std::nullopt);
    m_map->mark(session().selection().layer() >= 0 ? std::optional<double>(session().selection().layer())
                                                   : std::nullopt);
}

void SensitivityPage::drawRanks() {
    m_ranks->clearSeries();
    m_ranks->setAxisTitles(tr("rank"), measure() == Ranking::Measure::divergence ? tr("KL divergence, nats")
                                       : measure() == Ranking::Measure::forecast ? tr("KL divergence forecast, nats")
                                       : measure() == Ranking::Measure::weights  ? tr("relative weight error")
                                                                                 : tr("relative output error"));
    QCPBars* kept = m_ranks->addBars(tr("worst %1").arg(m_worst->value()), Tone::alert);
    QCPBars* others = m_ranks->addBars(m_worst->value() > 0 ? tr("others") : tr("damage"), Tone::after);
    if (m_worst->value() == 0) kept->removeFromLegend();
    const auto& entries = m_ranking.entries();
    for (std::size_t i = 0; i < entries.size(); ++i)
        (int(i) < m_worst->value() ? kept : others)->addData(double(i) + 1, entries[i].damage);
    for (QCPBars* bars : {kept, others}) bars->setWidth(entries.size() > 120 ? 1.0 : 0.75);
    if (m_ranking.hasIntervals()) {
        const int split = std::min(m_worst->value(), int(entries.size()));
        drawIntervals(kept, 0, split);
        drawIntervals(others, split, int(entries.size()));
    }
    auto* line = new QCPGraph(m_ranks->xAxis, m_ranks->yAxis2);
    line->setName(tr("cumulative share"));
    m_ranks->setTone(line, Tone::second);
    const std::vector<double> shares = m_ranking.cumulative();
    for (std::size_t i = 0; i < shares.size(); ++i) line->addData(double(i) + 1, shares[i] * 100);
    m_ranks->fit({.floor = 0.0, .x = QCPRange(0.2, double(std::max<std::size_t>(entries.size(), 1)) + 0.8)});
}

void SensitivityPage::drawIntervals(QCPBars* bars, int first, int last) {
    auto* intervals = new QCPErrorBars(m_ranks->xAxis, m_ranks->yAxis);
    intervals->setDataPlottable(bars);
    intervals->setErrorType(QCPErrorBars::etValueError);
    intervals->setName(tr("95 % interval"));
    intervals->setWhiskerWidth(m_ranking.entries().size() > 120 ? 1 : 4);
    m_ranks->setTone(intervals, Tone::neutral);
    if (first == last || last < int(m_ranking.entries().size())) intervals->removeFromLegend(); // once is enough
    for (int i = first; i < last; ++i) {
        const Ranking::Entry& entry = m_ranking.entries()[std::size_t(i)];
        intervals->addData(entry.damage - entry.low, entry.high - entry.damage);
    }
}

void SensitivityPage::drawMap() {
    m_roles.clear();
    int layers = session().view().isLive() ? session().view().layers() : 0;
    // In the order of the layer, not of the ranks.
    std::vector<const Ranking::Entry*> entries;
    for (const Ranking::Entry& entry : m_ranking.entries())
        if (entry.layer >= 0 && entry.layer <= 2047) entries.push_back(&entry);
    const auto& reports = session().view().reports();
    const auto place = [&](const Ranking::Entry* entry) {
        const std::string name = entry->matrices.value(0).toStdString();
        for (std::size_t i = 0; i < reports.size(); ++i)
            if (reports[i].role == name.substr(name.rfind('.') + 1)) return i;
        return reports.size();
    };
    std::map<QString, std::size_t> order;
    for (const Ranking::Entry* entry : entries) {
        layers = std::max(layers, entry->layer + 1);
        if (!order.contains(entry->role)) order[entry->role] = place(entry);
    }
    for (const auto& [role, unused] : order) m_roles << role;
    std::stable_sort(m_roles.begin(), m_roles.end(),
                     [&](const QString& a, const QString& b) { return order[a] < order[b]; });
    std::vector<float> values(std::size_t(layers) * std::size_t(m_roles.size()), std::nanf(""));
    for (const Ranking::Entry* entry : entries) {
        const auto row = std::size_t(m_roles.indexOf(entry->role));
        // Where several matrices have one role (experts), the cell is the worst of them.
        float& cell = values[row * std::size_t(layers) + std::size_t(entry->layer)];
        cell = std::fmax(cell, float(entry->damage));
    }
    m_map->setNamedAxis(m_map->yAxis, m_roles);
    m_map->setColourTitle(m_ranks->yAxis->label().simplified());
    m_map->setMatrix(std::move(values), int(m_roles.size()), layers, HeatMap::Scale::logarithmic, true);
}

void SensitivityPage::fillTable() {
    const std::vector<double> shares = m_ranking.cumulative();
    const bool groups = ofGroups(), divergence = measure() == Ranking::Measure::divergence;
    std::vector<ValueTable::Row> rows;
    for (std::size_t i = 0; i < m_ranking.entries().size(); ++i) {
        const Ranking::Entry& entry = m_ranking.entries()[i];
        // Of a group, its worst matrix.
        double solved = 0, rounded = 0, weights = 0;
        std::string scheme;
        for (const QString& matrix : entry.matrices)
            if (const MatrixReport* report = session().view().report(matrix)) {
                scheme = report->scheme;
                solved = std::max(solved, report->relative_error);
                rounded = std::max(rounded, report->relative_error_rounding);
                weights = std::max(weights, Ranking::damageOf(*report, Ranking::Measure::weights));
            }
        const auto known = [](bool isKnown, double value) { return isKnown ? QVariant(value) : QVariant(); };
        rows.push_back({{int(i) + 1, layerLabel(entry.name), QString::fromStdString(scheme), solved, rounded, weights,
                         known(entry.divergence.has_value(), entry.divergence.value_or(0)),
                         known(entry.forecast.has_value(), entry.forecast.value_or(0)), known(groups, entry.low),
                         known(groups, entry.high), known(divergence, entry.sameTop),
                         m_ranking.total() > 0 ? entry.damage / m_ranking.total() : 0, shares[i], double(entry.saved)},
                        entry.matrices.value(0),
                        entry.matrices.join(QLatin1Char('\n'))});
    }
    m_table->setRows(std::move(rows));
}

void SensitivityPage::updateWorst() {
    const int count = m_worst->value();
    m_keep->setEnabled(count > 0);
    if (count == 0) return m_effect->setText(tr("Choose how many of the worst stay in 16 bit."));
    std::set<int> ranks;
    for (const QString& name : session().recipe().withPartners(m_ranking.worst(count)))
        if (const int rank = m_ranking.rankOf(name); rank >= 0) ranks.insert(rank);
    double damage = 0;
    std::uint64_t bytes = 0;
    for (const int rank : ranks) {
        damage += m_ranking.entries()[std::size_t(rank)].damage;
        bytes += m_ranking.entries()[std::size_t(rank)].saved;
    }
    const int others = int(ranks.size()) - std::min(count, int(m_ranking.entries().size()));
    const QString share = QLocale().toString(m_ranking.total() > 0 ? damage / m_ranking.total() * 100 : 0, 'f', 0);
    QString text = tr("Removes %1 % of the damage and costs %2.").arg(share, bytesText(bytes));
    if (others > 0) text += QLatin1Char(' ') + tr("Includes %n partner(s) fused with them in vLLM.", nullptr, others);
    m_effect->setText(text);
}

void SensitivityPage::keepWorst() { session().recipe().keepIn16Bit(m_ranking.worst(m_worst->value())); }

Readout SensitivityPage::readRank(QPointF at) const {
    const long rank = std::lround(at.x());
    if (rank < 1 || rank > long(m_ranking.entries().size())) return {};
    const Ranking::Entry& entry = m_ranking.entries()[std::size_t(rank - 1)];
    const double share = m_ranking.total() > 0 ? entry.damage / m_ranking.total() * 100 : 0;
    QString text = tr("%1\nrank %2, %3 %4 (%5 % of all)")
                       .arg(layerLabel(entry.name), QString::number(rank), m_ranks->yAxis->label().simplified(),
                            numberText(entry.damage, 3), QLocale().toString(share, 'f', 1));
    if (entry.high > entry.low && measure() == Ranking::Measure::forecast)
        text +=
            QLatin1Char('\n') + tr("95 % interval %1 to %2").arg(numberText(entry.low, 3), numberText(entry.high, 3));
    else if (entry.high > entry.low)
        text += QLatin1Char('\n') + tr("95 % interval %1 to %2; the most likely token stays for %3 %")
                                        .arg(numberText(entry.low, 3), numberText(entry.high, 3),
                                             QLocale().toString(entry.sameTop * 100, 'f', 1));
    return {{double(rank), entry.damage}, text};
}

Readout SensitivityPage::readCell(QPointF at) const {
    const HeatMap::Cell cell = m_map->cellAt(at);
    if (cell.row < 0 || cell.row >= m_roles.size()) return {};
    const QString value = std::isnan(cell.value) ? tr("16 bit, or not measured") : numberText(cell.value, 3);
    return {{double(cell.column), double(cell.row)},
            tr("%1 · %2\n%3").arg(QString::number(cell.column), m_roles[cell.row], value)};
}

} // namespace octavo::gui
