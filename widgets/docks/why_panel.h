// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

#include "allocate/rounding_choices.h"

class QLabel;
class QTableView;

namespace octavo::gui {

class Session;
struct SmoothingData;
class ValueTable;
class WhyPlot;

/// Why the selected matrix has the error that it has: a sentence that reads the statistics, and what other choices
/// would do to it. Nothing is run: everything comes from what the run recorded and from the weights of its model.
class WhyPanel final : public QWidget {
    Q_OBJECT

public:
    explicit WhyPanel(Session& session, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void retranslate();
    void refresh();
    QString reading(const MatrixReport& report, const SmoothingData& smoothing) const;
    void fillChoices(const MatrixReport& report, const SmoothingData& smoothing);
    QString gridLabel(const OtherGrid& grid) const;
    void findGrids(); ///< of the selected matrix, on a worker

    Session& m_session;
    QLabel *m_title, *m_reading;
    QString m_gridsOf; ///< run and matrix that m_grids are of, or will be
    std::vector<OtherGrid> m_grids;
    ValueTable* m_choices;
    QTableView* m_view;
    WhyPlot* m_plot;
};

} // namespace octavo::gui
