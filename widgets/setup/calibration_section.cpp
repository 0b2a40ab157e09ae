// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>

#include <algorithm>

#include "session/session.h"
#include "setup/calibration_preview.h"
#include "setup/mixture_dialog.h"
#include "setup/sections.h"

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
    connect(m_source, &QComboBox::activated, this, &CalibrationSection::choose);
    connect(&session, &Session::requestChanged, this, &CalibrationSection::follow);
    connect(&session, &Session::modelChanged, this, &CalibrationSection::follow);
    connect(&session.recipe(), &RecipeEditor::changed, this, &CalibrationSection::follow);
    follow();
}

void CalibrationSection::choose(int index) {
    QuantizeRequest& request = m_session.request();
    switch (static_cast<Choice>(m_source->itemData(index).toInt())) {
    case Choice::builtIn:
        request.calibration.clear();
        request.mixture.clear();
        break;
    case Choice::current: break;
    case Choice::own:
        request.calibration.clear();
        request.mixture = {{.kind = DataSource::Kind::self}};
        break;
    case Choice::file: {
        const QString file = QFileDialog::getOpenFileName(this, tr("Calibration data"), {}, dataSetFilter());
        if (!file.isEmpty()) m_session.openDataset(file);
        break;
    }
    case Choice::several: (new MixtureDialog(m_session, window()))->open(); break;
    }
    m_session.touchRequest();
}

void CalibrationSection::fillSources() {
    const QuantizeRequest& request = m_session.request();
    m_source->clear();
    const auto add = [this](const QString& text, Choice choice) { m_source->addItem(text, static_cast<int>(choice)); };
    add(tr("Built-in chats"), Choice::builtIn);
    add(tr("Text that the model writes"), Choice::own);
    m_source->setItemData(1, tr("For a model without suitable data. Writing takes longer than calibrating."),
                          Qt::ToolTipRole);
    const bool own = request.mixture.size() == 1 && request.mixture.front().kind == DataSource::Kind::self;
    QStringList parts;
    for (const DataSource& part : request.mixture) parts << QString::fromStdString(part.name());
    if (request.mixture.empty() && !request.calibration.empty())
        parts << QString::fromStdString(request.calibration.filename().string());
    if (!own && !parts.isEmpty()) {
        add(parts.size() == 1 ? parts.front() : tr("%n data sets", nullptr, static_cast<int>(parts.size())),
            Choice::current);
        m_source->setItemData(
            2, parts.size() == 1 ? QString::fromStdString(request.calibration.string()) : parts.join(QLatin1Char('\n')),
            Qt::ToolTipRole);
    }
    m_source->setCurrentIndex(own ? 1 : parts.isEmpty() ? 0 : 2);
    add(tr("Choose a file…"), Choice::file);
    add(tr("Mix several…"), Choice::several);
}

void CalibrationSection::follow() {
    if (m_following) return;
    const QScopedValueRollback guard(m_following, true);
    const QuantizeRequest& request = m_session.request();
    fillSources();
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
    const bool written = std::ranges::any_of(
        request.mixture, [](const DataSource& part) { return part.kind == DataSource::Kind::self; });
    m_preview->setEnabled(needed && m_session.model() && !written); // what the run writes nobody has yet
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

} // namespace octavo::gui
