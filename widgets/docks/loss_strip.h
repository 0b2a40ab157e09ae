// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace octavo::gui {

class Session;

/// Relative output error per layer as bars that appear while the run goes on: the worst matrix of each layer,
/// logarithmic. A click selects the layer.
class LossStrip : public QWidget {
    Q_OBJECT

public:
    explicit LossStrip(Session& session, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    const std::vector<double>& errors() const { return m_errors; } ///< per layer; NaN = not yet

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    void collect();
    QRectF area() const;
    int layerAt(const QPointF& point) const;

    Session& m_session;
    std::vector<double> m_errors;
};

} // namespace octavo::gui
