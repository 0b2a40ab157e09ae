// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QPalette>

#include <vector>

#include "report/run_record.h"

namespace octavo::gui {

/// The findings of `verify`: status with sign and colour, what was found, what to do.
class CheckModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit CheckModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
    void setChecks(std::vector<Check> checks); ///< failures first, then warnings
    void setPalette(const QPalette& palette);
    int count(Check::Status status) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Check> m_checks;
    QPalette m_palette;
};

} // namespace octavo::gui
