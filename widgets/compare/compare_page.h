// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

#include <memory>

#include "page.h"
#include "report/run_folder.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace octavo::gui {

class Plot;
class RunScatter;
class ValueTable;

/// Which run is best? Past runs as a table and as size against damage; two chosen ones overlaid matrix by matrix.
class ComparePage final : public Page {
    Q_OBJECT

public:
    explicit ComparePage(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("compare"); }
    QString title() const override { return tr("Compare"); }
    QString intro() const override;
    QString emptyText() const override;
    bool hasContent() const override;
    void refresh() override;
    void retranslate() override;
    /// The runs that are overlaid: the first two of the selected rows.
    QStringList chosen() const;
    void choose(const QStringList& folders);

private:
    void buildControls();
    QWidget* buildPicture();
    void fillTable();
    void loadChosen();
    void drawOverlay();

    QHash<QString, std::shared_ptr<const Run>> m_loaded;
    QLabel* m_damageLabel;
    QComboBox* m_damage;
    QPushButton* m_open;
    QPushButton* m_forget;
    ValueTable* m_table;
    QTableView* m_view;
    RunScatter* m_scatter;
    Plot* m_overlay;
    QLabel* m_hint;
};

} // namespace octavo::gui
