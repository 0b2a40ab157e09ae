// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"
#include "plot/plot_tracer.h"
#include "table.h"
#include "weights/code_grid.h"

class QComboBox;
class QLabel;

namespace octavo::gui {

class Plot;
class ValueTable;

/// Is the grid used well? Histogram of the codes of the selected matrix, its scales, and where its error sits.
class WeightsPage final : public Page {
    Q_OBJECT

public:
    explicit WeightsPage(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("weights"); }
    QString title() const override { return tr("Weights"); }
    QString intro() const override;
    QString emptyText() const override;
    bool hasContent() const override;
    void refresh() override;
    void retranslate() override;

private:
    QWidget* buildPicture();
    void fillMatrices();
    void drawHistogram();
    void drawProfile(Plot* plot, const std::vector<float>& values, const QString& name, int tone);
    void fillTable(const std::vector<float>& scales, const std::vector<float>& rowError);
    void describe();
    Readout readCode(QPointF at) const;

    CodeGrid m_grid;
    QLabel* m_matrixLabel;
    QComboBox* m_matrix;
    QComboBox* m_scale;
    QLabel* m_scaleLabel;
    QLabel* m_state;
    Plot* m_histogram;
    Plot* m_scales;
    Plot* m_rowError;
    Plot* m_columnError;
    ValueTable* m_table;
};

} // namespace octavo::gui
