// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <vector>

namespace octavo::gui {

/// The table twin of a plot: columns of texts, numbers or bytes, filled by a page. Qt::UserRole is the raw value
/// (sorting, copying), the display role is in the user's locale with equal decimals down the column.
class ValueTable final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Kind { text, integer, number, bytes, seconds, percent };
    enum Role { RawRole = Qt::UserRole, KeyRole }; ///< KeyRole: what the row stands for (module name, folder, …)

    struct Column {
        QString title;
        Kind kind = Kind::text;
        QString toolTip = {};
        int digits = 3; ///< significant digits of the column's median; decides the decimals of all
    };
    struct Row {
        std::vector<QVariant> cells; ///< double for numbers; an invalid one is absent and shows as –
        QString key = {};
        QString toolTip = {};
    };

    explicit ValueTable(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
    ValueTable(std::vector<Column> columns, QObject* parent)
        : QAbstractTableModel(parent), m_columns(std::move(columns)) {}

    void setColumns(std::vector<Column> columns);
    void setRows(std::vector<Row> rows);
    const std::vector<Row>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString display(const QVariant& value, int column) const;

    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
    std::vector<int> m_decimals; ///< of each column, as many for every row
};

} // namespace octavo::gui
