// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

#include <memory>

#include "compare/run_overlay.h"
#include "page.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace octavo::gui {

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
    void fitTable(); ///< what matters least gives way where there is no room for all columns
    bool eventFilter(QObject* watched, QEvent* event) override;
    void loadChosen();
    void drawOverlay();

    QString nameOf(const QString& folder) const; ///< in the legend of the overlay

    QHash<QString, OverlaidRun> m_loaded;
    QLabel* m_damageLabel;
    QComboBox* m_damage;
    QPushButton* m_open;
    QPushButton* m_forget;
    ValueTable* m_table;
    QTableView* m_view;
    RunScatter* m_scatter;
    QLabel* m_whatLabel;
    QComboBox* m_what;
    RunOverlay* m_overlay;
    QLabel* m_hint;
};

} // namespace octavo::gui
