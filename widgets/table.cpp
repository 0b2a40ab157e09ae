// SPDX-License-Identifier: GPL-3.0-or-later
#include "table.h"

#include <QAction>
#include <QClipboard>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHeaderView>

#include <algorithm>
#include <cmath>

namespace octavo::gui {

namespace {

bool isNumber(const QVariant& value) {
    const int type = value.typeId();
    return type == QMetaType::Double || type == QMetaType::Float || type == QMetaType::Int || type == QMetaType::UInt ||
           type == QMetaType::LongLong || type == QMetaType::ULongLong;
}

QString plain(const QModelIndex& index) {
    const QVariant raw = index.data(Qt::UserRole);
    if (!isNumber(raw)) return index.data(Qt::DisplayRole).toString().replace(QLatin1Char('\t'), QLatin1Char(' '));
    const double value = raw.toDouble();
    return std::isnan(value) ? QString() : QString::number(value, 'g', 10);
}

void copySelection(QTableView* view) {
    QGuiApplication::clipboard()->setText(tabSeparated(*view->model(), view->selectionModel()->selectedRows()));
}

} // namespace

NumberSortProxy::NumberSortProxy(QObject* parent) : QSortFilterProxyModel(parent) {
    setDynamicSortFilter(true);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
}

bool NumberSortProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(Qt::UserRole), b = right.data(Qt::UserRole);
    if (!isNumber(a) && !isNumber(b))
        return QString::localeAwareCompare(left.data().toString(), right.data().toString()) < 0;
    const double x = isNumber(a) ? a.toDouble() : std::nan(""), y = isNumber(b) ? b.toDouble() : std::nan("");
    if (std::isnan(x) || std::isnan(y)) {
        if (std::isnan(x) && std::isnan(y)) return false;
        return sortOrder() == Qt::AscendingOrder ? std::isnan(y) : std::isnan(x);
    }
    return x < y;
}

QString tabSeparated(const QAbstractItemModel& model, const QModelIndexList& rows) {
    QModelIndexList sorted = rows;
    std::sort(sorted.begin(), sorted.end(),
              [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
    QString out;
    const auto line = [&](const auto& cell) {
        for (int column = 0; column < model.columnCount(); ++column)
            out += (column ? QStringLiteral("\t") : QString()) + cell(column);
        out += QLatin1Char('\n');
    };
    line([&](int column) { return model.headerData(column, Qt::Horizontal).toString(); });
    for (const QModelIndex& row : sorted) line([&](int column) { return plain(row.siblingAtColumn(column)); });
    return out;
}

namespace {

void fitColumn(QTableView* view, int column) {
    constexpr int gap = 10; // px: a number that ends right must not run into the text that follows
    view->resizeColumnToContents(column);
    view->setColumnWidth(column, view->columnWidth(column) + gap);
}

} // namespace

void fitColumns(QTableView* view) {
    // The last column is left alone: a width of its own would end its stretching. What is hidden has no width.
    for (int column = 0; column + 1 < view->model()->columnCount(); ++column)
        if (!view->isColumnHidden(column)) fitColumn(view, column);
}

void showAgain(QTableView* view, const std::vector<int>& spare) {
    for (const int column : spare) {
        if (!view->isColumnHidden(column)) continue;
        view->setColumnHidden(column, false);
        fitColumn(view, column);
    }
}

void giveWay(QTableView* view, const std::vector<int>& spare) {
    const int last = view->model()->columnCount() - 1;
    int needed = std::max(view->horizontalHeader()->sectionSizeHint(last),
                          static_cast<const QAbstractItemView*>(view)->sizeHintForColumn(last));
    for (int column = 0; column < last; ++column) needed += view->columnWidth(column);
    for (const int column : spare) {
        if (needed <= view->viewport()->width()) return;
        needed -= view->columnWidth(column);
        view->setColumnHidden(column, true);
    }
}

QTableView* makeTable(QAbstractItemModel* model, const QString& accessibleName, QWidget* parent) {
    auto* view = new QTableView(parent);
    auto* proxy = new NumberSortProxy(view);
    proxy->setSourceModel(model);
    view->setModel(proxy);
    view->setAccessibleName(accessibleName);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setAlternatingRowColors(true);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false); // Tab leaves the table for the next input
    view->setSortingEnabled(true);
    view->sortByColumn(-1, Qt::AscendingOrder); // the model's own order until a header is clicked
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(QFontMetrics(view->font()).height() + 8);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setStretchLastSection(true);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    // Not measuring every row keeps tables of 14336 channels quick.
    view->horizontalHeader()->setResizeContentsPrecision(64);
    const auto fit = [view] { fitColumns(view); };
    fit();
    QObject::connect(proxy, &QAbstractItemModel::modelReset, view, fit);

    auto* copy = new QAction(QObject::tr("Copy rows"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    QObject::connect(copy, &QAction::triggered, view, [view] { copySelection(view); });
    return view;
}

} // namespace octavo::gui
