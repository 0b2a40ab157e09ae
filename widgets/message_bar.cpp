// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "session/format.h"
#include "session/run_controller.h"
#include "style/icons.h"

namespace octavo::gui {

namespace {

constexpr int noteMilliseconds = 8000;

QColor tint(MessageBar::Kind kind) {
    switch (kind) {
    case MessageBar::Kind::note: return {0x00, 0x72, 0xb2};
    case MessageBar::Kind::warning: return {0xe6, 0x9f, 0x00};
    case MessageBar::Kind::error: return {0xd5, 0x5e, 0x00};
    }
    return {};
}

QString iconName(MessageBar::Kind kind) {
    switch (kind) {
    case MessageBar::Kind::note: return QStringLiteral("info");
    case MessageBar::Kind::warning: return QStringLiteral("warning");
    case MessageBar::Kind::error: return QStringLiteral("error");
    }
    return {};
}

} // namespace

QString placeText(const Problem& problem) {
    QStringList parts;
    const Place& place = problem.place;
    if (!place.file.empty()) parts << QString::fromStdString(place.file);
    if (place.line > 0) parts << MessageBar::tr("line %1").arg(place.line);
    if (!place.tensor.empty()) parts << MessageBar::tr("tensor %1").arg(QString::fromStdString(place.tensor));
    if (!place.layer.empty()) parts << MessageBar::tr("layer %1").arg(QString::fromStdString(place.layer));
    return parts.join(QStringLiteral(", "));
}

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), m_timer(new QTimer(this)) {
    setObjectName(QStringLiteral("messageBar"));
    setAutoFillBackground(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(10);
    m_icon = new QLabel(this);
    m_text = new QLabel(this);
    m_advice = new QLabel(this);
    for (QLabel* label : {m_text, m_advice}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    QFont bold = m_text->font();
    bold.setBold(true);
    m_text->setFont(bold);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_text);
    texts->addWidget(m_advice);
    auto* close = new QToolButton(this);
    close->setAutoRaise(true);
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &QWidget::hide);
    hide();
}

void MessageBar::show(Kind kind, const QString& text, const QString& advice) {
    // A note must not push a problem aside that nobody has read yet.
    if (kind == Kind::note && isVisible() && m_kind == Kind::error) return;
    m_kind = kind;
    m_text->setText(text);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    applyColors();
    if (kind == Kind::note)
        m_timer->start(noteMilliseconds);
    else
        m_timer->stop();
    QFrame::show();
}

void MessageBar::show(const Problem& problem) {
    const QString place = placeText(problem);
    QString what = translated(problem.message);
    if (!place.isEmpty()) what += QStringLiteral("  (%1)").arg(place);
    show(Kind::error, what, translated(problem.advice));
}

QString MessageBar::text() const { return m_text->text(); }

void MessageBar::applyColors() {
    const QPalette base = parentWidget() ? parentWidget()->palette() : QPalette();
    const QColor window = base.color(QPalette::Window), color = tint(m_kind);
    const auto mix = [](int a, int b) { return (a * 4 + b) / 5; };
    QPalette own = base;
    own.setColor(QPalette::Window, QColor(mix(window.red(), color.red()), mix(window.green(), color.green()),
                                          mix(window.blue(), color.blue())));
    setPalette(own);
    m_icon->setPixmap(themedIcon(iconName(m_kind)).pixmap(QSize(18, 18), devicePixelRatioF()));
}

void MessageBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange) applyColors();
}

} // namespace octavo::gui
