// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/figure_tile.h"

#include <QBoxLayout>
#include <QLabel>

namespace octavo::gui {

FigureTile::FigureTile(QWidget* parent) : QFrame(parent) {
    setFrameShape(QFrame::StyledPanel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 4, 6);
    column->setSpacing(1);
    m_caption = new QLabel;
    m_value = new QLabel;
    m_detail = new QLabel;
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.1);
    large.setBold(true);
    m_value->setFont(large);
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    for (QLabel* label : {m_caption, m_detail}) {
        label->setFont(small);
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    m_caption->setWordWrap(true);
    m_detail->setWordWrap(true);
    column->addWidget(m_caption);
    column->addWidget(m_value);
    column->addWidget(m_detail);
    column->addStretch();
}

void FigureTile::setFigure(const QString& caption, const QString& value, const QString& detail) {
    m_caption->setText(caption);
    m_value->setText(value);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(caption + QStringLiteral(": ") + value);
}

} // namespace octavo::gui
