// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QThread>

#include <ctime>

/// An application that notes how long each event keeps the GUI thread: by the clock on the wall, which a busy machine
/// lengthens, and by what the thread itself computed, which it does not.
class TimedApplication final : public QApplication {
public:
    using QApplication::QApplication;

    struct Longest {
        double wall_ms = 0, thread_ms = 0;
        int above_50_ms = 0; ///< events that computed for longer
        QString what;
    };

    bool notify(QObject* receiver, QEvent* event) override {
        // Qt delivers the events of every thread through here; the workers may take their time.
        if (QThread::currentThread() != thread() || depth_ > 0) return QApplication::notify(receiver, event);
        ++depth_;
        const int type = event->type();
        const QByteArray name = receiver->metaObject()->className(); // the event may delete it
        QElapsedTimer timer;
        timer.start();
        const double before = thread_ms();
        const bool handled = QApplication::notify(receiver, event);
        const double computed = thread_ms() - before, passed = double(timer.nsecsElapsed()) / 1e6;
        Longest& longest = receiver == user_ ? by_user_ : longest_;
        if (computed > 50) ++longest.above_50_ms;
        if (computed > longest.thread_ms)
            longest.what = QString::fromLatin1(name) + QStringLiteral(", event ") + QString::number(type);
        longest.thread_ms = std::max(longest.thread_ms, computed);
        longest.wall_ms = std::max(longest.wall_ms, passed);
        --depth_;
        return handled;
    }

    /// Events of this object are what a person does; they are counted apart. Compared, never touched.
    void set_user(const QObject* user) { user_ = user; }
    Longest take() { return std::exchange(longest_, {}); }
    Longest take_by_user() { return std::exchange(by_user_, {}); }

    static double thread_ms() {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
    }

private:
    int depth_ = 0;
    Longest longest_, by_user_;
    const QObject* user_ = nullptr;
};
