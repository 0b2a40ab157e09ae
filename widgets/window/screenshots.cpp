// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/screenshots.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTabWidget>
#include <QTextStream>
#include <QTimer>

#include <memory>

#include "dialogs/dialogs.h"
#include "pages.h"
#include "session/format.h"
#include "style/appearance.h"
#include "window/actions.h"
#include "window/main_window.h"
#include "window/workbench.h"

namespace octavo::gui {

namespace {

constexpr int longestWaitMilliseconds = 30000;

void settle(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

bool shoot(QWidget& widget, const QString& folder, const QString& name) {
    settle(250);
    return widget.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")), "PNG");
}

/// The page's other tabs: table twins and further pictures.
bool shootTabs(QWidget& window, const Page& page, const QString& folder, const QString& appearance) {
    bool good = true;
    auto* tabs = page.findChild<QTabWidget*>();
    if (!tabs || !tabs->isVisible()) return true;
    for (int tab = 1; tab < tabs->count(); ++tab) {
        if (!tabs->isTabEnabled(tab)) continue;
        tabs->setCurrentIndex(tab);
        good = shoot(window, folder, QStringLiteral("%1-tab%2-%3").arg(page.id()).arg(tab).arg(appearance)) && good;
    }
    tabs->setCurrentIndex(0);
    return good;
}

/// Waits until the run (or the model, when there is none to come) is shown. False when it failed.
bool load(Session& session, const QString& path) {
    bool failed = false;
    QObject guard;
    QObject::connect(&session.controller(), &RunController::failed, &guard, [&failed](const Problem& problem) {
        QTextStream(stderr) << QString::fromStdString(problem.message.english()) << Qt::endl;
        failed = true;
    });
    session.open(path);
    QElapsedTimer timer;
    timer.start();
    while (!failed && !session.view().run() && !session.model() && timer.elapsed() < longestWaitMilliseconds)
        settle(50);
    return !failed && (session.view().run() || session.model());
}

} // namespace

int takeScreenshots(Workbench& workbench, const QString& folder, const QString& path, const QSize& size) {
    MainWindow& window = workbench.window();
    if (!QDir().mkpath(folder)) return 1;
    window.resize(size.isEmpty() ? QSize(1440, 900) : size);
    window.show();
    settle(400);
    bool good = true;
    const QStringList appearances{QStringLiteral("light"), QStringLiteral("dark")};
    for (const QString& appearance : appearances) {
        applyAppearance(appearance);
        window.showPage(QStringLiteral("start"));
        good = shoot(window, folder, QStringLiteral("start-") + appearance) && good;
    }
    if (!path.isEmpty() && !load(workbench.session(), path)) return 1;
    settle(500);
    // Somewhere in the middle, so that marks and read-outs have something to say.
    workbench.session().selection().setLayer(workbench.session().selection().layerCount() / 2);
    window.showDock(QStringLiteral("layers"));
    for (const QString& appearance : appearances) {
        applyAppearance(appearance);
        for (const Page* page : window.pages()) {
            window.showPage(page->id());
            good = shoot(window, folder, page->id() + QLatin1Char('-') + appearance) && good;
            good = shootTabs(window, *page, folder, appearance) && good;
        }
        const QList<QDialog*> dialogs{new PreferencesDialog(workbench.session(), &window), new AboutDialog(&window),
                                      new CheatSheet(window.actions().all(), &window)};
        const QStringList names{QStringLiteral("preferences-"), QStringLiteral("about-"), QStringLiteral("keys-")};
        for (qsizetype i = 0; i < dialogs.size(); ++i) {
            dialogs[i]->show();
            good = shoot(*dialogs[i], folder, names[i] + appearance) && good;
            delete dialogs[i];
        }
    }
    return good ? 0 : 1;
}

} // namespace octavo::gui
