// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;

namespace octavo::gui {

class Session;

/// The set-up dock: from the target down to the forecast, with Quantize always in view at its foot.
class SetupPanel : public QWidget {
    Q_OBJECT

public:
    SetupPanel(Session& session, QAction* quantize, QWidget* parent = nullptr);

Q_SIGNALS:
    void openModelRequested();

private:
    void follow();

    Session& m_session;
    QLabel* m_forecast = nullptr;
    QLabel* m_output = nullptr;
};

} // namespace octavo::gui
