// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/log_buffer.h"

namespace octavo::gui {

namespace {

constexpr std::size_t capacity = 20000;
constexpr int dropAtOnce = 2000; // dropping singly would cost the views a row removal per line

const char* levelName(LogLevel level) {
    switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
    }
    return "";
}

} // namespace

LogBuffer::LogBuffer(QObject* parent) : QObject(parent) {}

void LogBuffer::add(LogLevel level, const Message& message) {
    if (message.empty()) return;
    if (m_entries.size() >= capacity) {
        m_entries.erase(m_entries.begin(), m_entries.begin() + dropAtOnce);
        Q_EMIT dropped(dropAtOnce);
    }
    m_entries.push_back({QDateTime::currentDateTime(), level, message});
    Q_EMIT added();
}

void LogBuffer::clear() {
    m_entries.clear();
    Q_EMIT cleared();
}

QString logLine(const LogEntry& entry) {
    return QStringLiteral("%1 %2 %3")
        .arg(entry.time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")),
             QString::fromLatin1(levelName(entry.level)).leftJustified(7),
             QString::fromStdString(entry.message.english()));
}

} // namespace octavo::gui
