// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

class QNetworkAccessManager;
class QNetworkReply;

namespace octavo::gui {

/// Starts `vllm serve` on an exported folder, waits until it is healthy, asks one prompt, and stops it again. Nothing
/// is timed out: a large model may load for minutes; stop() ends it at any time.
class VllmTrial : public QObject {
    Q_OBJECT

public:
    struct Request {
        QString program, folder;
        QStringList arguments;   ///< what the target needs besides host and port
        QStringList environment; ///< "NAME=value"
        QString prompt;
    };

    explicit VllmTrial(QObject* parent = nullptr);
    ~VllmTrial() override; ///< stops the server

    /// The program set in the preferences, else `vllm` on the PATH, else empty.
    static QString findProgram(const QString& preferred);

    void start(const Request& request);
    void stop();
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    /// Lines of the log that name a kernel: "Using CutlassScaledMM…".
    const QStringList& kernels() const { return m_kernels; }
    QString log() const { return m_log.join(QLatin1Char('\n')); } ///< the last lines

Q_SIGNALS:
    void stateChanged(const QString& text); ///< for people
    void kernelFound(const QString& line);
    void answered(const QString& answer);
    void failed(const QString& reason);
    void stopped();

private:
    void readOutput();
    void poll();
    void ask();
    void useAnswer(QNetworkReply* reply);
    void useLine(const QString& line);

    QProcess m_process;
    QNetworkAccessManager* m_network;
    QTimer m_poll, m_kill;
    Request m_request;
    QStringList m_log, m_kernels;
    QByteArray m_pending;
    int m_port = 0;
    bool m_asked = false, m_stopping = false;
};

} // namespace octavo::gui
