// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>

#include <vector>

#include "recipe/recipe.h"

namespace octavo::gui {

class Session;

/// Layers and their matrices: what the recipe will do with each, and what the shown run found. Modules outside the
/// stack (lm_head) stand at the top level. Qt::UserRole carries the raw number of a cell.
class LayerTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { NameColumn, SchemeColumn, SizeColumn, ErrorColumn, DamageColumn, ColumnCount };
    enum Roles {
        RawRole = Qt::UserRole,
        ModuleRole,  ///< QString: module name, empty for a layer
        ModulesRole, ///< QStringList: the module itself or all of the layer
        HeatRole     ///< double 0…1 relative to the worst, −1 without a measurement
    };

    explicit LayerTreeModel(Session& session, QObject* parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    QModelIndex indexOf(const QString& module) const;

private:
    struct Matrix {
        Module module;
        QString name, planned, measured; ///< scheme names, empty = 16 bit
        bool hasRun = false;
        double bytes = 0, error = 0,
               damage = 0; ///< error and damage NaN without a measurement; damage = share of the sum, per cent
    };
    struct Node {
        int layer = -1;
        std::vector<int> matrices; ///< into m_matrices
        bool single = false;       ///< a module outside the stack is its own node
    };

    void rebuild();
    void update();
    void fill(Matrix& matrix) const;
    void measureDamage(); ///< by the KL divergence of every group where it was measured, else by the relative error
    const Matrix* matrixAt(const QModelIndex& index) const;
    QVariant matrixText(const Matrix& matrix, int column) const;
    QVariant layerText(const Node& node, int column) const;
    double raw(const QModelIndex& index) const;
    double sum(const Node& node, int column) const;
    double heat(const QModelIndex& index) const;
    QString toolTip(const QModelIndex& index) const;

    Session& m_session;
    std::vector<Matrix> m_matrices;
    std::vector<Node> m_nodes;
    double m_worstMatrix = 0, m_worstLayer = 0;
    bool m_byDivergence = false;
};

} // namespace octavo::gui
