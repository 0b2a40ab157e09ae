// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScopedValueRollback>

#include "session/session.h"
#include "setup/input_options.h"
#include "setup/sections.h"
#include "setup/solver_options.h"

namespace octavo::gui {

OptionsSection::OptionsSection(Session& session, QWidget* parent) : Section(tr("Options"), parent), m_session(session) {
    m_smoothing = makeSmoothing();
    m_solver = new SolverOptionsBox(session, this);
    body()->addWidget(m_smoothing);
    m_scaling = new QCheckBox(tr("Scale channels first (AWQ)"), this);
    m_scaling->setToolTip(tr("Channels whose inputs carry much are scaled up before the weights are rounded."));
    connect(m_scaling, &QCheckBox::toggled, this, &OptionsSection::writeScaling);
    body()->addWidget(new InputOptionsBox(session, this));
    body()->addWidget(m_scaling);
    body()->addWidget(m_solver);
    m_kvCache = new QCheckBox(tr("KV cache in FP8"), this);
    m_kvCache->setToolTip(
        tr("Scales of keys and values are calibrated and exported; vLLM then keeps the cache in half the "
           "memory."));
    body()->addWidget(m_kvCache);
    connect(m_kvCache, &QCheckBox::toggled, this, [this](bool on) {
        if (!m_following) m_session.recipe().setKvCache(on ? KvCache::fp8 : KvCache::as_is);
    });
    m_ignore = new QLineEdit(this);
    m_ignore->setToolTip(tr("Stay in 16 bit: names, class names or re:patterns, separated by commas."));
    addForm()->addRow(tr("Ignore"), m_ignore);
    m_overrides = addHint();
    connect(m_ignore, &QLineEdit::editingFinished, this,
            [this] { m_session.recipe().setIgnore(m_ignore->text().split(QLatin1Char(','), Qt::SkipEmptyParts)); });
    connect(&session.recipe(), &RecipeEditor::changed, this, &OptionsSection::follow);
    follow();
}

QWidget* OptionsSection::makeSmoothing() {
    auto* box = new QWidget(this);
    QFormLayout* form = formIn(box);
    m_mode = new QComboBox(box);
    m_mode->addItem(tr("Searched per layer"), static_cast<int>(SmoothingMode::automatic));
    m_mode->addItem(tr("Fixed strength"), static_cast<int>(SmoothingMode::fixed));
    m_mode->addItem(tr("Off"), static_cast<int>(SmoothingMode::off));
    m_mode->setToolTip(tr("Moves outliers of the activations into the weights (SmoothQuant)."));
    form->addRow(tr("Smoothing"), m_mode);
    m_strength = new QDoubleSpinBox(box);
    m_strength->setRange(0, 1);
    m_strength->setSingleStep(0.05);
    m_strength->setDecimals(2);
    form->addRow(tr("Strength α"), m_strength);
    m_norms = new QCheckBox(tr("Norms → q, k, v and gate, up"), box);
    m_upDown = new QCheckBox(tr("up → down"), box);
    m_valueOutput = new QCheckBox(tr("v → o"), box);
    auto* pair = new QHBoxLayout;
    pair->addWidget(m_upDown);
    pair->addWidget(m_valueOutput);
    pair->addStretch(1);
    form->addRow(m_norms);
    form->addRow(pair);
    connect(m_mode, &QComboBox::activated, this, &OptionsSection::writeSmoothing);
    connect(m_strength, &QDoubleSpinBox::valueChanged, this, &OptionsSection::writeSmoothing);
    for (QCheckBox* check : {m_norms, m_upDown, m_valueOutput})
        connect(check, &QCheckBox::toggled, this, &OptionsSection::writeSmoothing);
    return box;
}

void OptionsSection::follow() {
    const QScopedValueRollback guard(m_following, true);
    const Recipe& recipe = m_session.recipe().recipe();
    const bool integerInput = recipe.scheme.input && recipe.scheme.input->type == NumberType::integer;
    const bool awq = recipe.smoothing.rule == SmoothingRule::awq;
    m_smoothing->setVisible(integerInput || (!awq && recipe.smoothing.mode != SmoothingMode::off));
    m_scaling->setVisible(!recipe.scheme.input);
    m_scaling->setChecked(awq && recipe.smoothing.mode != SmoothingMode::off);
    m_solver->setVisible(recipe.solver.method == SolverMethod::gptq || recipe.needs_data());
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(recipe.smoothing.mode)));
    m_strength->setValue(recipe.smoothing.strength);
    m_strength->setEnabled(recipe.smoothing.mode == SmoothingMode::fixed);
    m_norms->setChecked(recipe.smoothing.norms);
    m_upDown->setChecked(recipe.smoothing.up_down);
    m_valueOutput->setChecked(recipe.smoothing.value_output);
    for (QCheckBox* check : {m_norms, m_upDown, m_valueOutput})
        check->setEnabled(recipe.smoothing.mode != SmoothingMode::off);
    m_kvCache->setChecked(recipe.kv_cache != KvCache::as_is);
    QStringList ignored;
    for (const std::string& pattern : recipe.ignore) ignored << QString::fromStdString(pattern);
    m_ignore->setText(ignored.join(QStringLiteral(", ")));
    int own = 0, solved = 0;
    for (const Override& one : recipe.overrides) {
        if (one.changes_scheme) own += static_cast<int>(one.targets.size());
        if (!one.solver.empty()) solved += static_cast<int>(one.targets.size());
    }
    const int strengths = static_cast<int>(recipe.smoothing.strengths.size());
    QStringList notes;
    if (own > 0) notes << tr("%n matrices have a scheme of their own.", nullptr, own);
    if (solved > 0) notes << tr("%n matrices are solved in a way of their own.", nullptr, solved);
    if (strengths > 0) notes << tr("%n inputs have a smoothing strength of their own.", nullptr, strengths);
    m_overrides->setText(notes.join(QLatin1Char(' ')));
    m_overrides->setVisible(!notes.isEmpty());
}

void OptionsSection::writeScaling(bool on) {
    if (m_following) return;
    SmoothingOptions options;
    options.rule = on ? SmoothingRule::awq : SmoothingRule::smoothquant;
    options.mode = on ? SmoothingMode::automatic : SmoothingMode::off;
    m_session.recipe().setSmoothing(options);
}

void OptionsSection::writeSmoothing() {
    if (m_following) return;
    SmoothingOptions options = m_session.recipe().recipe().smoothing;
    options.mode = static_cast<SmoothingMode>(m_mode->currentData().toInt());
    options.strength = m_strength->value();
    options.norms = m_norms->isChecked();
    options.up_down = m_upDown->isChecked();
    options.value_output = m_valueOutput->isChecked();
    m_session.recipe().setSmoothing(options);
}

} // namespace octavo::gui
