// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

#include "allocate/allocate.h"
#include "plot/plot.h"

namespace octavo::gui {

/// Damage over size: the best mixes as a line, uniform schemes and measured runs as points, and the chosen mix, which
/// can be dragged along the line (or moved with Left and Right).
class FrontPlot final : public Plot {
    Q_OBJECT

public:
    struct Spot {
        QString label;
        double bytes = 0, damage = 0;
        std::optional<double> predicted = {}; ///< of a measured run: what the table foretold
    };

    explicit FrontPlot(QWidget* parent = nullptr);
    void setFront(const std::vector<Allocator::Point>& front, const std::vector<Spot>& uniform,
                  const std::vector<Spot>& measured, const QString& damageTitle);
    void setChosen(double bytes, double damage);

Q_SIGNALS:
    void dragged(double bytes);
    void moved(int direction); ///< along the front: +1 = larger

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void labelUniform(const std::vector<Spot>& uniform, QCPGraph* points);
    bool isOnChosen(QPointF pixel) const;
    Readout read(QPointF at) const;

    QCPGraph* m_chosen = nullptr;
    std::vector<Spot> m_spots;
    std::vector<Allocator::Point> m_front;
    bool m_dragging = false;
};

} // namespace octavo::gui
