// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks/log_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSaveFile>
#include <QScrollBar>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "docks/log_model.h"
#include "session/log_buffer.h"
#include "style/icons.h"

namespace octavo::gui {

LogPanel::LogPanel(LogBuffer& buffer, QWidget* parent)
    : QWidget(parent), m_buffer(buffer), m_model(new LogFilter(this)) {
    m_model->setSourceModel(new LogModel(buffer, this));
    m_model->setFilterKeyColumn(LogModel::TextColumn);
    m_model->setFilterCaseSensitivity(Qt::CaseInsensitive);

    m_level = new QComboBox(this);
    m_level->setAccessibleName(tr("Lowest level shown"));
    m_level->addItem(tr("All"), static_cast<int>(LogLevel::debug));
    m_level->addItem(tr("Notes and worse"), static_cast<int>(LogLevel::info));
    m_level->addItem(tr("Warnings and errors"), static_cast<int>(LogLevel::warning));
    m_level->addItem(tr("Errors"), static_cast<int>(LogLevel::error));
    m_level->setCurrentIndex(1);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the log"));
    m_filter->setClearButtonEnabled(true);
    m_follow = new QCheckBox(tr("Follow"), this);
    m_follow->setToolTip(tr("Keep the newest line in view; off while you have scrolled up."));
    m_follow->setChecked(true);
    auto* saveButton = new QToolButton(this);
    saveButton->setIcon(themedIcon(QStringLiteral("save")));
    saveButton->setToolTip(tr("Save the log…"));
    saveButton->setAccessibleName(saveButton->toolTip());
    saveButton->setAutoRaise(true);

    m_view = new QTreeView(this);
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setHeaderHidden(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setAccessibleName(tr("Log"));
    m_view->setMinimumHeight(2 * fontMetrics().height()); // a low window leaves the room to the pictures
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_view->header()->resizeSection(LogModel::TimeColumn, digit * 10);
    m_view->header()->resizeSection(LogModel::LevelColumn, digit * 13);

    auto* row = new QHBoxLayout;
    row->addWidget(m_level);
    row->addWidget(m_filter, 1);
    row->addWidget(m_follow);
    row->addWidget(saveButton);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 8);
    layout->setSpacing(6);
    layout->addLayout(row);
    layout->addWidget(m_view, 1);
    connect(saveButton, &QToolButton::clicked, this, &LogPanel::save);
    connectView();
}

void LogPanel::connectView() {
    connect(m_level, &QComboBox::currentIndexChanged, this,
            [this] { m_model->setLevel(static_cast<LogLevel>(m_level->currentData().toInt())); });
    connect(m_filter, &QLineEdit::textChanged, m_model, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_follow->isChecked()) m_view->scrollToBottom();
    });
    connect(m_follow, &QCheckBox::toggled, this, [this](bool on) {
        if (on) m_view->scrollToBottom();
    });
    // Scrolling up by hand stops following, reaching the end resumes it.
    connect(m_view->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const QScrollBar* bar = m_view->verticalScrollBar();
        m_follow->setChecked(bar->sliderPosition() >= bar->maximum());
    });
}

void LogPanel::save() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the log"), QStringLiteral("octavo.log"),
                                                      tr("Log files (*.log *.txt)"));
    if (file.isEmpty()) return;
    QSaveFile out(file);
    bool good = out.open(QIODevice::WriteOnly | QIODevice::Text);
    for (const LogEntry& entry : m_buffer.entries()) good = good && out.write(logLine(entry).toUtf8() + '\n') >= 0;
    if (!good || !out.commit()) Q_EMIT failed(tr("The log could not be saved: %1").arg(out.errorString()));
}

} // namespace octavo::gui
