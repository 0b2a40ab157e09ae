// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/value_table.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

#include "session/format.h"

namespace octavo::gui {

void ValueTable::setColumns(std::vector<Column> columns) {
    beginResetModel();
    m_columns = std::move(columns);
    endResetModel();
}

void ValueTable::setRows(std::vector<Row> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    m_decimals.assign(m_columns.size(), 0);
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        if (m_columns[column].kind != Kind::number) continue;
        std::vector<double> sizes;
        for (const Row& row : m_rows)
            if (column < row.cells.size() && row.cells[column].isValid())
                if (const double value = std::abs(row.cells[column].toDouble()); value > 0 && std::isfinite(value))
                    sizes.push_back(value);
        if (sizes.empty()) continue;
        const auto middle = sizes.begin() + std::ptrdiff_t(sizes.size() / 2);
        std::nth_element(sizes.begin(), middle, sizes.end());
        m_decimals[column] = std::clamp(m_columns[column].digits - 1 - int(std::floor(std::log10(*middle))), 0, 8);
    }
    endResetModel();
}

int ValueTable::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int ValueTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_columns.size()); }

QString ValueTable::display(const QVariant& value, int column) const {
    const Kind kind = m_columns[std::size_t(column)].kind;
    if (kind == Kind::text) return value.toString();
    bool fine = false;
    const double number = value.toDouble(&fine);
    if (!fine || !std::isfinite(number)) return QStringLiteral("–");
    const QLocale locale;
    switch (kind) {
    case Kind::integer: return locale.toString(qlonglong(number));
    case Kind::bytes: return bytesText(std::uint64_t(std::max(0.0, number)));
    case Kind::seconds: return tr("%1 s").arg(locale.toString(number, 'f', 1));
    case Kind::percent: return tr("%1 %").arg(locale.toString(number * 100, 'f', 1));
    default: return locale.toString(number, 'f', m_decimals[std::size_t(column)]);
    }
}

QVariant ValueTable::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = m_rows[std::size_t(index.row())];
    const auto column = std::size_t(index.column());
    const QVariant value = column < row.cells.size() ? row.cells[column] : QVariant();
    switch (role) {
    case Qt::DisplayRole: return display(value, index.column());
    case RawRole: return m_columns[column].kind == Kind::text || value.isValid() ? value : QVariant(std::nan(""));
    case KeyRole: return row.key;
    case Qt::ToolTipRole: return row.toolTip.isEmpty() ? QVariant() : row.toolTip;
    case Qt::TextAlignmentRole:
        return QVariant(
            int((m_columns[column].kind == Kind::text ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    default: return {};
    }
}

QVariant ValueTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= int(m_columns.size()))
        return QAbstractTableModel::headerData(section, orientation, role);
    const Column& column = m_columns[std::size_t(section)];
    if (role == Qt::DisplayRole) return column.title;
    if (role == Qt::ToolTipRole && !column.toolTip.isEmpty()) return column.toolTip;
    if (role == Qt::TextAlignmentRole)
        return QVariant(int((column.kind == Kind::text ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    return {};
}

} // namespace octavo::gui
