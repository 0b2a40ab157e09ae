// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup/input_options.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QScopedValueRollback>

#include "session/session.h"
#include "setup/section.h"

namespace octavo::gui {

InputOptionsBox::InputOptionsBox(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    QFormLayout* form = formIn(this);
    m_kind = new QComboBox(this);
    m_kind->addItem(tr("A scale per token"), dynamic);
    m_kind->addItem(tr("One fixed scale"), symmetric);
    m_kind->addItem(tr("One fixed scale and zero point"), asymmetric);
    m_kind->setToolTip(tr("A fixed scale saves work while serving and costs accuracy."));
    form->addRow(tr("Inputs"), m_kind);
    m_percentile = new QDoubleSpinBox(this);
    m_percentile->setRange(50, 100);
    m_percentile->setDecimals(3);
    m_percentile->setSingleStep(0.01);
    m_percentile->setSuffix(tr(" %", "unit after a number"));
    m_percentile->setToolTip(
        tr("Of the magnitudes of inputs with a fixed scale: what lies beyond is clipped. 100 clips "
           "nothing."));
    form->addRow(tr("Percentile"), m_percentile);
    connect(m_kind, &QComboBox::activated, this, &InputOptionsBox::writeKind);
    connect(m_percentile, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (m_following) return;
        Recipe next = m_session.recipe().recipe();
        next.activation_percentile = value;
        m_session.recipe().replace(next, tr("Percentile of the inputs"), true);
    });
    connect(&session.recipe(), &RecipeEditor::changed, this, &InputOptionsBox::follow);
    follow();
}

void InputOptionsBox::follow() {
    const QScopedValueRollback guard(m_following, true);
    const Recipe& recipe = m_session.recipe().recipe();
    const auto& input = recipe.scheme.input;
    const bool fixed = input && input->dynamic == Dynamic::no;
    // FP8 has its dynamic sister as a scheme of its own; of the integer schemes vLLM serves W8A8 with a fixed scale.
    const bool free = input && input->type == NumberType::integer && recipe.scheme.name == "W8A8";
    setVisible(free || fixed);
    m_kind->setEnabled(free);
    m_kind->setCurrentIndex(!fixed ? dynamic : input->symmetric ? symmetric : asymmetric);
    m_percentile->setEnabled(fixed);
    m_percentile->setValue(recipe.activation_percentile);
}

void InputOptionsBox::writeKind() {
    Recipe next = m_session.recipe().recipe();
    const auto kind = static_cast<Kind>(m_kind->currentData().toInt());
    next.scheme = kind == dynamic ? preset(next.scheme.name) : with_static_input(next.scheme, kind == symmetric);
    if (kind == dynamic) next.activation_percentile = 100; // it would apply to nothing
    m_session.recipe().replace(next, tr("Scales of the inputs"));
}

} // namespace octavo::gui
