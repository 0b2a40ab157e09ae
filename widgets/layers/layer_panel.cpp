// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

#include "layers/heat_delegate.h"
#include "models/layer_tree_model.h"
#include "session/format.h"
#include "session/session.h"
#include "style/icons.h"
#include "table.h"

namespace octavo::gui {

namespace {

constexpr int padding = 12; ///< of a cell, both sides

} // namespace

LayerPanel::LayerPanel(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_model(new LayerTreeModel(session, this)),
      m_proxy(new NumberSortProxy(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(6);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter, e.g. down_proj"));
    m_filter->setAccessibleName(tr("Filter layers"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(themedIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    layout->addWidget(m_filter);
    buildTree();
    layout->addWidget(m_tree, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_proxy->setFilterFixedString(text);
        if (!text.isEmpty()) m_tree->expandAll();
        followSelection();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &LayerPanel::leadSelection);
    connect(&session.selection(), &LayerSelection::changed, this, &LayerPanel::followSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &LayerPanel::followSelection);
    followSelection();
}

void LayerPanel::buildTree() {
    m_proxy->setSourceModel(m_model);
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setAutoAcceptChildRows(true);
    m_tree = new QTreeView(this);
    m_tree->setModel(m_proxy);
    m_tree->setAccessibleName(tr("Layers and matrices"));
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setSortingEnabled(true);
    m_tree->sortByColumn(-1, Qt::AscendingOrder);
    m_tree->setItemDelegateForColumn(LayerTreeModel::DamageColumn, new HeatDelegate(m_tree));
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView* header = m_tree->header();
    // The name gets what the figures leave: nothing is ever out of sight. Of a long one the end tells more.
    m_tree->setIndentation(14);
    m_tree->setTextElideMode(Qt::ElideLeft);
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(40);
    header->setSectionResizeMode(LayerTreeModel::NameColumn, QHeaderView::Stretch);
    const QFontMetrics metrics = fontMetrics();
    int width = metrics.horizontalAdvance(LayerTreeModel::tr("Layer %1").arg(88)) + m_tree->indentation() + padding;
    for (const auto& [column, example] : {std::pair(LayerTreeModel::SchemeColumn, "W8A16"),
                                          {LayerTreeModel::SizeColumn, "888.8 MiB"},
                                          {LayerTreeModel::ErrorColumn, "8.8e-08"},
                                          {LayerTreeModel::DamageColumn, "88.8 %"}}) {
        const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int section =
            std::max(metrics.horizontalAdvance(title), metrics.horizontalAdvance(QLatin1String(example))) + padding;
        header->resizeSection(column, section);
        width += section;
    }
    m_tree->setMinimumWidth(width + m_tree->verticalScrollBar()->sizeHint().width() + 2 * m_tree->frameWidth());
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        const std::unique_ptr<QMenu> menu(makeMenu());
        menu->exec(m_tree->viewport()->mapToGlobal(at));
    });
}

QStringList LayerPanel::selectedModules() const {
    QStringList out;
    for (const QModelIndex& row : m_tree->selectionModel()->selectedRows())
        for (const QString& name : row.data(LayerTreeModel::ModulesRole).toStringList())
            if (!out.contains(name)) out << name;
    return out;
}

void LayerPanel::edit(const std::function<void(const QStringList&)>& change) {
    const QStringList chosen = selectedModules();
    const QStringList all = m_session.recipe().withPartners(chosen);
    change(chosen);
    if (all.size() <= chosen.size()) return;
    QStringList others;
    for (const QString& name : all)
        if (!chosen.contains(name)) others << layerLabel(name);
    Q_EMIT noted(tr("%1 changed with it: vLLM runs q, k, v as one matrix, and gate, up as another.")
                     .arg(others.join(QStringLiteral(", "))));
}

QMenu* LayerPanel::makeMenu() {
    auto* menu = new QMenu(this);
    const QStringList chosen = selectedModules();
    menu->addAction(tr("Keep in 16 bit"), this,
                    [this] { edit([this](const QStringList& modules) { m_session.recipe().keepIn16Bit(modules); }); });
    QMenu* schemes = menu->addMenu(tr("Set scheme"));
    for (const Scheme& scheme : presets()) {
        if (!is_implemented(scheme)) continue;
        schemes->addAction(QString::fromStdString(scheme.name), this, [this, scheme] {
            edit([this, &scheme](const QStringList& modules) { m_session.recipe().setScheme(modules, scheme); });
        });
    }
    QMenu* algorithms = menu->addMenu(tr("Set algorithm"));
    for (const auto& [method, name] :
         {std::pair(SolverMethod::gptq, tr("GPTQ")), std::pair(SolverMethod::round_to_nearest, tr("Round to nearest"))})
        algorithms->addAction(name, this,
                              [this, method = method] { m_session.recipe().setMethod(selectedModules(), method); });
    menu->addAction(tr("As the recipe says"), this, [this] {
        edit([this](const QStringList& modules) { m_session.recipe().clearOverride(modules); });
    });
    for (QAction* action : menu->actions()) action->setEnabled(!chosen.isEmpty());
    menu->addSeparator();
    QAction* copy = menu->addAction(themedIcon(QStringLiteral("copy")), tr("Copy name"), this, [chosen] {
        QGuiApplication::clipboard()->setText(chosen.join(QLatin1Char('\n')));
    });
    copy->setEnabled(!chosen.isEmpty());
    menu->addSeparator();
    menu->addAction(tr("Expand all"), m_tree, &QTreeView::expandAll);
    menu->addAction(tr("Collapse all"), m_tree, &QTreeView::collapseAll);
    return menu;
}

void LayerPanel::followSelection() {
    const QModelIndex wanted = m_proxy->mapFromSource(m_model->indexOf(m_session.selection().matrix()));
    if (!wanted.isValid() || m_following) return;
    const QModelIndex current = m_tree->currentIndex();
    // A chosen layer already stands for its matrices; do not jump away from it.
    if (current.siblingAtColumn(0) == wanted || (current.isValid() && current.siblingAtColumn(0) == wanted.parent()))
        return;
    const QScopedValueRollback guard(m_following, true);
    // With the branch closed the layer's row is shown as current, so that walking the layers does not unfold the tree.
    const QModelIndex shown =
        wanted.parent().isValid() && !m_tree->isExpanded(wanted.parent()) ? wanted.parent() : wanted;
    m_tree->selectionModel()->setCurrentIndex(shown, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_tree->scrollTo(shown);
}

void LayerPanel::leadSelection(const QModelIndex& current) {
    if (m_following || !current.isValid()) return;
    const QScopedValueRollback guard(m_following, true);
    const QString module = current.data(LayerTreeModel::ModuleRole).toString();
    if (!module.isEmpty()) {
        m_session.selection().setMatrix(module);
    } else if (const QStringList modules = current.data(LayerTreeModel::ModulesRole).toStringList();
               !modules.isEmpty()) {
        for (const SelectableMatrix& matrix : m_session.selection().matrices())
            if (matrix.name == modules.front()) m_session.selection().setLayer(matrix.layer);
    }
}

} // namespace octavo::gui
