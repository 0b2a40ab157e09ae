// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

class QAction;

namespace octavo::gui {

class Session;

/// Language, appearance, threads, device, folders, number format. Applies on OK.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    explicit PreferencesDialog(Session& session, QWidget* parent = nullptr);
};

/// Versions and licences of everything inside.
class AboutDialog : public QDialog {
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent = nullptr);
};

/// Every shortcut of the window and of the plots, by group.
class CheatSheet : public QDialog {
    Q_OBJECT

public:
    explicit CheatSheet(const QList<QAction*>& actions, QWidget* parent = nullptr);
};

} // namespace octavo::gui
