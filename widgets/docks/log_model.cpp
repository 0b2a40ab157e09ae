// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks/log_model.h"

#include "session/format.h"
#include "session/log_buffer.h"
#include "style/icons.h"

namespace octavo::gui {

namespace {

QString levelText(LogLevel level) {
    switch (level) {
    case LogLevel::debug: return LogModel::tr("Detail");
    case LogLevel::info: return LogModel::tr("Note");
    case LogLevel::warning: return LogModel::tr("Warning");
    case LogLevel::error: return LogModel::tr("Error");
    }
    return {};
}

} // namespace

LogModel::LogModel(LogBuffer& buffer, QObject* parent)
    : QAbstractTableModel(parent), m_buffer(buffer), m_rows(static_cast<int>(buffer.entries().size())) {
    connect(&buffer, &LogBuffer::added, this, [this] {
        const int rows = static_cast<int>(m_buffer.entries().size());
        if (rows <= m_rows) return;
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    });
    connect(&buffer, &LogBuffer::dropped, this, [this](int) {
        beginResetModel();
        m_rows = static_cast<int>(m_buffer.entries().size());
        endResetModel();
    });
    connect(&buffer, &LogBuffer::cleared, this, [this] {
        beginResetModel();
        m_rows = 0;
        endResetModel();
    });
}

int LogModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_rows; }
int LogModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows) return {};
    const LogEntry& entry = m_buffer.entries()[static_cast<std::size_t>(index.row())];
    if (role == Qt::UserRole) return static_cast<int>(entry.level);
    if (role == Qt::DecorationRole && index.column() == LevelColumn) {
        if (entry.level == LogLevel::warning) return themedIcon(QStringLiteral("warning"));
        if (entry.level == LogLevel::error) return themedIcon(QStringLiteral("error"));
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    switch (index.column()) {
    case TimeColumn: return entry.time.toString(QStringLiteral("HH:mm:ss"));
    case LevelColumn: return levelText(entry.level);
    case TextColumn: return translated(entry.message);
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case TimeColumn: return tr("Time");
    case LevelColumn: return tr("Level");
    case TextColumn: return tr("Message");
    default: return {};
    }
}

void LogFilter::setLevel(LogLevel level) {
    m_level = level;
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (sourceModel()->index(row, 0, parent).data(Qt::UserRole).toInt() < static_cast<int>(m_level)) return false;
    return QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

} // namespace octavo::gui
