// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup/solver_options.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QScopedValueRollback>

#include "session/session.h"
#include "setup/section.h"

namespace octavo::gui {

SolverOptionsBox::SolverOptionsBox(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    QFormLayout* form = formIn(this);
    const auto combo = [&](const QString& label, const QString& toolTip, auto... entries) {
        auto* box = new QComboBox(this);
        (box->addItem(entries.first, static_cast<int>(entries.second)), ...);
        box->setToolTip(toolTip);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        form->addRow(label, box);
        connect(box, &QComboBox::activated, this, &SolverOptionsBox::write);
        return box;
    };
    m_method = combo(tr("Solver"), {}, std::pair(tr("GPTQ"), SolverMethod::gptq),
                     std::pair(tr("Round to nearest"), SolverMethod::round_to_nearest));
    m_scales = combo(tr("Scales"), tr("How the scale of a row or of a group is found."),
                     std::pair(tr("From the extremes"), ScaleMethod::extremes),
                     std::pair(tr("By least error"), ScaleMethod::least_squares),
                     std::pair(tr("By least error, weighted by the input"), ScaleMethod::weighted_least_squares));
    m_damping = new QDoubleSpinBox(this);
    m_damping->setRange(0.01, 100);
    m_damping->setDecimals(2);
    m_damping->setSingleStep(0.5);
    m_damping->setSuffix(tr(" %", "unit after a number"));
    m_damping->setToolTip(tr("Of the mean of the Hessian's diagonal. Raised by itself where the Hessian is not "
                             "definite; the report says so."));
    form->addRow(tr("Damping"), m_damping);
    m_shrinkage = new QDoubleSpinBox(this);
    m_shrinkage->setRange(0, 10000);
    m_shrinkage->setDecimals(1);
    m_shrinkage->setSingleStep(5);
    m_shrinkage->setSuffix(tr(" %", "unit after a number"));
    m_shrinkage->setToolTip(tr("By how much each number of the Hessian's diagonal grows. Makes less of what channels "
                               "have in common, which few tokens, or tokens of another kind, tell little about."));
    form->addRow(tr("Shrinkage"), m_shrinkage);
    m_correction =
        combo(tr("Correction"), tr("Runs the original model beside the other and solves for its outputs: slower."),
              std::pair(tr("None"), Correction::none), std::pair(tr("Of each input"), Correction::inputs),
              std::pair(tr("Of the residual stream"), Correction::residual));
    m_sweeps = new QSpinBox(this);
    m_sweeps->setRange(0, 100);
    m_sweeps->setToolTip(tr("How often every code and scale is moved to where the error is least, after the solve."));
    form->addRow(tr("Sweeps"), m_sweeps);
    m_order = new QCheckBox(tr("Columns by falling activation"), this);
    form->addRow(m_order);
    m_relative = new QCheckBox(tr("Errors relative to each token"), this);
    m_relative->setToolTip(
        tr("Counts errors of o and down relative to the residual stream, so that the few tokens with "
           "massive activations do not decide alone."));
    form->addRow(m_relative);
    for (QDoubleSpinBox* box : {m_damping, m_shrinkage})
        connect(box, &QDoubleSpinBox::valueChanged, this, &SolverOptionsBox::write);
    connect(m_sweeps, &QSpinBox::valueChanged, this, &SolverOptionsBox::write);
    for (QCheckBox* check : {m_order, m_relative}) connect(check, &QCheckBox::toggled, this, &SolverOptionsBox::write);
    connect(&session.recipe(), &RecipeEditor::changed, this, &SolverOptionsBox::follow);
    follow();
}

void SolverOptionsBox::follow() {
    const QScopedValueRollback guard(m_following, true);
    const SolverOptions& solver = m_session.recipe().recipe().solver;
    const auto choose = [](QComboBox* box, auto value) {
        box->setCurrentIndex(box->findData(static_cast<int>(value)));
    };
    choose(m_method, solver.method);
    choose(m_scales, solver.scales);
    choose(m_correction, solver.correction);
    m_damping->setValue(solver.damping * 100);
    m_shrinkage->setValue(solver.shrinkage * 100);
    m_sweeps->setValue(solver.sweeps);
    m_order->setChecked(solver.activation_order);
    m_relative->setChecked(solver.relative);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_damping), static_cast<QWidget*>(m_shrinkage), static_cast<QWidget*>(m_correction),
          static_cast<QWidget*>(m_sweeps), static_cast<QWidget*>(m_order), static_cast<QWidget*>(m_relative)})
        widget->setEnabled(solver.method == SolverMethod::gptq);
}

void SolverOptionsBox::write() {
    if (m_following) return;
    SolverOptions options = m_session.recipe().recipe().solver;
    options.method = static_cast<SolverMethod>(m_method->currentData().toInt());
    options.scales = static_cast<ScaleMethod>(m_scales->currentData().toInt());
    options.damping = m_damping->value() / 100;
    options.shrinkage = m_shrinkage->value() / 100;
    options.correction = static_cast<Correction>(m_correction->currentData().toInt());
    options.sweeps = m_sweeps->value();
    options.activation_order = m_order->isChecked();
    options.relative = m_relative->isChecked();
    m_session.recipe().setSolver(options);
}

} // namespace octavo::gui
