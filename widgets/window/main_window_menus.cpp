// SPDX-License-Identifier: GPL-3.0-or-later
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenuBar>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>

#include "dialogs/dialogs.h"
#include "message_bar.h"
#include "page.h"
#include "session/format.h"
#include "session/session.h"
#include "setup/mixture_dialog.h"
#include "setup/target_box.h"
#include "start/start_page.h"
#include "style/icons.h"
#include "window/actions.h"
#include "window/main_window.h"

namespace octavo::gui {

void MainWindow::makeMenus() {
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions->openModel, m_actions->openRun, m_actions->openSample, m_actions->openDataset});
    QMenu* recent = file->addMenu(tr("Open re&cent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecent(recent); });
    file->addSeparator();
    file->addActions({m_actions->savePlot, m_actions->exportPage});
    file->addSeparator();
    file->addActions({m_actions->preferences, m_actions->quit});

    QMenu* edit = menuBar()->addMenu(tr("&Recipe"));
    QUndoStack& undo = m_session.recipe().undoStack();
    QAction* undoAction = undo.createUndoAction(this, tr("Undo"));
    undoAction->setObjectName(QStringLiteral("actionUndo"));
    undoAction->setIcon(themedIcon(QStringLiteral("undo")));
    undoAction->setShortcut(QKeySequence::Undo);
    QAction* redoAction = undo.createRedoAction(this, tr("Redo"));
    redoAction->setObjectName(QStringLiteral("actionRedo"));
    redoAction->setIcon(themedIcon(QStringLiteral("redo")));
    redoAction->setShortcut(QKeySequence::Redo);
    m_actions->add(undoAction);
    m_actions->add(redoAction);
    edit->addActions({undoAction, redoAction});
    edit->addSeparator();
    edit->addActions({m_actions->copyRecipe, m_actions->pasteRecipe, m_actions->copyCommand});

    QMenu* run = menuBar()->addMenu(tr("R&un"));
    run->addActions({m_actions->quantize, m_actions->resume, m_actions->cancel});
    run->addSeparator();
    run->addAction(m_actions->measure);

    QMenu* view = menuBar()->addMenu(tr("&View"));
    makePageMenu(view);
    view->addSeparator();
    view->addActions({m_actions->previousLayer, m_actions->nextLayer});
    view->addSeparator();
    for (QDockWidget* dock : {m_setupDock, m_layerDock, m_jobDock, m_logDock, m_whyDock})
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    view->addActions({m_actions->resetLayout, m_actions->fullScreen});

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addActions({m_actions->cheatSheet, m_actions->about});
}

void MainWindow::makePageMenu(QMenu* view) {
    view->addAction(m_actions->startPage);
    int number = 0;
    for (Page* page : m_pages) {
        auto* action = new QAction(page->icon(), page->title(), this);
        action->setObjectName(QStringLiteral("actionPage_") + page->id());
        action->setShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(++number)));
        connect(action, &QAction::triggered, this, [this, page] { showPage(page->id()); });
        m_actions->add(action);
        view->addAction(action);
    }
}

void MainWindow::makeToolBar() {
    QToolBar* bar = addToolBar(tr("Main tools"));
    bar->setObjectName(QStringLiteral("mainTools"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize({18, 18});
    bar->addActions({m_actions->openModel, m_actions->openRun});
    bar->addSeparator();
    auto* label = new QLabel(tr("Target"), bar);
    label->setContentsMargins(8, 0, 6, 0);
    bar->addWidget(label);
    auto* target = new TargetBox(m_session, bar);
    target->setMinimumContentsLength(26);
    label->setBuddy(target);
    bar->addWidget(target);
    bar->addSeparator();
    bar->addActions({m_actions->quantize, m_actions->cancel});
    bar->addSeparator();
    bar->addAction(m_actions->exportPage);
    auto* spacer = new QWidget(bar);
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(spacer);
    bar->addActions({m_actions->preferences, m_actions->cheatSheet});
    for (QAction* action : {m_actions->preferences, m_actions->cheatSheet})
        if (auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(action)))
            button->setToolButtonStyle(Qt::ToolButtonIconOnly);
}

void MainWindow::connectFileActions() {
    connect(m_actions->openModel, &QAction::triggered, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a model folder"),
                                                                 m_session.settings().recentModels().value(0));
        if (!folder.isEmpty()) m_session.openModel(folder);
    });
    connect(m_actions->openRun, &QAction::triggered, this, [this] {
        const QString folder =
            QFileDialog::getExistingDirectory(this, tr("Open a run folder"), m_session.settings().runFolder());
        if (!folder.isEmpty()) m_session.openRun(folder);
    });
    connect(m_actions->openSample, &QAction::triggered, this, [this] { m_session.openSample(); });
    connect(m_actions->openDataset, &QAction::triggered, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Calibration data"), {}, dataSetFilter());
        if (!file.isEmpty()) m_session.openDataset(file);
    });
    connect(m_actions->savePlot, &QAction::triggered, this, &MainWindow::savePicture);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->preferences, &QAction::triggered, this, [this] {
        auto* dialog = new PreferencesDialog(m_session, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

void MainWindow::connectActions() {
    connect(m_actions->copyRecipe, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(m_session.recipe().toJson()); });
    connect(m_actions->pasteRecipe, &QAction::triggered, this, &MainWindow::pasteRecipe);
    connect(m_actions->copyCommand, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(m_session.commandLine());
        m_messages->show(MessageBar::Kind::note, tr("The command line is in the clipboard."));
    });
    connect(m_actions->quantize, &QAction::triggered, this, [this] { m_session.startQuantize(); });
    connect(m_actions->resume, &QAction::triggered, this, [this] { m_session.resumeRun(); });
    connect(m_actions->measure, &QAction::triggered, this, &MainWindow::measureAgain);
    connect(m_actions->cancel, &QAction::triggered, this, [this] { m_session.controller().cancel(); });
    connect(m_actions->exportPage, &QAction::triggered, this, [this] { showPage(QStringLiteral("export")); });
    connect(m_actions->previousLayer, &QAction::triggered, this, [this] { m_session.selection().walk(-1); });
    connect(m_actions->nextLayer, &QAction::triggered, this, [this] { m_session.selection().walk(1); });
    connect(m_actions->resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(m_actions->fullScreen, &QAction::toggled, this, [this](bool on) { on ? showFullScreen() : showNormal(); });
    connect(m_actions->startPage, &QAction::triggered, this, [this] { showPage(QStringLiteral("start")); });
    connect(m_actions->cheatSheet, &QAction::triggered, this, [this] {
        auto* dialog = new CheatSheet(m_actions->all(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_actions->about, &QAction::triggered, this, [this] {
        auto* dialog = new AboutDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

void MainWindow::fillRecent(QMenu* menu) {
    menu->clear();
    const auto list = [&](const QStringList& paths, const QString& icon) {
        for (const QString& path : paths) {
            QAction* action = menu->addAction(themedIcon(icon), QDir::toNativeSeparators(path), this,
                                              [this, path] { m_session.open(path); });
            action->setEnabled(QFileInfo::exists(path));
        }
    };
    list(m_session.settings().recentModels(), QStringLiteral("folder"));
    menu->addSeparator();
    list(m_session.settings().recentRuns(), QStringLiteral("open-run"));
    menu->addSeparator();
    menu->addAction(tr("Clear this list"), this, [this] { m_session.settings().clearRecent(); });
}

void MainWindow::savePicture() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the page as picture"),
                                                      QStringLiteral("octavo.png"), tr("PNG pictures (*.png)"));
    if (file.isEmpty()) return;
    if (!m_centre->currentWidget()->grab().save(file, "PNG"))
        m_messages->show(MessageBar::Kind::error, tr("The picture could not be saved: %1").arg(file),
                         tr("Choose another folder."));
}

void MainWindow::pasteRecipe() {
    try {
        m_session.recipe().pasteJson(QGuiApplication::clipboard()->text());
        if (const auto problem = m_session.recipe().problem())
            m_messages->show(MessageBar::Kind::warning, translated(problem->message()), translated(problem->advice()));
    } catch (const Error&) {
        m_messages->show(currentProblem());
    }
}

void MainWindow::measureAgain() {
    const auto run = m_session.view().run();
    if (!run) return;
    EvaluateRequest request;
    request.model = run->record.output;
    request.reference = run->record.model.path;
    const auto& metrics = run->record.metrics;
    request.sequence_length = metrics && metrics->sequence_length > 0 ? metrics->sequence_length : 512;
    request.threads = m_session.settings().threads();
    request.device = m_session.settings().device().toStdString();
    m_session.controller().evaluate(run->folder, request);
}

} // namespace octavo::gui
