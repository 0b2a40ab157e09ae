// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "session/passages.h"

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
    /// Null when the run was not evaluated. `folders`: where a tokenizer may be found that turns ids into text.
    void setLosses(std::shared_ptr<const TokenLosses> losses, const QStringList& folders);
    void retranslate();
    Plot* plot() const { return m_plot; }
    ValueTable* table() const { return m_table; }

private:
    void readTexts(const QStringList& folders);
    void fillTable();

    Session& m_session;
    std::shared_ptr<const TokenLosses> m_losses;
    std::vector<Passage> m_passages;
    Plot* m_plot;
    ValueTable* m_table;
    QTableView* m_view;
};

} // namespace octavo::gui
