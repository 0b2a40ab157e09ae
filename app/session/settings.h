// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace octavo::gui {

/// The user's preferences with types and defaults. Never throws: a settings file that cannot be written shows in
/// writable().
class Settings : public QObject {
    Q_OBJECT

public:
    explicit Settings(QObject* parent = nullptr);

    QString language() const; ///< "en", "de", "zh_CN"; empty = the system's
    void setLanguage(const QString& code);
    QString appearance() const; ///< "light", "dark"; empty = the system's
    void setAppearance(const QString& appearance);
    int threads() const; ///< 0 = all that may be used
    void setThreads(int threads);
    QString device() const; ///< "auto", "cpu", "cuda:0"
    void setDevice(const QString& device);
    QString runFolder() const; ///< where new runs go
    void setRunFolder(const QString& folder);
    QString exportFolder() const;
    void setExportFolder(const QString& folder);
    QString vllm() const; ///< the program; empty = found on the PATH
    void setVllm(const QString& program);
    int decimals() const; ///< significant digits on screen, 2…6
    void setDecimals(int digits);
    int evaluationWindows() const; ///< of the measurement after a run; 0 = the whole text
    void setEvaluationWindows(int windows);

    QStringList recentModels() const;
    QStringList recentRuns() const;
    void addRecentModel(const QString& path);
    void addRecentRun(const QString& path);
    void clearRecent();

    QByteArray windowGeometry() const;
    QByteArray windowState() const;
    void setWindow(const QByteArray& geometry, const QByteArray& state);
    static int windowStateVersion(); ///< for saveState() and restoreState()

    bool writable() const;

Q_SIGNALS:
    void changed();
    void recentChanged();
    void languageChanged(const QString& code);
    void appearanceChanged(const QString& appearance);

private:
    void store(const QString& key, const QVariant& value);
    QSettings m_store;
};

} // namespace octavo::gui
