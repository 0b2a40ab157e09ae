// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>

#include <deque>

#include "report/event.h"

namespace octavo::gui {

struct LogEntry {
    QDateTime time;
    LogLevel level = LogLevel::info;
    Message message; ///< translated when it is shown
};

/// The last lines that the work, the window and Qt had to say. Outlives the views that show it.
class LogBuffer : public QObject {
    Q_OBJECT

public:
    explicit LogBuffer(QObject* parent = nullptr);
    void add(LogLevel level, const Message& message);
    const std::deque<LogEntry>& entries() const { return m_entries; }
    void clear();

Q_SIGNALS:
    void added();
    void dropped(int count); ///< the oldest lines made room; comes before added()
    void cleared();

private:
    std::deque<LogEntry> m_entries;
};

/// "2026-11-24 10:15:00.123 warning text" in English, for files.
QString logLine(const LogEntry& entry);

} // namespace octavo::gui
