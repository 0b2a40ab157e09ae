// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "report/spectrum.h"

class QComboBox;
class QLabel;
class QTableView;

namespace octavo {
struct MatrixReport;
}

namespace octavo::gui {

class Plot;
class Session;

/// The figures of the Why panel, one at a time: what other choices would do as a table, the spectrum of the matrix's
/// Hessian, or how its error splits over its input columns (as they lie, or in act-order) or output rows.
class WhyPlot final : public QWidget {
    Q_OBJECT

public:
    WhyPlot(Session& session, QTableView* choices); ///< takes the table
    void retranslate();
    void setMatrix(const MatrixReport* report); ///< null: nothing to draw
    Plot* plot() const { return m_plot; }

private:
    void draw();
    bool drawKind(int kind);
    bool drawSpectrum();
    bool drawOrder(); ///< how error and energy add up in the order in which act-order visits the columns
    bool drawLoss(const char* statistic, const QString& axis);

    Session& m_session;
    QString m_matrix;
    QComboBox* m_kind;
    QTableView* m_choices;
    Plot* m_plot;
    QLabel* m_empty;
};

/// Of what the solver of this matrix inverted; empty where the run did not record it.
Spectrum spectrumOf(Session& session, const MatrixReport& report);

} // namespace octavo::gui
