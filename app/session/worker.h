// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QThread>

#include <deque>
#include <functional>
#include <mutex>

namespace octavo::gui {

/// One long-lived thread with a queue. Items run one after the other and never throw.
class Worker : public QObject {
    Q_OBJECT

public:
    struct Item {
        QString tag;
        std::function<void()> work;
    };

    /// `niceness` > 0 lets the window win over the work for a core; the threads that the work starts inherit it.
    Worker(const QString& name, int niceness);
    ~Worker() override; ///< drops what waits, joins; the item in progress has to end by itself

    void post(Item item);
    /// Drops the waiting items with this tag.
    void drop(const QString& tag);

private:
    void runNext();

    QThread m_thread;
    std::mutex m_guard;
    std::deque<Item> m_queue;
};

} // namespace octavo::gui
