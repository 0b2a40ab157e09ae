// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup/section.h"

namespace octavo::gui {

QFormLayout* formIn(QWidget* box) {
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

Section::Section(const QString& title, QWidget* parent) : QWidget(parent), m_body(new QVBoxLayout) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* heading = new QLabel(title, this);
    QFont font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    layout->addWidget(heading);
    m_body->setSpacing(4);
    m_body->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(m_body);
}

QLabel* Section::addHint() {
    auto* label = new QLabel(this);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    m_body->addWidget(label);
    return label;
}

QFormLayout* Section::addForm() {
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(4);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_body->addLayout(form);
    return form;
}

} // namespace octavo::gui
