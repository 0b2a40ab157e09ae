// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;

namespace octavo::gui {

/// Slider, number and the two actions that put a smoothing strength into the recipe.
class StrengthBar final : public QWidget {
    Q_OBJECT

public:
    explicit StrengthBar(QWidget* parent = nullptr);

    double strength() const;
    void setStrength(double strength); ///< silent
    void setText(const QString& text); ///< what the strength would do
    void retranslate();
    QSlider* slider() const { return m_slider; }

Q_SIGNALS:
    void strengthChanged(double strength); ///< by the user, also while dragging
    void useForLayer();
    void useForAll();

private:
    QLabel* m_label;
    QSlider* m_slider;
    QDoubleSpinBox* m_number;
    QLabel* m_text;
    QPushButton* m_layer;
    QPushButton* m_all;
};

} // namespace octavo::gui
