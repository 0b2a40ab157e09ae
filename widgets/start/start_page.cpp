// SPDX-License-Identifier: GPL-3.0-or-later
#include "start/start_page.h"

#include <QCommandLinkButton>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "session/session.h"
#include "start/hardware_box.h"
#include "style/icons.h"

namespace octavo::gui {

namespace {

constexpr int widest = 1280;
constexpr int shownRecent = 6;

} // namespace

StartPage::StartPage(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    auto* content = new QWidget;
    content->setMaximumWidth(widest);
    auto* columns = new QVBoxLayout(content);
    columns->setContentsMargins(32, 28, 32, 28);
    columns->setSpacing(18);

    auto* title = new QLabel(tr("Octavo"), content);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 2);
    title->setFont(font);
    auto* purpose =
        new QLabel(tr("See what quantization does to a language model, do it, and export it for vLLM."), content);
    purpose->setForegroundRole(QPalette::PlaceholderText);
    columns->addWidget(title);
    columns->addWidget(purpose);

    auto* row = new QHBoxLayout;
    row->setSpacing(28);
    auto* left = new QVBoxLayout;
    left->setSpacing(14);
    left->addWidget(makeActions());
    left->addWidget(makeRecent());
    left->addStretch(1);
    row->addLayout(left, 2);
    row->addWidget(new HardwareBox(session, content), 4, Qt::AlignTop);
    columns->addLayout(row);
    columns->addStretch(1);

    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAlignment(Qt::AlignHCenter);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(&session.settings(), &Settings::recentChanged, this, &StartPage::fillRecent);
    fillRecent();
}

QWidget* StartPage::makeActions() {
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    const auto add = [&](const QString& text, const QString& description, const QString& icon, const QString& action) {
        auto* button = new QCommandLinkButton(text, description, box);
        button->setIcon(themedIcon(icon));
        connect(button, &QAbstractButton::clicked, this, [this, action] { Q_EMIT actionRequested(action); });
        layout->addWidget(button);
    };
    add(tr("Open a model…"), tr("A Hugging Face folder: config.json and safetensors"), QStringLiteral("open-model"),
        QStringLiteral("actionOpenModel"));
    add(tr("Open a run…"), tr("Made here or by octavo-cli elsewhere; needs no model"), QStringLiteral("open-run"),
        QStringLiteral("actionOpenRun"));
    add(tr("Try the sample model"), tr("SmolLM2-135M-Instruct, made on the spot if it is not there"),
        QStringLiteral("sample"), QStringLiteral("actionOpenSample"));
    auto* hint = new QLabel(tr("Or drop a model folder, a run or a data set anywhere on this window."), box);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);
    hint->setContentsMargins(8, 6, 0, 0);
    layout->addWidget(hint);
    return box;
}

QWidget* StartPage::makeRecent() {
    auto* box = new QWidget(this);
    m_recent = new QVBoxLayout(box);
    m_recent->setContentsMargins(8, 0, 0, 0);
    m_recent->setSpacing(2);
    return box;
}

void StartPage::fillRecent() {
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
    const auto list = [this](const QString& title, const QStringList& paths, const QString& icon) {
        if (paths.isEmpty()) return;
        auto* heading = new QLabel(title);
        heading->setForegroundRole(QPalette::PlaceholderText);
        m_recent->addWidget(heading);
        for (const QString& path : paths.mid(0, shownRecent)) {
            auto* button = new QPushButton(themedIcon(icon), QDir(path).dirName());
            button->setFlat(true);
            button->setStyleSheet(QStringLiteral("text-align: left; padding: 3px 6px;"));
            button->setToolTip(QDir::toNativeSeparators(path));
            button->setEnabled(QFileInfo::exists(path)); // gone ones stay visible, so that nobody wonders
            connect(button, &QAbstractButton::clicked, this, [this, path] { m_session.open(path); });
            m_recent->addWidget(button);
        }
        m_recent->addSpacing(8);
    };
    list(tr("Recent models"), m_session.settings().recentModels(), QStringLiteral("folder"));
    list(tr("Recent runs"), m_session.settings().recentRuns(), QStringLiteral("open-run"));
}

} // namespace octavo::gui
