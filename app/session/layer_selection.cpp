// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/layer_selection.h"

#include <algorithm>

#include "session/format.h"

namespace octavo::gui {

LayerSelection::LayerSelection(QObject* parent) : QObject(parent) {}

void LayerSelection::setMatrices(std::vector<SelectableMatrix> matrices) {
    m_matrices = std::move(matrices);
    m_layerCount = 0;
    for (const SelectableMatrix& matrix : m_matrices) m_layerCount = std::max(m_layerCount, matrix.layer + 1);
    const SelectableMatrix* kept = find(m_matrix);
    const int channel = kept ? m_channel : -1;
    if (!kept && !m_matrices.empty()) kept = &m_matrices.front();
    assign(kept, channel);
}

const SelectableMatrix* LayerSelection::find(const QString& matrix) const {
    const auto it = std::find_if(m_matrices.begin(), m_matrices.end(),
                                 [&](const SelectableMatrix& one) { return one.name == matrix; });
    return it == m_matrices.end() ? nullptr : &*it;
}

QString LayerSelection::siteKind() const { return withinLayer(m_site); }

QString LayerSelection::place() const { return m_matrix.isEmpty() ? QString() : withinLayer(m_matrix); }

QString LayerSelection::siteName(int layer, const QString& kind) const {
    for (const SelectableMatrix& matrix : m_matrices)
        if (matrix.layer == layer && !matrix.site.isEmpty() && withinLayer(matrix.site) == kind) return matrix.site;
    return {};
}

QString LayerSelection::matrixName(int layer, const QString& place) const {
    for (const SelectableMatrix& matrix : m_matrices)
        if (matrix.layer == layer && withinLayer(matrix.name) == place) return matrix.name;
    return {};
}

void LayerSelection::assign(const SelectableMatrix* matrix, int channel) {
    const int layer = matrix ? matrix->layer : -1;
    const QString site = matrix ? matrix->site : QString();
    const QString name = matrix ? matrix->name : QString();
    if (layer == m_layer && site == m_site && name == m_matrix && channel == m_channel) return;
    m_layer = layer;
    m_site = site;
    m_matrix = name;
    m_channel = channel;
    Q_EMIT changed();
}

void LayerSelection::setLayer(int layer) {
    if (layer == m_layer) return;
    const SelectableMatrix* target = find(matrixName(layer, place()));
    if (!target) {
        const auto it = std::find_if(m_matrices.begin(), m_matrices.end(),
                                     [layer](const SelectableMatrix& one) { return one.layer == layer; });
        if (it == m_matrices.end()) return;
        target = &*it;
    }
    assign(target, channelFor(*target));
}

int LayerSelection::channelFor(const SelectableMatrix& target) const {
    // A channel means the same in every layer's input of one kind, and nothing in another kind.
    return withinLayer(target.site) == withinLayer(m_site) ? m_channel : -1;
}

void LayerSelection::setSite(const QString& site) {
    if (site != m_site) select(site, {}, withinLayer(site) == siteKind() ? m_channel : -1);
}

void LayerSelection::setSiteKind(const QString& kind) {
    if (const QString site = siteName(m_layer, kind); !site.isEmpty()) setSite(site);
}

void LayerSelection::setMatrix(const QString& matrix) {
    if (const SelectableMatrix* target = find(matrix)) assign(target, channelFor(*target));
}

void LayerSelection::setChannel(int channel) {
    if (channel == m_channel || m_matrix.isEmpty()) return;
    m_channel = std::max(channel, -1);
    Q_EMIT changed();
}

void LayerSelection::select(const QString& site, const QString& matrix, int channel) {
    const SelectableMatrix* target = find(matrix);
    if (!target) {
        // The place that is shown now, if it reads the site in question; otherwise the first that does.
        const QString wanted = place();
        for (const SelectableMatrix& one : m_matrices) {
            if (one.site != site || site.isEmpty()) continue;
            if (!target || withinLayer(one.name) == wanted) target = &one;
        }
    }
    if (!target) return;
    assign(target, std::max(channel, -1));
}

void LayerSelection::walk(int step) {
    const QString wanted = place();
    for (int layer = m_layer + step; layer >= 0 && layer < m_layerCount; layer += step)
        if (const SelectableMatrix* target = find(matrixName(layer, wanted))) {
            assign(target, channelFor(*target));
            return;
        }
}

} // namespace octavo::gui
