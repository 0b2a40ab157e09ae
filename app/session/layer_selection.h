// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <vector>

namespace octavo::gui {

/// One quantizable matrix as the selection knows it.
struct SelectableMatrix {
    QString name; ///< module name: "model.layers.3.mlp.down_proj"
    QString site; ///< whose input it reads: "model.layers.3.down_input"; empty for lm_head
    int layer = -1;
};

/// The one selection that tree, tables and plots share: a matrix, the input site that it reads, its layer, and a
/// channel of that site. The parts always agree: choosing a matrix chooses its site and layer, choosing a site or layer
/// moves to a matrix there and keeps the place where it exists. A setter that changes nothing stays silent, so views
/// may write back what they hear.
class LayerSelection : public QObject {
    Q_OBJECT

public:
    explicit LayerSelection(QObject* parent = nullptr);

    /// What can be selected, in execution order. Keeps the selection where it still exists, else goes to the first
    /// matrix.
    void setMatrices(std::vector<SelectableMatrix> matrices);
    const std::vector<SelectableMatrix>& matrices() const { return m_matrices; }
    int layerCount() const { return m_layerCount; } ///< largest layer index + 1

    int layer() const { return m_layer; }          ///< −1 = nothing, or a matrix outside the stack
    const QString& site() const { return m_site; } ///< full name, "model.layers.3.mlp_input"
    /// Of the site within its layer: "attention_input", "experts.7.mlp_input", …; empty without one.
    QString siteKind() const;
    const QString& matrix() const { return m_matrix; } ///< module name
    QString place() const; ///< of the matrix within its layer: "self_attn.q_proj", "mlp.experts.7.up_proj"
    int channel() const { return m_channel; } ///< of the site's input, −1 = none
    /// Site of `layer` with the given kind, empty when there is none.
    QString siteName(int layer, const QString& kind) const;
    /// Module of `layer` at the given place, empty when there is none.
    QString matrixName(int layer, const QString& place) const;

    void setLayer(int layer);
    void setSite(const QString& site);
    void setSiteKind(const QString& kind); ///< the same layer, another input
    void setMatrix(const QString& matrix);
    void setChannel(int channel);
    /// All at once with a single signal; an empty `matrix` takes one that reads `site`.
    void select(const QString& site, const QString& matrix, int channel);

    /// The same matrix one layer further (+1) or back (−1); stops at the ends.
    void walk(int step);

Q_SIGNALS:
    void changed();

private:
    const SelectableMatrix* find(const QString& matrix) const;
    int channelFor(const SelectableMatrix& target) const;
    void assign(const SelectableMatrix* matrix, int channel);

    std::vector<SelectableMatrix> m_matrices;
    int m_layerCount = 0;
    int m_layer = -1;
    QString m_site, m_matrix;
    int m_channel = -1;
};

} // namespace octavo::gui
