// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace octavo::gui {

class HardwareBox;
class Session;

/// What a person sees before anything is open: what this machine can do, and the ways in.
class StartPage : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(Session& session, QWidget* parent = nullptr);

Q_SIGNALS:
    void actionRequested(const QString& action);

private:
    QWidget* makeActions();
    QWidget* makeRecent();
    void fillRecent();

    Session& m_session;
    QVBoxLayout* m_recent = nullptr;
};

} // namespace octavo::gui
