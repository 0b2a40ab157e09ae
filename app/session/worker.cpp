// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/worker.h"

#include <sys/resource.h>
#include <unistd.h>

namespace octavo::gui {

Worker::Worker(const QString& name, int niceness) {
    m_thread.setObjectName(name);
    moveToThread(&m_thread);
    m_thread.start();
    if (niceness > 0)
        QMetaObject::invokeMethod(
            this, [niceness] { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness); },
            Qt::QueuedConnection);
}

Worker::~Worker() {
    {
        const std::lock_guard lock(m_guard);
        m_queue.clear();
    }
    m_thread.quit();
    m_thread.wait();
}

void Worker::post(Item item) {
    {
        const std::lock_guard lock(m_guard);
        m_queue.push_back(std::move(item));
    }
    QMetaObject::invokeMethod(this, &Worker::runNext, Qt::QueuedConnection);
}

void Worker::drop(const QString& tag) {
    const std::lock_guard lock(m_guard);
    std::erase_if(m_queue, [&](const Item& item) { return item.tag == tag; });
}

void Worker::runNext() {
    Item item;
    {
        const std::lock_guard lock(m_guard);
        if (m_queue.empty()) return; // dropped meanwhile
        item = std::move(m_queue.front());
        m_queue.pop_front();
    }
    item.work();
}

} // namespace octavo::gui
