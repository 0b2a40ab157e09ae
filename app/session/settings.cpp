// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/settings.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

#include "base/resources.h"

namespace octavo::gui {

namespace {

constexpr int recentLimit = 8;
// Raised when docks are added or renamed: an old layout is then left alone rather than half restored.
constexpr int layoutVersion = 2;

QString dataFolder(const char* name) { return QString::fromStdString((octavo::data_home() / name).string()); }

} // namespace

Settings::Settings(QObject* parent)
    : QObject(parent),
      m_store(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("octavo"), QStringLiteral("octavo")) {}

void Settings::store(const QString& key, const QVariant& value) {
    if (m_store.value(key) == value) return;
    m_store.setValue(key, value);
    Q_EMIT changed();
}

QString Settings::language() const { return m_store.value(QStringLiteral("language")).toString(); }
void Settings::setLanguage(const QString& code) {
    if (code == language()) return;
    store(QStringLiteral("language"), code);
    Q_EMIT languageChanged(code);
}

QString Settings::appearance() const { return m_store.value(QStringLiteral("appearance")).toString(); }
void Settings::setAppearance(const QString& appearance) {
    if (appearance == this->appearance()) return;
    store(QStringLiteral("appearance"), appearance);
    Q_EMIT appearanceChanged(appearance);
}

int Settings::threads() const { return std::clamp(m_store.value(QStringLiteral("threads"), 0).toInt(), 0, 1024); }
void Settings::setThreads(int threads) { store(QStringLiteral("threads"), threads); }

QString Settings::device() const { return m_store.value(QStringLiteral("device"), QStringLiteral("auto")).toString(); }
void Settings::setDevice(const QString& device) { store(QStringLiteral("device"), device); }

QString Settings::runFolder() const {
    return m_store.value(QStringLiteral("runFolder"), dataFolder("runs")).toString();
}
void Settings::setRunFolder(const QString& folder) { store(QStringLiteral("runFolder"), folder); }

QString Settings::exportFolder() const {
    return m_store.value(QStringLiteral("exportFolder"), dataFolder("exports")).toString();
}
void Settings::setExportFolder(const QString& folder) { store(QStringLiteral("exportFolder"), folder); }

QString Settings::vllm() const { return m_store.value(QStringLiteral("vllm")).toString(); }
void Settings::setVllm(const QString& program) { store(QStringLiteral("vllm"), program); }

int Settings::decimals() const { return std::clamp(m_store.value(QStringLiteral("digits"), 4).toInt(), 2, 6); }
void Settings::setDecimals(int digits) { store(QStringLiteral("digits"), digits); }

int Settings::evaluationWindows() const {
    return std::clamp(m_store.value(QStringLiteral("evaluationWindows"), 8).toInt(), 0, 100000);
}
void Settings::setEvaluationWindows(int windows) { store(QStringLiteral("evaluationWindows"), windows); }

QStringList Settings::recentModels() const { return m_store.value(QStringLiteral("recentModels")).toStringList(); }
QStringList Settings::recentRuns() const { return m_store.value(QStringLiteral("recentRuns")).toStringList(); }

static QStringList withFirst(QStringList list, const QString& path) {
    const QString clean = QDir(path).absolutePath();
    list.removeAll(clean);
    list.prepend(clean);
    return list.mid(0, recentLimit);
}

void Settings::addRecentModel(const QString& path) {
    m_store.setValue(QStringLiteral("recentModels"), withFirst(recentModels(), path));
    Q_EMIT recentChanged();
}

void Settings::addRecentRun(const QString& path) {
    m_store.setValue(QStringLiteral("recentRuns"), withFirst(recentRuns(), path));
    Q_EMIT recentChanged();
}

void Settings::clearRecent() {
    m_store.remove(QStringLiteral("recentModels"));
    m_store.remove(QStringLiteral("recentRuns"));
    Q_EMIT recentChanged();
}

int Settings::windowStateVersion() { return layoutVersion; }
QByteArray Settings::windowGeometry() const { return m_store.value(QStringLiteral("window/geometry")).toByteArray(); }
QByteArray Settings::windowState() const { return m_store.value(QStringLiteral("window/state")).toByteArray(); }
void Settings::setWindow(const QByteArray& geometry, const QByteArray& state) {
    m_store.setValue(QStringLiteral("window/geometry"), geometry);
    m_store.setValue(QStringLiteral("window/state"), state);
}

bool Settings::writable() const { return m_store.isWritable(); }

} // namespace octavo::gui
