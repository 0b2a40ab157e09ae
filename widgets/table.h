// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QTableView>

#include <vector>

namespace octavo::gui {

/// Sorts by the raw numbers behind Qt::UserRole, by text where there are none; NaN and absent values come last in both
/// directions.
class NumberSortProxy : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit NumberSortProxy(QObject* parent = nullptr);

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

/// A read-only table with the workbench's habits: sorted by raw numbers, whole rows selected, Ctrl+C copies them as
/// tab-separated text with header, numbers unrounded and with a decimal point. The model stays the caller's; the view
/// sorts through a proxy of its own.
QTableView* makeTable(QAbstractItemModel* model, const QString& accessibleName, QWidget* parent);

/// Columns as wide as their contents, the last one to the edge of the view.
void fitColumns(QTableView* view);

/// Shows the columns in `spare` that giveWay() had hidden, as wide as what they hold.
void showAgain(QTableView* view, const std::vector<int>& spare);

/// Hides as many of the columns in `spare` as have no room beside the others, the first of them first; the last column
/// of the table is not among them. To be called when contents or size change.
void giveWay(QTableView* view, const std::vector<int>& spare);

/// Header and the given rows (of `model`, all columns) as tab-separated text.
QString tabSeparated(const QAbstractItemModel& model, const QModelIndexList& rows);

} // namespace octavo::gui
