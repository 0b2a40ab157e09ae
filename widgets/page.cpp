// SPDX-License-Identifier: GPL-3.0-or-later
#include "page.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QShowEvent>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "session/session.h"
#include "style/icons.h"

namespace octavo::gui {

namespace {

constexpr int margin = 12;
constexpr int emptyWidth = 460;

} // namespace

Page::Page(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(margin, margin, margin, margin);
    outer->setSpacing(8);
    m_intro = new QLabel(this);
    m_intro->setWordWrap(true);
    outer->addWidget(m_intro);

    m_stack = new QStackedWidget(this);
    outer->addWidget(m_stack, 1);

    auto* content = new QWidget(m_stack);
    auto* contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(8);
    m_controls = new FlowLayout(8);
    contentLayout->addLayout(m_controls);
    m_body = new QVBoxLayout;
    m_body->setSpacing(8);
    contentLayout->addLayout(m_body, 1);
    m_stack->addWidget(content);

    auto* empty = new QWidget(m_stack);
    auto* emptyLayout = new QVBoxLayout(empty);
    m_emptyText = new QLabel(empty);
    m_emptyText->setWordWrap(true);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setFixedWidth(emptyWidth);
    m_emptyText->setForegroundRole(QPalette::PlaceholderText);
    m_emptyButton = new QPushButton(empty);
    emptyLayout->addStretch(2);
    emptyLayout->addWidget(m_emptyText, 0, Qt::AlignHCenter);
    emptyLayout->addSpacing(12);
    emptyLayout->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    emptyLayout->addStretch(3);
    m_stack->addWidget(empty);
    setEmptyAction(tr("Quantize"), QStringLiteral("actionQuantize"));

    connect(&session.view(), &RunView::runChanged, this, &Page::scheduleRefresh);
    connect(&session.view(), &RunView::reportsGrown, this, &Page::scheduleRefresh);
    connect(&session.view(), &RunView::metricsChanged, this, &Page::scheduleRefresh);
    connect(&session.selection(), &LayerSelection::changed, this, &Page::scheduleRefresh);
}

Page::~Page() = default;

QIcon Page::icon() const { return themedIcon(id()); }

void Page::setEmptyAction(const QString& text, const QString& action) {
    m_emptyButton->setText(text);
    m_emptyButton->disconnect(this);
    connect(m_emptyButton, &QPushButton::clicked, this, [this, action] { Q_EMIT actionRequested(action); });
}

QWidget* Page::withTable(QWidget* picture, QAbstractItemModel* model, const QString& accessibleName) {
    auto* tabs = new QTabWidget;
    tabs->setTabPosition(QTabWidget::South);
    tabs->setDocumentMode(true);
    tabs->setAccessibleName(accessibleName);
    tabs->addTab(picture, tr("Picture"));
    tabs->addTab(makeTable(model, accessibleName, tabs), tr("Table"));
    return tabs;
}

void Page::scheduleRefresh() {
    m_dirty = true;
    if (m_scheduled || !isVisible()) return;
    m_scheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_scheduled = false;
            if (isVisible() && m_dirty) refreshNow();
        },
        Qt::QueuedConnection);
}

void Page::refreshNow() {
    m_dirty = false;
    updateTexts();
    const bool content = hasContent();
    m_stack->setCurrentIndex(content ? 0 : 1);
    if (content) refresh();
}

void Page::updateTexts() {
    m_intro->setText(intro());
    const bool filling = m_session.view().isLive();
    m_emptyText->setText(filling ? tr("A run is going. This page fills when its results come in.") : emptyText());
    m_emptyButton->setVisible(!filling);
    // A centred label is given the height of its hint, which knows nothing of the lines that a fixed width makes.
    m_emptyText->setMinimumHeight(m_emptyText->heightForWidth(emptyWidth));
}

void Page::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_dirty) refreshNow();
}

void Page::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) scheduleRefresh();
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        scheduleRefresh();
    }
}

} // namespace octavo::gui
