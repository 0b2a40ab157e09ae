// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QListWidget;
class QPlainTextEdit;

namespace octavo::gui {

class Session;

/// Calibration data as the model will see them: the rendered chats with their token counts, and what the set comes to.
class CalibrationPreview : public QDialog {
    Q_OBJECT

public:
    explicit CalibrationPreview(Session& session, QWidget* parent = nullptr);

private:
    void load();

    Session& m_session;
    QLabel* m_summary = nullptr;
    QListWidget* m_list = nullptr;
    QPlainTextEdit* m_text = nullptr;
};

} // namespace octavo::gui
