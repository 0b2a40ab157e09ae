// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTranslator>

#include <memory>

#include "session/session.h"

namespace octavo::gui {

class MainWindow;

/// The session and its window. A change of language builds the window anew around the same session, so a run goes on
/// untouched.
class Workbench : public QObject {
    Q_OBJECT

public:
    Workbench();
    ~Workbench() override;

    Session& session() { return *m_session; }
    MainWindow& window() { return *m_window; }

private:
    void loadLanguage(const QString& code);
    void rebuild();

    QTranslator m_own, m_qt;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace octavo::gui
