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
#include "session/format.h"
#include "session/losses.h"
#include "session/session.h"
#include "table.h"

namespace octavo::gui {
namespace {

constexpr std::size_t linePoints = 400;

} // namespace

TextDamage::TextDamage(Session& session, Page* page) : m_session(session) {
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
    splitter->addWidget(m_plot);
    splitter->addWidget(m_view);
    connect(m_view, &QTableView::clicked, this, [this](const QModelIndex& index) {
        const auto row = index.data(ValueTable::KeyRole).toString().toULongLong();
        if (row < m_passages.size())
            m_plot->mark(double(m_passages[row].first) + double(passageLength) / 2, double(passageLength));
    });
    // The words of a passage take as many lines as the window is narrow.
    connect(m_view->horizontalHeader(), &QHeaderView::sectionResized, m_view, &QTableView::resizeRowsToContents);
    retranslate();
}

void TextDamage::retranslate() {
    m_plot->setTitle(tr("Loss difference along the text"));
    m_plot->setAxisTitles(tr("scored token"), tr("Δ loss, nats"));
    using K = ValueTable::Kind;
    m_table->setColumns({{tr("at token"), K::integer},
                         {tr("loss difference"), K::number, tr("Mean over the passage, nats per token")},
                         {tr("KL"), K::number, tr("Mean over the passage, nats per token")},
                         {tr("passage"), K::text}});
}

void TextDamage::setLosses(std::shared_ptr<const TokenLosses> losses, const QStringList& folders) {
    if (losses && losses == m_losses) return;
    m_losses = std::move(losses);
    m_plot->clearSeries();
    m_plot->mark({});
    m_passages.clear();
    if (!m_losses) return m_table->setRows({});
    QCPGraph* line = m_plot->addLine(tr("loss difference, mean of a block"), Tone::after);
    for (const auto& [token, difference] : differenceAlongText(*m_losses, linePoints)) line->addData(token, difference);
    m_plot->fit({.floor = 0.0, .keepZoom = false});
    m_passages = m_session.view().passages();
    fillTable();
    const bool readable =
        std::all_of(m_passages.begin(), m_passages.end(), [](const Passage& passage) { return !passage.text.empty(); });
    if (!readable) readTexts(folders);
}

void TextDamage::readTexts(const QStringList& folders) {
    // A run that was evaluated without a tokenizer at hand, or by an older version.
    std::vector<std::filesystem::path> paths;
    for (const QString& folder : folders) paths.emplace_back(folder.toStdString());
    m_session.controller().request<std::vector<Passage>>(
        Lane::desk, QStringLiteral("passages"), this,
        [passages = m_passages, paths](std::stop_token) mutable {
            decodePassages(passages, paths);
            return passages;
        },
        [this](const std::vector<Passage>& passages) {
            m_passages = passages;
            fillTable();
        },
        [](const Problem&) {});
}

void TextDamage::fillTable() {
    std::vector<ValueTable::Row> rows;
    for (std::size_t i = 0; i < m_passages.size(); ++i) {
        const Passage& passage = m_passages[i];
        QString text = QString::fromStdString(passage.text).simplified();
        if (text.isEmpty()) {
            QStringList ids;
            for (const std::int32_t id : passage.ids) ids << QString::number(id);
            text = tr("token ids %1").arg(ids.join(QLatin1Char(' ')));
        }
        rows.push_back({{qulonglong(passage.first), passage.difference, passage.kl, text}, QString::number(i), text});
    }
    m_table->setRows(std::move(rows));
    m_view->resizeRowsToContents();
}

} // namespace octavo::gui
