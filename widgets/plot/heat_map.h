// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/max_pyramid.h"
#include "plot/plot.h"

namespace octavo::gui {

/// A map of rows × columns with a labelled colour bar. Row 0 is at the top, as in a table. Only a coarse copy of the
/// visible part is ever handed to the painter; the maximum of what shares a pixel is kept.
class HeatMap : public Plot {
    Q_OBJECT

public:
    explicit HeatMap(QWidget* parent = nullptr);

    enum class Scale { linear, logarithmic };
    /// Values row by row; NaN, and with a logarithmic scale everything ≤ 0, stays empty.
    void setMatrix(std::vector<float> values, int rows, int columns, Scale scale, bool keepZoom = false);
    void setColourTitle(const QString& title); ///< of the colour bar, with unit
    /// The same colours as another map, so that two can be compared.
    void setColourRange(double low, double high);
    const MaxPyramid& pyramid() const { return m_pyramid; }
    QCPColorMap* map() const { return m_map; }

    struct Cell {
        int row = -1, column = -1;
        float value = 0;
    };
    /// What a click or the cursor means: the brightest column among those that share the pixel; row −1 outside.
    Cell cellAt(QPointF coordinates) const;

protected:
    void recolour() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateWindow();
    float shown(float value) const;

    MaxPyramid m_pyramid;
    Scale m_scale = Scale::linear;
    QCPColorMap* m_map;
    QCPColorScale* m_bar;
    int m_level = -1, m_rowStep = 0, m_first = 0, m_last = -1; ///< what the map holds: columns first…last of the level
};

} // namespace octavo::gui
