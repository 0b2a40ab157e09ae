// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"
#include "pareto/front_plot.h"
#include "pareto/mix.h"
#include "session/run_records.h"

class QAction;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace octavo::gui {

class KlBar;
class SchemeMap;
class ValueTable;

/// Mixed precision: damage over size, the best mix of each size, and the recipe that follows the chosen one.
class ParetoPage final : public Page {
    Q_OBJECT

public:
    explicit ParetoPage(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("pareto"); }
    QString title() const override { return tr("Mixed precision"); }
    QString intro() const override;
    QString emptyText() const override;
    bool hasContent() const override;
    void refresh() override;
    void retranslate() override;

    const Mix& mix() const { return m_mix; }

private:
    QWidget* buildPicture();
    void buildControls();
    void findTable(); ///< of the shown run, or of another run of the same model
    void useTable(std::shared_ptr<const SensitivityTable> table, const QString& runFolder);
    void findMeasured();
    void drawFront();
    void fillTable();
    void showChosen();
    /// The recipe of the next run becomes the chosen mix.
    void changeRecipe();
    void pinAt(QPointF at);
    void quantize();
    void calibrate();
    std::vector<Scheme> wantedSchemes() const;
    QString damageTitle() const;

    Mix m_mix;
    bool m_outdated = true;        ///< table and runs have to be looked for again
    QString m_tableFolder;         ///< run folder of the table
    std::filesystem::path m_begun; ///< run folder for whose size a mix was chosen
    std::shared_ptr<RunRecords> m_records = std::make_shared<RunRecords>();
    std::vector<FrontPlot::Spot> m_measured; ///< runs of the same model, newest first
    QWidget* m_pictures; ///< front, map and table; in their place m_nothing while nothing is measured
    QLabel* m_nothing;
    KlBar* m_kl;
    QToolButton* m_schemes;
    QAction* m_solved;
    QLabel* m_budgetLabel;
    QDoubleSpinBox* m_budget; ///< MiB
    QPushButton *m_exact, *m_unpin, *m_calibrate, *m_quantize;
    QLabel* m_summary;
    FrontPlot* m_front;
    SchemeMap* m_map;
    ValueTable* m_table;
};

} // namespace octavo::gui
