// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>

#include <cmath>

#include "compare/run_scatter.h"
#include "models/value_table.h"
#include "plot/attach.h"
#include "session/format.h"
#include "session/losses.h"
#include "session/session.h"
#include "table.h"

namespace octavo::gui {

namespace {

struct Column {
    enum { started, model, scheme, weights, divergence, perplexity, original, sameTop, data, time, status };
};

} // namespace

ComparePage::ComparePage(Session& session, QWidget* parent) : Page(session, parent) {
    buildControls();
    body()->addWidget(buildPicture(), 1);
    retranslate();
    connect(&session.history(), &RunHistory::changed, this, [this] {
        m_loaded.clear();
        scheduleRefresh();
    });
    connect(m_damage, &QComboBox::activated, this, &Page::scheduleRefresh);
    connect(m_what, &QComboBox::activated, this, &ComparePage::drawOverlay);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ComparePage::loadChosen);
    connect(m_view, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { this->session().openRun(index.data(ValueTable::KeyRole).toString()); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (!chosen().isEmpty()) this->session().openRun(chosen().first());
    });
    connect(m_forget, &QPushButton::clicked, this, [this] {
        for (const QString& folder : chosen()) this->session().history().forget(folder);
    });
    connect(m_scatter, &RunScatter::runClicked, this, [this](const QString& folder) {
        QStringList folders = chosen();
        if (folders.contains(folder)) return;
        if (folders.size() > 1) folders.removeFirst();
        choose(folders << folder);
    });
}

QString ComparePage::intro() const {
    return tr("Past runs side by side, where further down is less damage and further left is smaller: "
              "choose two (Ctrl + click) to lay their curves over each other.");
}

QString ComparePage::emptyText() const {
    return tr("Every run is kept and listed here. Quantize a model, or open a run folder that was made elsewhere.");
}

bool ComparePage::hasContent() const { return !session().history().runs().empty(); }

void ComparePage::buildControls() {
    m_damageLabel = new QLabel(this);
    m_damage = new QComboBox(this);
    m_damage->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_damageLabel->setBuddy(m_damage);
    m_open = new QPushButton(this);
    m_forget = new QPushButton(this);
    controls()->addWidget(m_damageLabel);
    controls()->addWidget(m_damage);
    controls()->addStretch();
    controls()->addWidget(m_open);
    controls()->addWidget(m_forget);
}

QWidget* ComparePage::buildPicture() {
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    m_table = new ValueTable(this);
    m_view = makeTable(m_table, tr("Past runs"), splitter);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->viewport()->installEventFilter(this);
    splitter->addWidget(m_view);
    auto* bottom = new QSplitter(Qt::Horizontal);
    bottom->setChildrenCollapsible(false);
    m_scatter = new RunScatter;
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    m_hint = new QLabel;
    m_hint->setWordWrap(true);
    m_overlay = new RunOverlay;
    m_whatLabel = new QLabel;
    m_what = new QComboBox;
    m_whatLabel->setBuddy(m_what);
    auto* row = new QHBoxLayout;
    row->addWidget(m_whatLabel);
    row->addWidget(m_what);
    row->addStretch();
    column->addLayout(row);
    column->addWidget(m_hint);
    column->addWidget(m_overlay, 1);
    bottom->addWidget(m_scatter);
    bottom->addWidget(right);
    splitter->addWidget(bottom);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    attach(m_scatter, this, session().selection());
    attach(m_overlay, this, session().selection());
    return splitter;
}

void ComparePage::retranslate() {
    setEmptyAction(tr("Open run…"), QStringLiteral("actionOpenRun"));
    m_damageLabel->setText(tr("&Damage"));
    m_damage->setAccessibleName(tr("Measure of damage"));
    const int current = std::max(0, m_damage->currentIndex());
    m_damage->clear();
    m_damage->addItems({tr("mean KL divergence"), tr("rise of perplexity")});
    m_damage->setCurrentIndex(current);
    m_open->setText(tr("&Show this run"));
    m_forget->setText(tr("&Remove from list"));
    m_forget->setToolTip(tr("The run folder stays on disk"));
    m_scatter->setTitle(tr("Size against damage"));
    m_whatLabel->setText(tr("&Overlay"));
    m_what->setAccessibleName(tr("What is laid over each other"));
    const int what = std::max(0, m_what->currentIndex());
    m_what->clear();
    m_what->addItems({tr("error of every matrix"), tr("input range of every layer"), tr("loss along the text")});
    m_what->setCurrentIndex(what);
    m_overlay->setTitle(tr("Two runs laid over each other"));
    using K = ValueTable::Kind;
    m_table->setColumns({{tr("started"), K::text},
                         {tr("model"), K::text},
                         {tr("scheme"), K::text},
                         {tr("weights"), K::bytes},
                         {tr("KL"), K::number, tr("Mean KL divergence, nats")},
                         {tr("perplexity"), K::number, tr("Of the export"), 4},
                         {tr("original"), K::number, tr("Perplexity of the original"), 4},
                         {tr("same top"), K::percent},
                         {tr("data"), K::text},
                         {tr("time"), K::seconds},
                         {tr("status"), K::text}});
}

void ComparePage::refresh() {
    const QStringList before = chosen();
    fillTable();
    m_scatter->setRuns(session().history().runs(),
                       m_damage->currentIndex() == 1 ? RunScatter::Damage::perplexity : RunScatter::Damage::divergence);
    // Something to look at from the start: the two latest.
    QStringList folders = before;
    for (const PastRun& run : session().history().runs())
        if (before.isEmpty() && folders.size() < 2 && run.record.status == "done") folders << run.folder;
    m_scatter->setVisible(!m_scatter->isEmpty()); // no run was measured: no axes without a point
    choose(folders);
    loadChosen();
}

void ComparePage::fillTable() {
    std::vector<ValueTable::Row> rows;
    for (const PastRun& run : session().history().runs()) {
        const RunRecord& record = run.record;
        QVariant before, after, divergence, same;
        if (record.metrics) {
            if (record.metrics->reference_perplexity) before = *record.metrics->reference_perplexity;
            after = record.metrics->perplexity;
            if (record.metrics->kl_divergence.value > 0) divergence = record.metrics->kl_divergence.value;
            if (record.metrics->same_top > 0) same = record.metrics->same_top;
        }
        const QString name = QString::fromStdString(record.model.name),
                      source = QString::fromStdString(record.dataset.source);
        QStringList notes{name, run.folder};
        if (!source.isEmpty()) notes << tr("Calibrated with %1").arg(source);
        notes << tr("Took %1").arg(durationText(record.seconds));
        // ISO order sorts right as text whatever the locale.
        rows.push_back(
            {{run.started.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")), name, run.scheme,
              record.weight_bytes_after ? QVariant(double(record.weight_bytes_after)) : QVariant(), divergence, after,
              before, same, source, record.seconds, QString::fromStdString(record.status)},
             run.folder,
             notes.join(QLatin1Char('\n'))});
    }
    m_table->setRows(std::move(rows));
    fitTable();
}

void ComparePage::fitTable() {
    static const std::vector<int> spare{Column::data,    Column::time,    Column::original,
                                        Column::started, Column::sameTop, Column::perplexity};
    constexpr int longest = 24; ///< characters of a name; its row's tool tip has all of it
    showAgain(m_view, spare);
    const int most = longest * m_view->fontMetrics().averageCharWidth();
    for (const int column : {Column::model, Column::data})
        if (m_view->columnWidth(column) > most) m_view->setColumnWidth(column, most);
    giveWay(m_view, spare);
}

bool ComparePage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view->viewport() && event->type() == QEvent::Resize) fitTable();
    return Page::eventFilter(watched, event);
}

QStringList ComparePage::chosen() const {
    QStringList folders;
    for (const QModelIndex& index : m_view->selectionModel()->selectedRows())
        folders << index.data(ValueTable::KeyRole).toString();
    return folders.mid(0, 2);
}

void ComparePage::choose(const QStringList& folders) {
    QItemSelection selection;
    const QAbstractItemModel* model = m_view->model();
    for (int row = 0; row < model->rowCount(); ++row)
        if (folders.contains(model->index(row, 0).data(ValueTable::KeyRole).toString()))
            selection.select(model->index(row, 0), model->index(row, model->columnCount() - 1));
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void ComparePage::loadChosen() {
    const QStringList folders = chosen();
    m_open->setEnabled(!folders.isEmpty());
    m_forget->setEnabled(!folders.isEmpty());
    m_scatter->setChosen(folders);
    drawOverlay();
    for (int i = 0; i < folders.size(); ++i) {
        const QString folder = folders[i];
        if (m_loaded.contains(folder)) continue;
        session().controller().request<OverlaidRun>(
            Lane::desk, QStringLiteral("compare%1").arg(i), this,
            [folder](std::stop_token) {
                const std::filesystem::path path = folder.toStdString();
                return OverlaidRun{{}, std::make_shared<const Run>(Run::open(path)), read_losses(path)};
            },
            [this, folder](const OverlaidRun& run) {
                m_loaded.insert(folder, run);
                drawOverlay();
            });
    }
}

QString ComparePage::nameOf(const QString& folder) const {
    for (const PastRun& past : session().history().runs())
        if (past.folder == folder)
            return tr("%1 · %2").arg(past.scheme,
                                     past.started.toLocalTime().toString(QStringLiteral("MM-dd HH:mm:ss")));
    return folder;
}

void ComparePage::drawOverlay() {
    const QStringList folders = chosen();
    std::vector<OverlaidRun> runs;
    for (const QString& folder : folders)
        if (const auto found = m_loaded.constFind(folder); found != m_loaded.constEnd()) {
            runs.push_back(*found);
            runs.back().name = nameOf(folder);
        }
    const auto what = RunOverlay::What(std::max(0, m_what->currentIndex()));
    m_overlay->setRuns(runs, what, session().selection().siteKind());
    m_overlay->setVisible(!folders.isEmpty());
    m_hint->setText(folders.isEmpty()      ? tr("Choose two runs in the table to compare them.")
                    : folders.size() < 2   ? tr("Choose a second run (Ctrl + click) to compare.")
                    : runs.size() < 2      ? tr("Reading the runs …")
                    : m_overlay->isEmpty() ? tr("Neither run has recorded this.")
                                           : QString());
    m_hint->setVisible(!m_hint->text().isEmpty());
}

} // namespace octavo::gui
