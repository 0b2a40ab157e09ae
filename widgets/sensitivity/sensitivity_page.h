// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"
#include "plot/plot_tracer.h"
#include "sensitivity/ranking.h"
#include "table.h"

class QCPBars;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace octavo::gui {

class HeatMap;
class KlBar;
class Plot;
class ValueTable;

/// What must not be quantized? Matrices ranked by damage, and the worst of them kept in 16 bit with one action.
class SensitivityPage final : public Page {
    Q_OBJECT

public:
    explicit SensitivityPage(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("sensitivity"); }
    QString title() const override { return tr("Sensitivity"); }
    QString intro() const override;
    QString emptyText() const override;
    bool hasContent() const override;
    void refresh() override;
    void retranslate() override;

private:
    QWidget* buildPicture();
    Ranking currentRanking() const; ///< by the chosen measure
    void drawRanks();
    void drawIntervals(QCPBars* bars, int first, int last);
    void drawMap();
    void fillTable();
    void updateWorst();
    void keepWorst();
    Ranking::Measure measure() const;
    bool ofGroups() const; ///< is the measure one of the sensitivity table's?
    Readout readRank(QPointF at) const;
    Readout readCell(QPointF at) const;

    KlBar* m_kl;
    Ranking m_ranking;
    QStringList m_roles; ///< rows of the map
    QLabel* m_measureLabel;
    QComboBox* m_measure;
    bool m_measureChosen = false;
    QLabel* m_worstLabel;
    QSpinBox* m_worst;
    QPushButton* m_keep;
    QLabel* m_effect;
    Plot* m_ranks;
    HeatMap* m_map;
    ValueTable* m_table;
};

} // namespace octavo::gui
