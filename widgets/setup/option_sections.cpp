// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>

#include <algorithm>

#include "session/format.h"
#include "session/session.h"
#include "setup/calibration_preview.h"
#include "setup/sections.h"
#include "style/icons.h"

namespace octavo::gui {

namespace {

constexpr int longestRow = 131072;

} // namespace

CalibrationSection::CalibrationSection(Session& session, QWidget* parent)
    : Section(tr("Calibration data"), parent), m_session(session) {
    m_source = new QComboBox(this);
    m_source->setAccessibleName(tr("Calibration data"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    body()->addWidget(m_source);
    const auto spin = [this](int low, int high, int step, const QString& suffix) {
        auto* box = new QSpinBox(this);
        box->setRange(low, high);
        box->setSingleStep(step);
        box->setGroupSeparatorShown(true);
        box->setSuffix(suffix);
        connect(box, &QSpinBox::valueChanged, this, &CalibrationSection::write);
        return box;
    };
    m_samples = spin(1, 100000, 16, {});
    m_length = spin(8, longestRow, 128, tr(" tokens", "unit after a number"));
    m_seed = spin(0, 2147483647, 1, {});
    m_seed->setGroupSeparatorShown(false);
    QFormLayout* form = addForm();
    form->addRow(tr("Samples"), m_samples);
    form->addRow(tr("Length"), m_length);
    form->addRow(tr("Seed"), m_seed);
    m_packing = new QCheckBox(tr("Pack into full rows"), this);
    m_packing->setToolTip(tr("Joins short samples so that every row has the full length."));
    connect(m_packing, &QCheckBox::toggled, this, &CalibrationSection::write);
    m_preview = new QPushButton(tr("Preview…"), this);
    auto* row = new QHBoxLayout;
    row->addWidget(m_packing, 1);
    row->addWidget(m_preview);
    body()->addLayout(row);
    m_hint = addHint();
    connect(m_preview, &QPushButton::clicked, this, [this] { (new CalibrationPreview(m_session, window()))->open(); });
    connect(m_source, &QComboBox::activated, this, [this](int index) {
        if (index == 0) m_session.request().calibration.clear();
        if (m_source->itemData(index).toString() == QLatin1String("choose")) {
            const QString file = QFileDialog::getOpenFileName(
                this, tr("Calibration data"), {}, tr("Data sets (*.jsonl *.json *.parquet *.txt);;All files (*)"));
            if (!file.isEmpty()) m_session.openDataset(file);
        }
        m_session.touchRequest();
    });
    connect(&session, &Session::requestChanged, this, &CalibrationSection::follow);
    connect(&session, &Session::modelChanged, this, &CalibrationSection::follow);
    connect(&session.recipe(), &RecipeEditor::changed, this, &CalibrationSection::follow);
    follow();
}

void CalibrationSection::follow() {
    if (m_following) return;
    const QScopedValueRollback guard(m_following, true);
    const QuantizeRequest& request = m_session.request();
    m_source->clear();
    m_source->addItem(tr("Built-in chats"));
    if (!request.calibration.empty()) {
        m_source->addItem(QFileInfo(QString::fromStdString(request.calibration.string())).fileName());
        m_source->setItemData(1, QString::fromStdString(request.calibration.string()), Qt::ToolTipRole);
        m_source->setCurrentIndex(1);
    }
    m_source->addItem(tr("Choose a file…"), QStringLiteral("choose"));
    // Beyond its context a model has never been trained: rows may not be longer.
    const auto model = m_session.model();
    m_length->setMaximum(model && model->config && model->config->context > 0
                             ? static_cast<int>(std::clamp<std::int64_t>(model->config->context, 8, longestRow))
                             : longestRow);
    m_samples->setValue(static_cast<int>(request.calibration_options.samples));
    m_length->setValue(static_cast<int>(request.calibration_options.sequence_length));
    m_seed->setValue(static_cast<int>(request.calibration_options.seed));
    m_packing->setChecked(request.calibration_options.packing);
    const bool needed = m_session.recipe().recipe().needs_data();
    for (QWidget* widget :
         {static_cast<QWidget*>(m_source), static_cast<QWidget*>(m_samples), static_cast<QWidget*>(m_length),
          static_cast<QWidget*>(m_seed), static_cast<QWidget*>(m_packing)})
        widget->setEnabled(needed);
    m_preview->setEnabled(needed && m_session.model());
    m_hint->setVisible(!needed);
    m_hint->setText(tr("This recipe needs no data."));
}

void CalibrationSection::write() {
    if (m_following) return;
    CalibrationOptions& options = m_session.request().calibration_options;
    options.samples = static_cast<std::size_t>(m_samples->value());
    options.sequence_length = static_cast<std::size_t>(m_length->value());
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    options.packing = m_packing->isChecked();
    m_session.touchRequest();
}

OptionsSection::OptionsSection(Session& session, QWidget* parent) : Section(tr("Options"), parent), m_session(session) {
    m_smoothing = makeSmoothing();
    m_solverBox = makeSolver();
    body()->addWidget(m_smoothing);
    body()->addWidget(m_solverBox);
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
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
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

QWidget* OptionsSection::makeSolver() {
    auto* box = new QWidget(this);
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_solver = new QComboBox(box);
    m_solver->addItem(tr("GPTQ"), static_cast<int>(SolverMethod::gptq));
    m_solver->addItem(tr("Round to nearest"), static_cast<int>(SolverMethod::round_to_nearest));
    form->addRow(tr("Solver"), m_solver);
    m_damping = new QDoubleSpinBox(box);
    m_damping->setRange(0.01, 100);
    m_damping->setDecimals(2);
    m_damping->setSingleStep(0.5);
    m_damping->setSuffix(tr(" %", "unit after a number"));
    m_damping->setToolTip(tr("Of the mean of the Hessian's diagonal. Raised by itself where the Hessian is not "
                             "definite; the report says so."));
    form->addRow(tr("Damping"), m_damping);
    m_order = new QCheckBox(tr("Columns by falling activation"), box);
    form->addRow(m_order);
    connect(m_solver, &QComboBox::activated, this, &OptionsSection::writeSolver);
    connect(m_damping, &QDoubleSpinBox::valueChanged, this, &OptionsSection::writeSolver);
    connect(m_order, &QCheckBox::toggled, this, &OptionsSection::writeSolver);
    return box;
}

void OptionsSection::follow() {
    const QScopedValueRollback guard(m_following, true);
    const Recipe& recipe = m_session.recipe().recipe();
    const bool integerInput = recipe.scheme.input && recipe.scheme.input->type == NumberType::integer;
    m_smoothing->setVisible(integerInput || recipe.smoothing.mode != SmoothingMode::off);
    m_solverBox->setVisible(recipe.solver.method == SolverMethod::gptq || recipe.needs_data());
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(recipe.smoothing.mode)));
    m_strength->setValue(recipe.smoothing.strength);
    m_strength->setEnabled(recipe.smoothing.mode == SmoothingMode::fixed);
    m_norms->setChecked(recipe.smoothing.norms);
    m_upDown->setChecked(recipe.smoothing.up_down);
    m_valueOutput->setChecked(recipe.smoothing.value_output);
    for (QCheckBox* check : {m_norms, m_upDown, m_valueOutput})
        check->setEnabled(recipe.smoothing.mode != SmoothingMode::off);
    m_solver->setCurrentIndex(m_solver->findData(static_cast<int>(recipe.solver.method)));
    m_damping->setValue(recipe.solver.damping * 100);
    m_order->setChecked(recipe.solver.activation_order);
    m_damping->setEnabled(recipe.solver.method == SolverMethod::gptq);
    m_order->setEnabled(recipe.solver.method == SolverMethod::gptq);
    m_kvCache->setChecked(recipe.kv_cache != KvCache::as_is);
    QStringList ignored;
    for (const std::string& pattern : recipe.ignore) ignored << QString::fromStdString(pattern);
    m_ignore->setText(ignored.join(QStringLiteral(", ")));
    int own = 0;
    for (const Override& one : recipe.overrides) own += static_cast<int>(one.targets.size());
    const int strengths = static_cast<int>(recipe.smoothing.strengths.size());
    QStringList notes;
    if (own > 0) notes << tr("%n matrices have a scheme of their own.", nullptr, own);
    if (strengths > 0) notes << tr("%n inputs have a smoothing strength of their own.", nullptr, strengths);
    m_overrides->setText(notes.join(QLatin1Char(' ')));
    m_overrides->setVisible(!notes.isEmpty());
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

void OptionsSection::writeSolver() {
    if (m_following) return;
    SolverOptions options = m_session.recipe().recipe().solver;
    options.method = static_cast<SolverMethod>(m_solver->currentData().toInt());
    options.damping = m_damping->value() / 100;
    options.activation_order = m_order->isChecked();
    m_session.recipe().setSolver(options);
}

} // namespace octavo::gui
