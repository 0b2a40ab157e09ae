// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

#include "engine/engine.h"
#include "report/comparison.h"

class QTableView;

namespace octavo::gui {

class Page;
class Plot;
class Session;
class ValueTable;

/// Where along the evaluation text the damage sits: loss difference as a line, and the worst passages to read.
class TextDamage final : public QWidget {
    Q_OBJECT

public:
    TextDamage(Session& session, Page* page);
    /// What the shown run knows; either may be null.
    void setRun(std::shared_ptr<const TokenLosses> losses, std::shared_ptr<const ComparisonReport> comparison);
    void retranslate();
    Plot* plot() const { return m_plot; }
    ValueTable* table() const { return m_table; }

private:
    const Passage* passage(const QModelIndex& index) const;
    double firstToken(const Passage& passage) const;
    void fillTable();

    std::shared_ptr<const TokenLosses> m_losses;
    std::shared_ptr<const ComparisonReport> m_comparison;
    Plot* m_plot;
    ValueTable* m_table;
    QTableView* m_view;
};

} // namespace octavo::gui
