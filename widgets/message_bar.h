// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QTimer;
class QToolButton;

namespace octavo::gui {

struct Problem;

/// The strip above the centre: what happened and what to do, without stopping anybody. Problems stay until closed,
/// notes leave after a while.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Kind { note, warning, error };

    explicit MessageBar(QWidget* parent = nullptr);
    void show(Kind kind, const QString& text, const QString& advice = {});
    void show(const Problem& problem);
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyColors();

    Kind m_kind = Kind::note;
    QLabel* m_icon = nullptr;
    QLabel* m_text = nullptr;
    QLabel* m_advice = nullptr;
    QTimer* m_timer = nullptr;
};

/// "model.safetensors, tensor …, line 3" of an error's place; empty when nothing is known.
QString placeText(const Problem& problem);

} // namespace octavo::gui
