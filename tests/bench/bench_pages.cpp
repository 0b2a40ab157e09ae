// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what a person feels at the window: starting, opening a run of 224 matrices with up to 14336 channels,
// switching pages, dragging α, a run that goes on meanwhile, memory. Prints one line per figure, with the figure to
// reach. bench_pages [MODEL]: with a model also a real run on a few tokens, and how long cancelling it takes.
#include <QElapsedTimer>
#include <QFile>
#include <QSettings>
#include <QSlider>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <clocale>
#include <cstdio>
#include <thread>
#include <unistd.h>

#include "activations/channel_plot.h"
#include "pages.h"
#include "plot/heat_map.h"
#include "session/session.h"
#include "support/heartbeat.h"
#include "support/synthetic_run.h"
#include "support/tiny_model.h"
#include "window/main_window.h"
#include "window/workbench.h"

using namespace octavo::gui;

namespace {

/// Lets everything that is due happen, paints included.
void settle() {
    for (int i = 0; i < 5; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents(QEventLoop::AllEvents);
    }
}

template <class Done>
bool waitFor(Done&& done, int seconds = 120) {
    QElapsedTimer timer;
    timer.start();
    QTimer beat; // waiting sleeps until an event comes; one comes every millisecond
    beat.start(1);
    while (!done() && timer.elapsed() < seconds * 1000) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    settle();
    return done();
}

void print(const char* what, double value, const char* unit, const char* wanted, const QString& note = {}) {
    std::printf("%-44s %8.1f %-4s %-12s %s\n", what, value, unit, wanted, qPrintable(note));
    std::fflush(stdout);
}

template <class Work>
void measure(const char* what, const char* wanted, int repeats, Work&& work) {
    double total = 0, worst = 0;
    for (int i = 0; i < repeats; ++i) {
        QElapsedTimer timer;
        timer.start();
        work(i);
        settle();
        total += double(timer.nsecsElapsed()) / 1e6;
        worst = std::max(worst, double(timer.nsecsElapsed()) / 1e6);
    }
    print(what, total / repeats, "ms", wanted,
          repeats > 1 ? QStringLiteral("worst %1 ms of %2").arg(worst, 0, 'f', 1).arg(repeats) : QString());
}

/// Milliseconds since the kernel started this process.
double processAge() {
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly)) return -1;
    const QByteArray text = file.readAll();
    const double start =
        text.mid(text.lastIndexOf(')') + 2).split(' ').value(19).toDouble() / double(::sysconf(_SC_CLK_TCK));
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return (double(now.tv_sec) + double(now.tv_nsec) / 1e9 - start) * 1e3;
}

double status(const char* key) { // MiB
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith(key)) return line.mid(int(qstrlen(key)) + 1).trimmed().split(' ').first().toDouble() / 1024;
    return 0;
}

bool torchIsLoaded() {
    QFile maps(QStringLiteral("/proc/self/maps"));
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("libtorch");
}

octavo::testing::SyntheticRun largeRun() {
    octavo::testing::SyntheticRun shape;
    shape.layers = 32;
    shape.hidden = 4096;
    shape.kv = 1024;
    shape.intermediate = 14336;
    return shape;
}

/// Slows a made-up run to a matrix every 15 ms, so that the window draws while it grows.
class Paced final : public octavo::Sink {
public:
    explicit Paced(octavo::Sink& next) : next_(next) {}
    void on_event(const octavo::Event& event) override {
        std::this_thread::sleep_for(std::chrono::milliseconds(15));
        next_.on_event(event);
    }

private:
    octavo::Sink& next_;
};

class Bench {
public:
    Bench(TimedApplication& application, const QTemporaryDir& folder) : application_(application), folder_(folder) {}

    void start() {
        bench_ = std::make_unique<Workbench>();
        window().resize(1440, 900);
        window().show();
        settle();
        print("start to a usable window", processAge(), "ms", "<= 1000");
        waitFor([this] { return session().hardware() != nullptr; });
        print("memory after the start", status("VmRSS"), "MiB", "",
              torchIsLoaded() ? QStringLiteral("libtorch is loaded") : QStringLiteral("libtorch is not loaded"));
    }

    void pages() {
        const QString run = folder_.filePath(QStringLiteral("run"));
        octavo::testing::write_synthetic_run(run.toStdString(), largeRun());
        application_.take();
        measure("open the run, first page drawn", "<= 1000", 1, [&](int) {
            session().openRun(run);
            waitFor([this] { return session().view().run() != nullptr; });
        });
        session().selection().setSite(QStringLiteral("model.layers.3.down_input"));
        for (const Page* page : window().pages()) {
            window().showPage(window().pages()[page == window().pages().front() ? 1 : 0]->id());
            settle();
            const QByteArray name = "first visit: " + page->id().toUtf8();
            measure(name.constData(), "<= 100", 1, [&](int) { window().showPage(page->id()); });
        }
        const auto count = static_cast<int>(window().pages().size());
        measure("switch to a page", "<= 100", 2 * count,
                [&](int i) { window().showPage(window().pages()[static_cast<std::size_t>(i % count)]->id()); });
        window().showPage(QStringLiteral("activations"));
        settle();
        measure("next layer on the activations page", "", 20, [&](int) { session().selection().walk(1); });
        auto* map = window().findChild<HeatMap*>();
        map->navigation().zoom(0.2, Qt::Horizontal, map->rect().center());
        measure("one step of panning the map", "<= 16", 100, [&](int i) {
            map->navigation().pan(i % 40 < 20 ? 0.03 : -0.03, 0);
            map->replot(QCustomPlot::rpImmediateRefresh);
        });
    }

    void slider() {
        for (const auto& [site, channels] :
             {std::pair("model.layers.9.mlp_input", 4096), std::pair("model.layers.9.down_input", 14336)}) {
            session().selection().setSite(QLatin1String(site));
            window().showPage(QStringLiteral("smoothing"));
            Page* page = window().pages()[1];
            waitFor(
                [&] { return page->findChild<ChannelPlot*>(QStringLiteral("activationPlot"))->after() != nullptr; });
            const auto* plot = page->findChild<ChannelPlot*>(QStringLiteral("activationPlot"));
            auto* slider = page->findChild<QSlider*>();
            slider->setValue(10); // the first preview also changes the legend
            waitFor([] { return false; }, 1);
            application_.take();
            const QByteArray name = "one step of α, drawn, " + QByteArray::number(channels) + " channels";
            measure(name.constData(), "<= 50", 60, [&](int i) {
                const double before = plot->after()->data()->at(17)->value;
                slider->setValue(20 + i);
                waitFor([&] { return plot->after()->data()->at(17)->value != before; });
            });
            const auto longest = application_.take();
            print("  the GUI thread at a time", longest.thread_ms, "ms", "<= 50", longest.what);
        }
    }

    /// A run of a layer every fifth of a second: faster than any real one of its size.
    void growing() {
        tiny::Options options;
        options.layers = 32;
        tiny::write(path("tiny"), options);
        session().open(folder_.filePath(QStringLiteral("tiny")));
        waitFor([this] { return session().model() != nullptr; });
        for (const char* page : {"activations", "smoothing", "weights", "sensitivity"}) {
            JobWork work;
            work.quantize = [](const octavo::QuantizeRequest& request, octavo::Sink& sink, std::stop_token) {
                Paced paced(sink);
                octavo::testing::SyntheticWriter(request.run_directory, largeRun(), &paced).write();
                return octavo::RunRecord();
            };
            session().controller().setWork(work);
            octavo::QuantizeRequest request = session().request();
            request.recipe = session().recipe().recipe();
            request.run_directory = path("growing-") += page;
            session().controller().quantize(request, std::nullopt);
            window().showPage(QLatin1String(page));
            settle();
            session().selection().setLayer(4);
            application_.take();
            int grown = 0;
            const auto counting = QObject::connect(&session().view(), &RunView::reportsGrown, [&grown] { ++grown; });
            waitFor([this] { return !session().controller().isRunning(); });
            QObject::disconnect(counting);
            const auto longest = application_.take();
            const QByteArray name = QByteArray("GUI thread during a run: ") + page;
            print(name.constData(), longest.thread_ms, "ms", "<= 50",
                  QStringLiteral("%1 events above, %2 ms by the wall clock; %3; drawn anew %4 times")
                      .arg(longest.above_50_ms)
                      .arg(longest.wall_ms, 0, 'f', 0)
                      .arg(longest.what)
                      .arg(grown));
            waitFor([this] { return session().view().run() != nullptr; });
        }
        session().controller().setWork({});
    }

    void memory() {
        print("memory with the run", status("VmRSS"), "MiB", "<= 400",
              QStringLiteral("of it %1 MiB its own, the rest files that can be dropped")
                  .arg(status("RssAnon"), 0, 'f', 0));
    }

    void real(const QString& model) {
        session().open(model);
        waitFor([&] { return session().model() && session().model()->path == QFileInfo(model).absoluteFilePath(); });
        session().request().calibration_options.samples = 8;
        session().request().calibration_options.sequence_length = 256;
        session().touchRequest();
        settle();
        application_.take();
        session().startQuantize();
        int page = 0;
        QTimer turn; // every page is looked at while it grows
        QObject::connect(&turn, &QTimer::timeout, &turn, [&] {
            window().showPage(window().pages()[static_cast<std::size_t>(page++ % int(window().pages().size()))]->id());
            session().selection().walk(page % 14 < 7 ? 1 : -1);
        });
        turn.start(700);
        application_.set_user(&turn);
        waitFor([this] { return !session().controller().isRunning(); }, 600);
        turn.stop();
        waitFor([this] { return session().view().metrics() != nullptr; });
        application_.set_user(nullptr);
        const auto longest = application_.take();
        print("GUI thread, a real run from door to figures", longest.thread_ms, "ms", "<= 50",
              QStringLiteral("%1 events above, %2 ms by the wall clock; %3; %4 page switches")
                  .arg(longest.above_50_ms)
                  .arg(longest.wall_ms, 0, 'f', 0)
                  .arg(longest.what)
                  .arg(page));
        print("  switching pages meanwhile, the longest", application_.take_by_user().thread_ms, "ms", "<= 100");
        session().startQuantize();
        waitFor([this] { return session().view().reports().size() > 30 || !session().controller().isRunning(); }, 600);
        QElapsedTimer timer;
        timer.start();
        session().controller().cancel();
        waitFor([this] { return !session().controller().isRunning(); });
        print("from Cancel to the end of the run", double(timer.elapsed()), "ms", "<= 2000");
    }

private:
    MainWindow& window() { return bench_->window(); }
    Session& session() { return bench_->session(); }
    std::filesystem::path path(const char* name) const { return folder_.filePath(QLatin1String(name)).toStdString(); }

    TimedApplication& application_;
    const QTemporaryDir& folder_;
    std::unique_ptr<Workbench> bench_;
};

} // namespace

int main(int argc, char** argv) {
    TimedApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C");
    const QTemporaryDir folder;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.filePath(QStringLiteral("config")));
    qputenv("OCTAVO_DATA", folder.filePath(QStringLiteral("data")).toUtf8());
    Bench bench(application, folder);
    bench.start();
    bench.pages();
    bench.memory();
    bench.slider();
    bench.growing();
    if (argc > 1) bench.real(QString::fromLocal8Bit(argv[1]));
    return 0;
}
