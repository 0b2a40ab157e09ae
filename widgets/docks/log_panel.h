// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QTreeView;

namespace octavo::gui {

class LogBuffer;
class LogFilter;

/// The log: level, text filter, follow the end, save.
class LogPanel : public QWidget {
    Q_OBJECT

public:
    explicit LogPanel(LogBuffer& buffer, QWidget* parent = nullptr);
    void save(); ///< asks for a file

Q_SIGNALS:
    void failed(const QString& text);

private:
    void connectView();

    LogBuffer& m_buffer;
    LogFilter* m_model;
    QTreeView* m_view = nullptr;
    QComboBox* m_level = nullptr;
    QLineEdit* m_filter = nullptr;
    QCheckBox* m_follow = nullptr;
};

} // namespace octavo::gui
