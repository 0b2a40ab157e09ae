// SPDX-License-Identifier: GPL-3.0-or-later
#include "smoothing/strength_bar.h"

#include <QBoxLayout>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

#include <cmath>

namespace octavo::gui {
namespace {

constexpr int steps = 100;

} // namespace

StrengthBar::StrengthBar(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2, 0, 0);
    auto* row = new QHBoxLayout;
    column->addLayout(row);
    m_label = new QLabel;
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setRange(0, steps);
    m_slider->setPageStep(5);
    m_slider->setTickInterval(10);
    m_slider->setTickPosition(QSlider::TicksBelow);
    m_slider->setMinimumWidth(90);
    m_label->setBuddy(m_slider);
    m_number = new QDoubleSpinBox;
    m_number->setRange(0, 1);
    m_number->setSingleStep(0.01);
    m_number->setDecimals(2);
    m_layer = new QPushButton;
    m_all = new QPushButton;
    m_text = new QLabel;
    m_text->setWordWrap(true);
    row->addWidget(m_label);
    row->addWidget(m_slider, 1);
    row->addWidget(m_number);
    row->addWidget(m_layer);
    row->addWidget(m_all);
    column->addWidget(m_text);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        const QSignalBlocker blocker(m_number);
        m_number->setValue(double(value) / steps);
        Q_EMIT strengthChanged(strength());
    });
    connect(m_number, &QDoubleSpinBox::valueChanged, m_slider,
            [this](double value) { m_slider->setValue(int(std::lround(value * steps))); });
    connect(m_layer, &QPushButton::clicked, this, &StrengthBar::useForLayer);
    connect(m_all, &QPushButton::clicked, this, &StrengthBar::useForAll);
    retranslate();
}

double StrengthBar::strength() const { return double(m_slider->value()) / steps; }

void StrengthBar::setStrength(double strength) {
    const QSignalBlocker blockSlider(m_slider), blockNumber(m_number);
    m_slider->setValue(int(std::lround(strength * steps)));
    m_number->setValue(strength);
}

void StrengthBar::setText(const QString& text) { m_text->setText(text); }

void StrengthBar::retranslate() {
    m_label->setText(tr("S&trength α"));
    m_slider->setAccessibleName(tr("Smoothing strength"));
    m_slider->setToolTip(tr("0 moves everything towards the activations, 1 moves all outliers into the weights; the "
                            "plots follow while you drag"));
    m_number->setAccessibleName(tr("Smoothing strength as a number"));
    m_layer->setText(tr("Use for this &layer"));
    m_layer->setToolTip(tr("Pins this strength for the selected smoothing group in the recipe of the next run"));
    m_all->setText(tr("Use for &all layers"));
    m_all->setToolTip(tr("Gives every smoothing group this strength in the recipe of the next run"));
}

} // namespace octavo::gui
