// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

namespace octavo::gui {

/// Every command of the window, once: menus, toolbar, buttons and the cheat sheet show the same objects. Object names
/// ("actionOpenModel") are what pages ask for.
class Actions : public QObject {
    Q_OBJECT

public:
    explicit Actions(QObject* parent = nullptr);

    QAction* openModel;
    QAction* openRun;
    QAction* openSample;
    QAction* openDataset;
    QAction* savePlot;
    QAction* preferences;
    QAction* quit;
    QAction* copyRecipe;
    QAction* pasteRecipe;
    QAction* copyCommand;
    QAction* quantize;
    QAction* resume;
    QAction* measure;
    QAction* cancel;
    QAction* exportPage;
    QAction* previousLayer;
    QAction* nextLayer;
    QAction* resetLayout;
    QAction* fullScreen;
    QAction* startPage;
    QAction* cheatSheet;
    QAction* about;

    const QList<QAction*>& all() const { return m_all; }
    QAction* find(const QString& objectName) const;
    void add(QAction* action) { m_all.append(action); } ///< one made elsewhere (undo, docks, pages)

private:
    QAction* make(const QString& name, const QString& text, const QKeySequence& key = {}, const QString& icon = {});
    QList<QAction*> m_all;
};

} // namespace octavo::gui
