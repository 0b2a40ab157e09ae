// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what a person feels: opening a large run, switching pages, dragging α, panning the map. Prints one line per
// figure.
#include <QApplication>
#include <QElapsedTimer>
#include <QSlider>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

#include "pages.h"
#include "plot/heat_map.h"
#include "session/session.h"
#include "support/synthetic_run.h"

using namespace octavo::gui;

namespace {

/// Lets everything that is due happen, paints included.
void settle() {
    for (int i = 0; i < 5; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents(QEventLoop::AllEvents);
    }
}

template <class Work>
void measure(const char* what, int repeats, Work&& work) {
    qint64 total = 0, worst = 0;
    for (int i = 0; i < repeats; ++i) {
        QElapsedTimer timer;
        timer.start();
        work(i);
        settle();
        total += timer.nsecsElapsed();
        worst = std::max(worst, timer.nsecsElapsed());
    }
    std::printf("%-38s mean %8.1f ms   worst %8.1f ms   (%d times)\n", what, double(total) / repeats / 1e6,
                double(worst) / 1e6, repeats);
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QTemporaryDir folder;
    qputenv("OCTAVO_DATA", folder.filePath(QStringLiteral("data")).toUtf8());
    octavo::testing::SyntheticRun shape;
    shape.layers = 32;
    shape.hidden = 4096;
    shape.kv = 1024;
    shape.intermediate = 14336;
    const QString run = folder.filePath(QStringLiteral("run"));
    octavo::testing::write_synthetic_run(run.toStdString(), shape);
    Session session;
    QTabWidget window;
    for (Page* page : makePages(session, &window)) window.addTab(page, page->title());
    window.resize(1400, 900);
    window.show();
    settle();
    measure("open the run, first page drawn", 1, [&](int) {
        session.openRun(run);
        while (!session.view().run()) settle();
    });
    session.selection().setSite(QStringLiteral("model.layers.3.down_input"));
    for (int page = 0; page < window.count(); ++page) {
        const QByteArray name = "first visit: " + window.tabText(page).toUtf8();
        window.setCurrentIndex(page == 0 ? 1 : 0);
        measure(name.constData(), 1, [&](int) { window.setCurrentIndex(page); });
    }
    measure("switch to a page", window.count(), [&](int i) { window.setCurrentIndex(i); });
    window.setCurrentIndex(0);
    settle();
    measure("next layer on the activations page", 20, [&](int) { session.selection().walk(1); });
    auto* map = window.widget(0)->findChild<HeatMap*>();
    map->navigation().zoom(0.2, Qt::Horizontal, map->rect().center());
    measure("one step of panning the map", 100, [&](int i) {
        map->navigation().pan(i % 40 < 20 ? 0.03 : -0.03, 0);
        map->replot(QCustomPlot::rpImmediateRefresh);
    });
    window.setCurrentIndex(1);
    settle();
    auto* slider = window.widget(1)->findChild<QSlider*>();
    measure("one step of α, 14336 channels", 60, [&](int i) { slider->setValue(20 + i); });
    return 0;
}
