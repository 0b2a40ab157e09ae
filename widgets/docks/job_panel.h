// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace octavo::gui {

class LossStrip;
class Session;

/// What is being done at the moment: phase, layer, time spent and left, loss per layer as it grows, cancel.
class JobPanel : public QWidget {
    Q_OBJECT

public:
    explicit JobPanel(Session& session, QWidget* parent = nullptr);

private:
    void connectRun();
    void showProgress();
    void showState();

    Session& m_session;
    QLabel* m_phase = nullptr;
    QLabel* m_item = nullptr;
    QLabel* m_times = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_resume = nullptr; ///< only where the shown run was interrupted
    LossStrip* m_strip = nullptr;
    QString m_outcome;
};

/// A run's phase in words: "calibrate" → "Calibrating and solving".
QString phaseText(const QString& phase);

} // namespace octavo::gui
