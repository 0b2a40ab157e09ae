// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/vllm_trial.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>

namespace octavo::gui {
namespace {

constexpr int pollInterval = 700, patience = 8000; ///< ms; patience: between asking the server to end and ending it
constexpr int keptLines = 400, answerTokens = 48;

int freePort() {
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, 0) ? server.serverPort() : 0;
}

QUrl address(int port, const QString& path) {
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(port).arg(path));
}

} // namespace

VllmTrial::VllmTrial(QObject* parent) : QObject(parent), m_network(new QNetworkAccessManager(this)) {
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    connect(&m_process, &QProcess::readyRead, this, &VllmTrial::readOutput);
    connect(&m_process, &QProcess::finished, this, [this](int code) {
        m_poll.stop();
        m_kill.stop();
        readOutput();
        if (!m_stopping) Q_EMIT failed(tr("vLLM ended by itself with exit code %1. Its last lines say why.").arg(code));
        Q_EMIT stopped();
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart) return;
        Q_EMIT failed(tr("%1 could not be started: %2").arg(m_request.program, m_process.errorString()));
        Q_EMIT stopped();
    });
    m_poll.setInterval(pollInterval);
    connect(&m_poll, &QTimer::timeout, this, &VllmTrial::poll);
    m_kill.setSingleShot(true);
    connect(&m_kill, &QTimer::timeout, &m_process, &QProcess::kill);
}

VllmTrial::~VllmTrial() {
    m_process.disconnect(this);
    if (!isRunning()) return;
    m_process.terminate();
    if (!m_process.waitForFinished(3000)) m_process.kill();
    m_process.waitForFinished(2000);
}

QString VllmTrial::findProgram(const QString& preferred) {
    if (!preferred.isEmpty()) return QFileInfo(preferred).isExecutable() ? preferred : QString();
    return QStandardPaths::findExecutable(QStringLiteral("vllm"));
}

void VllmTrial::start(const Request& request) {
    if (isRunning()) return;
    m_request = request;
    m_log.clear();
    m_kernels.clear();
    m_pending.clear();
    m_asked = m_stopping = false;
    m_port = freePort();
    if (m_port == 0) return Q_EMIT failed(tr("No free port on 127.0.0.1."));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // Our own bundled libraries are not vLLM's.
    environment.remove(QStringLiteral("LD_LIBRARY_PATH"));
    environment.remove(QStringLiteral("QT_PLUGIN_PATH"));
    for (const QString& entry : request.environment)
        environment.insert(entry.section(QLatin1Char('='), 0, 0), entry.section(QLatin1Char('='), 1));
    m_process.setProcessEnvironment(environment);
    QStringList arguments{QStringLiteral("serve"),
                          request.folder,
                          QStringLiteral("--host"),
                          QStringLiteral("127.0.0.1"),
                          QStringLiteral("--port"),
                          QString::number(m_port),
                          QStringLiteral("--served-model-name"),
                          QStringLiteral("octavo-trial")};
    for (const QString& argument : request.arguments) arguments += argument.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    Q_EMIT stateChanged(tr("Starting vLLM; large models load for minutes …"));
    m_process.start(request.program, arguments);
    m_poll.start();
}

void VllmTrial::stop() {
    if (!isRunning()) return;
    m_stopping = true;
    m_poll.stop();
    Q_EMIT stateChanged(tr("Stopping vLLM …"));
    m_process.terminate();
    m_kill.start(patience);
}

void VllmTrial::readOutput() {
    m_pending += m_process.readAll();
    for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
        useLine(QString::fromUtf8(m_pending.left(end)).trimmed());
        m_pending.remove(0, end + 1);
    }
}

void VllmTrial::useLine(const QString& line) {
    if (line.isEmpty()) return;
    m_log << line;
    if (m_log.size() > keptLines) m_log.removeFirst();
    // "Using CutlassInt8ScaledMMLinearKernel for …", but not the configuration, which has a KernelConfig among much
    // else.
    static const QRegularExpression kernel(QStringLiteral("[A-Za-z0-9_]Kernel\\b"));
    if (!kernel.match(line).hasMatch() || m_kernels.contains(line)) return;
    m_kernels << line;
    Q_EMIT kernelFound(line);
}

void VllmTrial::poll() {
    QNetworkReply* reply = m_network->get(QNetworkRequest(address(m_port, QStringLiteral("/health"))));
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        if (m_asked || m_stopping || reply->error() != QNetworkReply::NoError) return;
        m_asked = true;
        m_poll.stop();
        ask();
    });
}

void VllmTrial::ask() {
    Q_EMIT stateChanged(tr("vLLM is up; asking …"));
    QNetworkRequest request(address(m_port, QStringLiteral("/v1/completions")));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    const QJsonObject body{{QStringLiteral("model"), QStringLiteral("octavo-trial")},
                           {QStringLiteral("prompt"), m_request.prompt},
                           {QStringLiteral("max_tokens"), answerTokens},
                           {QStringLiteral("temperature"), 0}};
    QNetworkReply* reply = m_network->post(request, QJsonDocument(body).toJson(QJsonDocument::Compact));
    connect(reply, &QNetworkReply::finished, this, [this, reply] { useAnswer(reply); });
}

void VllmTrial::useAnswer(QNetworkReply* reply) {
    reply->deleteLater();
    if (m_stopping) return;
    const QByteArray body = reply->readAll();
    const QJsonArray choices = QJsonDocument::fromJson(body).object().value(QStringLiteral("choices")).toArray();
    if (reply->error() != QNetworkReply::NoError || choices.isEmpty())
        Q_EMIT failed(tr("vLLM did not answer the prompt: %1")
                          .arg(body.isEmpty() ? reply->errorString() : QString::fromUtf8(body.left(400))));
    else
        Q_EMIT answered(choices.first().toObject().value(QStringLiteral("text")).toString());
    stop();
}

} // namespace octavo::gui
