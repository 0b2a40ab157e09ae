// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup/setup_panel.h"

#include <QAction>
#include <QDir>
#include <QFrame>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include "session/format.h"
#include "session/session.h"
#include "setup/sections.h"

namespace octavo::gui {

SetupPanel::SetupPanel(Session& session, QAction* quantize, QWidget* parent) : QWidget(parent), m_session(session) {
    auto* content = new QWidget;
    auto* sections = new QVBoxLayout(content);
    sections->setContentsMargins(12, 10, 12, 10);
    sections->setSpacing(14);
    auto* model = new ModelSection(session, content);
    connect(model, &ModelSection::openRequested, this, &SetupPanel::openModelRequested);
    sections->addWidget(model);
    sections->addWidget(new TargetSection(session, content));
    sections->addWidget(new SchemeSection(session, content));
    sections->addWidget(new CalibrationSection(session, content));
    sections->addWidget(new OptionsSection(session, content));
    sections->addWidget(new ForecastSection(session, content));
    sections->addStretch(1);

    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);

    auto* foot = new QWidget(this);
    auto* footLayout = new QVBoxLayout(foot);
    footLayout->setContentsMargins(12, 6, 12, 10);
    footLayout->setSpacing(4);
    m_forecast = new QLabel(foot);
    m_forecast->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    footLayout->addWidget(m_forecast);
    m_output = new QLabel(foot);
    m_output->setForegroundRole(QPalette::PlaceholderText);
    m_output->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    footLayout->addWidget(m_output);
    auto* button = new QToolButton(foot);
    button->setDefaultAction(quantize);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumHeight(fontMetrics().height() + 16);
    button->setFocusPolicy(Qt::StrongFocus);
    footLayout->addWidget(button);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addWidget(foot);
    connect(&session, &Session::requestChanged, this, &SetupPanel::follow);
    connect(&session, &Session::modelChanged, this, &SetupPanel::follow);
    connect(&session, &Session::forecastChanged, this, &SetupPanel::follow);
    connect(&session.recipe(), &RecipeEditor::changed, this, &SetupPanel::follow);
    follow();
}

void SetupPanel::follow() {
    // The short of the forecast, which lies at the end of the sections, stays in sight.
    const auto forecast = m_session.forecast();
    m_forecast->setVisible(forecast != nullptr);
    if (forecast)
        m_forecast->setText(tr("%1 → %2, in about %3", "weights before and after, duration of the run")
                                .arg(bytesText(forecast->weight_bytes_before), bytesText(forecast->weight_bytes_after),
                                     roughDurationText(forecast->run_seconds)));
    const QString output = m_session.suggestedOutput();
    m_output->setVisible(!output.isEmpty());
    m_output->setText(tr("into %1").arg(QDir(output).dirName()));
    m_output->setToolTip(QDir::toNativeSeparators(output));
}

} // namespace octavo::gui
