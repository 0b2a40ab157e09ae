// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup/sections.h"

#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>

#include "session/format.h"
#include "session/session.h"
#include "setup/scheme_list.h"
#include "setup/target_box.h"
#include "style/icons.h"

namespace octavo::gui {

namespace {

/// `memory` = of this machine, 0 = not known. What does not fit beside a layer goes to a file (job/memory_plan.h).
QString peakText(const Forecast& forecast, std::uint64_t memory) {
    const std::uint64_t layer = forecast.run_peak_bytes - forecast.run_stream_bytes;
    if (memory == 0 || forecast.run_peak_bytes <= memory) return bytesText(forecast.run_peak_bytes);
    if (layer > memory) return ForecastSection::tr("%1, but there are %2").arg(bytesText(layer), bytesText(memory));
    return ForecastSection::tr("%1, and %2 on the disk")
        .arg(bytesText(memory), bytesText(forecast.run_peak_bytes - memory));
}

} // namespace

TargetSection::TargetSection(Session& session, QWidget* parent) : Section(tr("Target"), parent) {
    QFormLayout* form = addForm();
    form->addRow(tr("Serve on"), new TargetBox(session, this));
    auto* context = new QSpinBox(this);
    context->setRange(16, 1 << 22);
    context->setSingleStep(1024);
    context->setGroupSeparatorShown(true);
    context->setSuffix(tr(" tokens", "unit after a number"));
    context->setValue(static_cast<int>(session.servingContext()));
    context->setToolTip(tr("Length of one sequence when serving; decides how many fit at once."));
    form->addRow(tr("Context"), context);
    connect(context, &QSpinBox::valueChanged, this, [&session](int tokens) { session.setServingContext(tokens); });
}

namespace {

/// Folder of the model that the shown run was made from, if it is still there.
QString modelOfRun(Session& session) {
    const RunRecord* record = session.view().record();
    const QString path = record ? QString::fromStdString(record->model.path) : QString();
    return !path.isEmpty() && QFileInfo::exists(path + QStringLiteral("/config.json")) ? path : QString();
}

} // namespace

ModelSection::ModelSection(Session& session, QWidget* parent) : Section(tr("Model"), parent), m_session(session) {
    m_name = new QLabel(this);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_name->setWordWrap(true);
    body()->addWidget(m_name);
    m_facts = addHint();
    m_open = new QPushButton(themedIcon(QStringLiteral("open-model")), tr("Open model…"), this);
    connect(m_open, &QPushButton::clicked, this, [this] {
        const QString known = modelOfRun(m_session);
        if (known.isEmpty())
            Q_EMIT openRequested();
        else
            m_session.openModel(known);
    });
    body()->addWidget(m_open);
    connect(&session, &Session::modelChanged, this, &ModelSection::follow);
    connect(&session.view(), &RunView::runChanged, this, &ModelSection::follow);
    follow();
}

void ModelSection::follow() {
    const auto model = m_session.model();
    m_open->setVisible(!model);
    m_open->setText(modelOfRun(m_session).isEmpty() ? tr("Open model…") : tr("Open its model"));
    if (!model) {
        const RunRecord* record = m_session.view().record();
        m_name->setText(record ? QString::fromStdString(record->model.name) : tr("No model is open."));
        m_facts->setText(record ? tr("A run is shown. To quantize again, open its model.")
                                : tr("A folder with config.json and safetensors files."));
        m_name->setToolTip({});
        return;
    }
    m_name->setText(model->name);
    m_name->setToolTip(QDir::toNativeSeparators(model->path));
    QStringList first, second;
    if (model->config)
        first << QString::fromStdString(model->config->model_type) << tr("%n layers", nullptr, model->config->layers);
    else
        first << model->architecture;
    second << countText(static_cast<double>(model->parameters)) + tr(" parameters");
    if (!model->dtype.isEmpty()) second << model->dtype;
    second << bytesText(model->weightBytes);
    QString text = first.join(QStringLiteral(" · ")) + QLatin1Char('\n') + second.join(QStringLiteral(" · "));
    if (model->alreadyQuantized)
        text += QLatin1Char('\n') + tr("This model is quantized already; open the original instead.");
    if (!model->note.isEmpty()) text += QLatin1Char('\n') + tr("Only data-free schemes: %1").arg(model->note);
    m_facts->setText(text);
}

SchemeSection::SchemeSection(Session& session, QWidget* parent) : Section(tr("Scheme"), parent), m_session(session) {
    m_list = new SchemeList(session, this);
    m_list->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    body()->addWidget(m_list);
    m_verdict = addHint();
    connect(&session.recipe(), &RecipeEditor::changed, this, &SchemeSection::follow);
    connect(&session, &Session::targetChanged, this, &SchemeSection::follow);
    follow();
}

void SchemeSection::follow() {
    const Scheme& scheme = m_session.recipe().recipe().scheme;
    QString text = schemeDescription(scheme);
    try {
        const SchemeSupport support = ServingRules::instance().support(scheme.name, m_session.targetCapability());
        if (!support.reason.empty())
            text +=
                QLatin1Char('\n') +
                tr("%1: %2", "%1 = support, %2 = reason").arg(supportText(support.support), translated(support.reason));
    } catch (const Error& error) {
        text += QLatin1Char('\n') + translated(error.message());
    }
    m_verdict->setText(text);
}

ForecastSection::ForecastSection(Session& session, QWidget* parent)
    : Section(tr("Forecast"), parent), m_session(session) {
    m_hint = addHint();
    m_grid = new QWidget(this);
    auto* grid = new QGridLayout(m_grid);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    const QStringList names{tr("Weights"), tr("KV cache"), tr("At once"), tr("Run"), tr("Peak memory"), tr("Disk")};
    for (qsizetype i = 0; i < names.size(); ++i) {
        auto* name = new QLabel(names[i], m_grid);
        name->setForegroundRole(QPalette::PlaceholderText);
        auto* value = new QLabel(m_grid);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(name, static_cast<int>(i), 0);
        grid->addWidget(value, static_cast<int>(i), 1);
        m_values << value;
    }
    grid->setColumnStretch(1, 1);
    body()->addWidget(m_grid);
    connect(&session, &Session::forecastChanged, this, &ForecastSection::follow);
    connect(&session.recipe(), &RecipeEditor::changed, this, &ForecastSection::follow);
    follow();
}

void ForecastSection::follow() {
    const auto forecast = m_session.forecast();
    const auto problem = m_session.recipe().problem();
    m_grid->setVisible(forecast != nullptr && !problem);
    m_hint->setVisible(!forecast || problem.has_value());
    if (problem) {
        m_hint->setText(translated(problem->message()) + QLatin1Char('\n') + translated(problem->advice()));
        return;
    }
    if (!forecast) {
        m_hint->setText(m_session.model() ? tr("No forecast for this model.")
                                          : tr("Open a model to see what a run would cost and bring."));
        return;
    }
    const auto percent = [&] {
        const double before = static_cast<double>(forecast->weight_bytes_before);
        return before > 0
                   ? QLocale().toString(100 * (static_cast<double>(forecast->weight_bytes_after) / before - 1), 'f', 0)
                   : QStringLiteral("0");
    };
    m_values[0]->setText(
        tr("%1 → %2 (%3 %)")
            .arg(bytesText(forecast->weight_bytes_before), bytesText(forecast->weight_bytes_after), percent()));
    const bool target = forecast->kv_cache_bytes > 0;
    m_values[1]->setText(target ? tr("%1 free for it").arg(bytesText(forecast->kv_cache_bytes))
                                : tr("%1 per token").arg(bytesText(forecast->kv_bytes_per_token)));
    m_values[2]->setText(!forecast->fits_target ? tr("does not fit the target")
                         : target ? tr("%1 sequences").arg(QLocale().toString(forecast->concurrency, 'f', 1))
                                  : tr("choose a GPU as target"));
    m_values[3]->setText(tr("about %1 here").arg(roughDurationText(forecast->run_seconds)));
    const auto hardware = m_session.hardware();
    const std::uint64_t memory = hardware ? hardware->cpu.memory_bytes : 0;
    m_values[4]->setText(peakText(*forecast, memory));
    m_values[5]->setText(bytesText(forecast->disk_bytes));
}

} // namespace octavo::gui
