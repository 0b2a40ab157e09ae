// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/text_damage.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QTableView>

#include <algorithm>

#include "models/value_table.h"
#include "plot/attach.h"
#include "plot/plot.h"
#include "results/passage_delegate.h"
#include "session/losses.h"
#include "session/session.h"
#include "table.h"

namespace octavo::gui {
namespace {

constexpr std::size_t linePoints = 400;
constexpr int passageColumn = 4;

} // namespace

TextDamage::TextDamage(Session& session, Page* page) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    column->addWidget(splitter);
    m_plot = new Plot;
    m_plot->setIntegerAxis(m_plot->xAxis);
    attach(m_plot, page, session.selection());
    m_table = new ValueTable(this);
    m_view = makeTable(m_table, tr("Worst passages"), splitter);
    m_view->setWordWrap(true);
    m_view->setItemDelegateForColumn(
        passageColumn, new PassageDelegate([this](const QModelIndex& index) { return passage(index); }, m_view));
    splitter->addWidget(m_plot);
    splitter->addWidget(m_view);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    connect(m_view, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (const Passage* one = passage(index))
            m_plot->mark(firstToken(*one) + double(one->tokens.size()) / 2, double(one->tokens.size()));
    });
    // The words of a passage take as many lines as the window is narrow.
    connect(m_view->horizontalHeader(), &QHeaderView::sectionResized, m_view, &QTableView::resizeRowsToContents);
    retranslate();
}

void TextDamage::retranslate() {
    m_plot->setTitle(tr("Loss difference along the text"));
    m_plot->setAxisTitles(tr("scored token"), tr("Δ loss, nats"));
    using K = ValueTable::Kind;
    m_table->setColumns(
        {{tr("at token"), K::integer},
         {tr("KL"), K::number, tr("Mean over the passage, nats per token")},
         {tr("loss difference"), K::number, tr("Mean over the passage, nats per token")},
         {tr("at the worst token"), K::text, tr("Most likely there: of the original → of the quantized model")},
         {tr("passage"), K::text, tr("The warmer a token's ground, the further its distribution moved")}});
}

void TextDamage::setRun(std::shared_ptr<const TokenLosses> losses, std::shared_ptr<const ComparisonReport> comparison) {
    if (losses == m_losses && comparison == m_comparison) return;
    m_losses = std::move(losses);
    m_comparison = std::move(comparison);
    m_plot->clearSeries();
    m_plot->mark({});
    m_plot->setVisible(m_losses != nullptr);
    if (m_losses) {
        QCPGraph* line = m_plot->addLine(tr("loss difference, mean of a block"), Tone::after);
        for (const auto& [token, difference] : differenceAlongText(*m_losses, linePoints))
            line->addData(token, difference);
        m_plot->fit({.floor = 0.0, .keepZoom = false});
    }
    fillTable();
}

const Passage* TextDamage::passage(const QModelIndex& index) const {
    bool known = false;
    const auto at = index.data(ValueTable::KeyRole).toString().toULongLong(&known);
    if (!known || !m_comparison || m_comparison->texts.empty()) return nullptr;
    const std::vector<Passage>& worst = m_comparison->texts.front().worst;
    return at < worst.size() ? &worst[at] : nullptr;
}

double TextDamage::firstToken(const Passage& passage) const {
    // The first token of a window is not scored.
    const int scored = std::max(m_comparison->texts.front().metrics.sequence_length - 1, 0);
    return double(passage.window) * scored + passage.position - 1;
}

void TextDamage::fillTable() {
    std::vector<ValueTable::Row> rows;
    if (m_comparison && !m_comparison->texts.empty()) {
        for (const Passage& one : m_comparison->texts.front().worst) {
            QString text;
            for (const PassageToken& token : one.tokens) text += QString::fromStdString(token.text);
            const auto quoted = [](const std::string& word) {
                return QLatin1Char('"') + QString::fromStdString(word).replace(QLatin1Char('\n'), QStringLiteral("⏎")) +
                       QLatin1Char('"');
            };
            rows.push_back({{firstToken(one), one.kl, one.loss_change,
                             quoted(one.expected) + QStringLiteral(" → ") + quoted(one.instead), text.simplified()},
                            QString::number(rows.size())});
        }
    }
    m_table->setRows(std::move(rows));
    m_view->resizeRowsToContents();
}

} // namespace octavo::gui
