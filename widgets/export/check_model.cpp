// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/check_model.h"

#include <algorithm>

#include "plot/theme.h"
#include "session/format.h"

namespace octavo::gui {

void CheckModel::setChecks(std::vector<Check> checks) {
    beginResetModel();
    m_checks = std::move(checks);
    std::stable_sort(m_checks.begin(), m_checks.end(),
                     [](const Check& a, const Check& b) { return a.status > b.status; });
    endResetModel();
}

void CheckModel::setPalette(const QPalette& palette) {
    m_palette = palette;
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::ForegroundRole});
}

int CheckModel::count(Check::Status status) const {
    return int(
        std::count_if(m_checks.begin(), m_checks.end(), [&](const Check& check) { return check.status == status; }));
}

int CheckModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_checks.size()); }
int CheckModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : 3; }

QVariant CheckModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Check& check = m_checks[std::size_t(index.row())];
    const auto status = [&] {
        switch (check.status) {
        case Check::Status::pass: return tr("✓ pass");
        case Check::Status::warning: return tr("⚠ warning");
        case Check::Status::fail: break;
        }
        return tr("✗ fail");
    };
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        if (index.column() == 0) return role == Qt::DisplayRole ? status() : QString::fromStdString(check.id);
        return translated(index.column() == 1 ? check.message : check.advice);
    }
    if (role == Qt::UserRole) return index.column() == 0 ? QVariant(int(check.status)) : data(index, Qt::DisplayRole);
    if (role == Qt::ForegroundRole && index.column() == 0) {
        const Theme theme = Theme::from(m_palette);
        return check.status == Check::Status::pass      ? theme.pass()
               : check.status == Check::Status::warning ? theme.warning()
                                                        : theme.fail();
    }
    return {};
}

QVariant CheckModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString titles[] = {tr("status"), tr("finding"), tr("advice")};
    return section >= 0 && section < 3 ? titles[section] : QVariant();
}

} // namespace octavo::gui
