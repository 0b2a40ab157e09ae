// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include <vector>

class QDockWidget;
class QMenu;
class QStackedWidget;
class QTabWidget;

namespace octavo::gui {

class Actions;
class LayerPanel;
class LogPanel;
class MessageBar;
class Page;
class Session;
class SetupPanel;
class StartPage;
class StatusLine;

/// Composes start page, pages, docks, menus and toolbar around a session that outlives it.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(Session& session, QWidget* parent = nullptr);
    ~MainWindow() override;

    Actions& actions() { return *m_actions; }
    const std::vector<Page*>& pages() const { return m_pages; }
    void showPage(const QString& id); ///< "start" or a page's id
    QString currentPage() const;      ///< the same
    void showDock(const QString& id); ///< "setup", "layers", "job" or "log"
    void fitTabs();
    void resetLayout();
    MessageBar* messages() const { return m_messages; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeCentre();
    void makeDocks();
    void makeMenus();
    void makePageMenu(QMenu* view);
    void makeToolBar();
    void connectActions();
    void connectFileActions();
    void connectSession();
    QDockWidget* addDock(const QString& id, const QString& title, QWidget* content, Qt::DockWidgetArea area,
                         const QString& shortcut);
    void makeRoomForWhy(bool shown); ///< it holds a table and a picture, its neighbours a few lines: each its height
    void updateActions();
    void updateTitle();
    void fillRecent(QMenu* menu);
    void perform(const QString& action);
    void savePicture();
    void pasteRecipe();
    void measureAgain();

    Session& m_session;
    Actions* m_actions;
    MessageBar* m_messages = nullptr;
    QStackedWidget* m_centre = nullptr;
    QTabWidget* m_tabs = nullptr;
    StartPage* m_start = nullptr;
    std::vector<Page*> m_pages;
    StatusLine* m_status = nullptr;
    SetupPanel* m_setup = nullptr;
    LayerPanel* m_layers = nullptr;
    LogPanel* m_log = nullptr;
    QDockWidget *m_setupDock = nullptr, *m_layerDock = nullptr, *m_jobDock = nullptr, *m_logDock = nullptr,
                *m_whyDock = nullptr;
    int m_jobHeight = 0, m_whyHeight = 0; ///< that each had before the other was shown; 0 = not yet known
};

} // namespace octavo::gui
