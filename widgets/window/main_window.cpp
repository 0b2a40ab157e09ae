// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>

#include "docks/job_panel.h"
#include "docks/log_panel.h"
#include "docks/why_panel.h"
#include "layers/layer_panel.h"
#include "message_bar.h"
#include "pages.h"
#include "session/format.h"
#include "session/session.h"
#include "setup/setup_panel.h"
#include "start/start_page.h"
#include "style/icons.h"
#include "window/actions.h"
#include "window/status_line.h"

namespace octavo::gui {

namespace {

constexpr QSize usualSize{1440, 900};
constexpr QSize smallestSize{960, 620};
constexpr int leftDockWidth = 388;
constexpr int bottomDockHeight = 104;
constexpr int tabPadding = 26, tabIcon = 24; ///< pixels that a tab takes beside its words

} // namespace

MainWindow::MainWindow(Session& session, QWidget* parent)
    : QMainWindow(parent), m_session(session), m_actions(new Actions(this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowTabbedDocks | AllowNestedDocks);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setMinimumSize(smallestSize);
    makeCentre();
    makeDocks();
    makeMenus();
    makeToolBar();
    m_status = new StatusLine(session, this);
    setStatusBar(m_status);
    connectActions();
    connectFileActions();
    connectSession();
    resize(usualSize);
    resetLayout();
    if (!session.settings().windowGeometry().isEmpty()) {
        restoreGeometry(session.settings().windowGeometry());
        restoreState(session.settings().windowState(), Settings::windowStateVersion());
    }
    updateActions();
    updateTitle();
    showPage(session.model() || session.view().run() ? m_pages.front()->id() : QStringLiteral("start"));
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCentre() {
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_messages = new MessageBar(centre);
    layout->addWidget(m_messages);
    m_centre = new QStackedWidget(centre);
    layout->addWidget(m_centre, 1);
    m_start = new StartPage(m_session, m_centre);
    m_centre->addWidget(m_start);
    m_tabs = new QTabWidget(m_centre);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Pages"));
    m_pages = makePages(m_session, m_tabs);
    for (Page* page : m_pages) {
        page->setObjectName(page->id());
        m_tabs->addTab(page, page->icon(), page->title());
        connect(page, &Page::hovered, this, [this](const QString& text) { m_status->showValue(text); });
        connect(page, &Page::actionRequested, this, &MainWindow::perform);
    }
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::fitTabs);
    m_tabs->installEventFilter(this);
    m_centre->addWidget(m_tabs);
    setCentralWidget(centre);
    connect(m_start, &StartPage::actionRequested, this, &MainWindow::perform);
}

QDockWidget* MainWindow::addDock(const QString& id, const QString& title, QWidget* content, Qt::DockWidgetArea area,
                                 const QString& shortcut) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(id); // what saveState() knows it by
    dock->setWidget(content);
    addDockWidget(area, dock);
    QAction* toggle = dock->toggleViewAction();
    toggle->setObjectName(QStringLiteral("actionDock_") + id);
    toggle->setShortcut(QKeySequence(shortcut));
    m_actions->add(toggle);
    return dock;
}

void MainWindow::makeDocks() {
    m_setup = new SetupPanel(m_session, m_actions->quantize, this);
    m_layers = new LayerPanel(m_session, this);
    m_log = new LogPanel(m_session.log(), this);
    m_setupDock =
        addDock(QStringLiteral("setup"), tr("Set-up"), m_setup, Qt::LeftDockWidgetArea, QStringLiteral("Alt+1"));
    m_layerDock =
        addDock(QStringLiteral("layers"), tr("Layers"), m_layers, Qt::LeftDockWidgetArea, QStringLiteral("Alt+2"));
    m_jobDock = addDock(QStringLiteral("job"), tr("Job"), new JobPanel(m_session, this), Qt::BottomDockWidgetArea,
                        QStringLiteral("Alt+3"));
    m_logDock = addDock(QStringLiteral("log"), tr("Log"), m_log, Qt::BottomDockWidgetArea, QStringLiteral("Alt+4"));
    auto* why = new QScrollArea(this); // its sentences may be long, but do not make the dock high
    why->setWidgetResizable(true);
    why->setFrameShape(QFrame::NoFrame);
    why->setWidget(new WhyPanel(m_session, why));
    m_whyDock = addDock(QStringLiteral("why"), tr("Why"), why, Qt::BottomDockWidgetArea, QStringLiteral("Alt+5"));
    connect(m_whyDock, &QDockWidget::visibilityChanged, this, &MainWindow::makeRoomForWhy);
    connect(m_setup, &SetupPanel::openModelRequested, m_actions->openModel, &QAction::trigger);
    connect(m_layers, &LayerPanel::noted, this,
            [this](const QString& text) { m_messages->show(MessageBar::Kind::note, text); });
    connect(m_log, &LogPanel::failed, this, [this](const QString& text) {
        m_messages->show(MessageBar::Kind::error, text, tr("Choose another folder."));
    });
}

void MainWindow::makeRoomForWhy(bool shown) {
    if (m_whyDock->isFloating()) return;
    if (shown) {
        m_jobHeight = m_whyDock->height();
        const int wanted = m_whyHeight > 0 ? m_whyHeight : std::min(height() / 3, fontMetrics().height() * 16);
        if (m_jobHeight < wanted) resizeDocks({m_whyDock}, {wanted}, Qt::Vertical);
        return;
    }
    if (m_jobHeight <= 0) return;
    m_whyHeight = m_whyDock->height();
    for (QDockWidget* dock : {m_jobDock, m_logDock})
        if (dock->isVisible() && !dock->visibleRegion().isEmpty()) resizeDocks({dock}, {m_jobHeight}, Qt::Vertical);
    m_jobHeight = 0;
}

void MainWindow::resetLayout() {
    for (QDockWidget* dock : {m_setupDock, m_layerDock, m_jobDock, m_logDock, m_whyDock}) {
        dock->setFloating(false);
        dock->show();
    }
    addDockWidget(Qt::LeftDockWidgetArea, m_setupDock);
    addDockWidget(Qt::LeftDockWidgetArea, m_layerDock);
    addDockWidget(Qt::BottomDockWidgetArea, m_jobDock);
    addDockWidget(Qt::BottomDockWidgetArea, m_logDock);
    tabifyDockWidget(m_setupDock, m_layerDock);
    addDockWidget(Qt::BottomDockWidgetArea, m_whyDock);
    tabifyDockWidget(m_jobDock, m_logDock);
    tabifyDockWidget(m_logDock, m_whyDock);
    m_setupDock->raise();
    m_jobDock->raise();
    resizeDocks({m_setupDock}, {leftDockWidth}, Qt::Horizontal);
    resizeDocks({m_jobDock}, {bottomDockHeight}, Qt::Vertical);
}

void MainWindow::connectSession() {
    RunController& controller = m_session.controller();
    connect(&controller, &RunController::failed, this, [this](const Problem& problem) { m_messages->show(problem); });
    connect(&controller, &RunController::runningChanged, this, &MainWindow::updateActions);
    connect(&controller, &RunController::cancelling, this, &MainWindow::updateActions);
    connect(&m_session, &Session::noted, this,
            [this](const QString& text) { m_messages->show(MessageBar::Kind::note, text); });
    connect(&controller, &RunController::runStarted, this, [this] {
        m_messages->hide();
        showPage(m_pages.front()->id());
        m_jobDock->show();
        m_jobDock->raise();
    });
    connect(&controller, &RunController::runFinished, this, [this](const QString&, bool done) {
        if (!done) return;
        m_layerDock->raise();
        showPage(QStringLiteral("results"));
    });
    connect(&m_session, &Session::busy, this, [this](const QString& text) { m_status->showBusy(text); });
    connect(&m_session, &Session::modelChanged, this, [this] {
        if (m_session.model() && m_centre->currentWidget() == m_start) showPage(m_pages.front()->id());
        updateActions();
        updateTitle();
    });
    connect(&m_session.view(), &RunView::runChanged, this, [this] {
        if (m_session.view().run() && m_centre->currentWidget() == m_start) showPage(m_pages.front()->id());
        updateActions();
        updateTitle();
    });
    connect(&m_session.recipe(), &RecipeEditor::changed, this, &MainWindow::updateActions);
    connect(&m_session, &Session::calibrationChanged, this, [this] {
        m_setupDock->raise();
        m_messages->show(
            MessageBar::Kind::note,
            tr("Calibration data: %1").arg(QString::fromStdString(m_session.request().calibration.string())));
    });
    if (!m_session.settings().writable())
        m_messages->show(MessageBar::Kind::warning, tr("The settings file cannot be written."),
                         tr("Changes of preferences and layout hold until the window is closed."));
}

void MainWindow::updateActions() {
    const bool running = m_session.controller().isRunning(), model = m_session.model() != nullptr;
    const bool fits = !m_session.recipe().problem();
    m_actions->quantize->setEnabled(model && !running && fits);
    m_actions->quantize->setToolTip(!model    ? tr("Open a model first.")
                                    : running ? tr("A run is going.")
                                    : !fits   ? translated(m_session.recipe().problem()->message())
                                              : tr("Quantize with this recipe, then measure the result"));
    m_actions->cancel->setEnabled(running && !m_session.controller().isCancelling());
    m_actions->resume->setEnabled(m_session.canResume());
    m_actions->resume->setToolTip(m_session.canResume() ? tr("Go on with the shown run")
                                                        : tr("The shown run was not interrupted."));
    m_actions->copyCommand->setEnabled(model);
    const RunRecord* record = m_session.view().record();
    m_actions->measure->setEnabled(!running && record && record->status == "done");
    m_actions->exportPage->setEnabled(record != nullptr);
    const bool any = !m_session.selection().matrices().empty();
    m_actions->previousLayer->setEnabled(any);
    m_actions->nextLayer->setEnabled(any);
}

void MainWindow::updateTitle() {
    const QString what = m_session.view().run() ? m_session.view().title()
                         : m_session.model()    ? m_session.model()->name
                                                : QString();
    setWindowTitle(what.isEmpty() ? tr("Octavo") : tr("%1 – Octavo").arg(what));
}

void MainWindow::showPage(const QString& id) {
    if (id == QLatin1String("start")) {
        m_centre->setCurrentWidget(m_start);
        return;
    }
    for (Page* page : m_pages)
        if (page->id() == id) {
            m_tabs->setCurrentWidget(page);
            m_centre->setCurrentWidget(m_tabs);
        }
}

QString MainWindow::currentPage() const {
    return m_centre->currentWidget() == m_start ? QStringLiteral("start") : m_tabs->currentWidget()->objectName();
}

void MainWindow::showDock(const QString& id) {
    for (QDockWidget* dock : {m_setupDock, m_layerDock, m_jobDock, m_logDock, m_whyDock})
        if (dock->objectName() == id) {
            dock->show();
            dock->raise();
        }
}

void MainWindow::perform(const QString& name) {
    if (QAction* action = m_actions->find(name)) {
        // A button that does nothing would leave its reader alone; say what is missing instead.
        if (action->isEnabled())
            action->trigger();
        else
            m_messages->show(MessageBar::Kind::note, action->toolTip());
    } else {
        showPage(name);
    }
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_session.controller().isRunning()) {
        const auto answer = QMessageBox::question(this, tr("A run is going"),
                                                  tr("Cancel the run and close? Nothing half-written stays behind."),
                                                  QMessageBox::Yes | QMessageBox::No, QMessageBox::No);
        if (answer != QMessageBox::Yes) {
            event->ignore();
            return;
        }
        m_session.controller().cancel(); // the session joins when it is destroyed
    }
    m_session.settings().setWindow(saveGeometry(), saveState(Settings::windowStateVersion()));
    event->accept();
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    // The docks take and give room too, so the size of the window says nothing.
    if (watched == m_tabs && event->type() == QEvent::Resize) fitTabs();
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::fitTabs() {
    int words = 0;
    for (const Page* page : m_pages) words += m_tabs->fontMetrics().horizontalAdvance(page->title()) + tabPadding;
    const int icons = m_tabs->count() * tabIcon;
    // Words alone where icons have no room; where all words have none either, icons and the words of the shown page.
    const bool allWords = words <= m_tabs->width(), everyIcon = !allWords || words + icons <= m_tabs->width();
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        const Page* page = m_pages[static_cast<std::size_t>(tab)];
        m_tabs->setTabIcon(tab, everyIcon ? page->icon() : QIcon());
        m_tabs->setTabText(tab, allWords || tab == m_tabs->currentIndex() ? page->title() : QString());
        m_tabs->setTabToolTip(tab, page->title());
        m_tabs->tabBar()->setAccessibleTabName(tab, page->title());
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.front().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.isEmpty() || !urls.front().isLocalFile()) return;
    m_session.open(urls.front().toLocalFile());
    event->acceptProposedAction();
}

} // namespace octavo::gui
