// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QtTest>

#include "export/vllm_trial.h"

using octavo::gui::VllmTrial;

namespace {

// Speaks as much of vLLM's command line and HTTP interface as the trial uses.
const char* server = R"py(#!/usr/bin/env python3
import http.server, json, os, sys, time
arguments = sys.argv[1:]
assert arguments[0] == "serve", arguments
folder, port = arguments[1], int(arguments[arguments.index("--port") + 1])
print("INFO Initializing an engine with config: kernel_config=KernelConfig(moe_backend='auto')", flush=True)
print("INFO Using CutlassInt8ScaledMMLinearKernel for CompressedTensorsW8A8Int8", flush=True)
if folder == "broken":
    print("ValueError: no such model", flush=True)
    sys.exit(3)
started = time.time()
class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *rest): pass
    def reply(self, code, body):
        self.send_response(code); self.end_headers(); self.wfile.write(body)
    def do_GET(self): self.reply(200 if self.path == "/health" and time.time() - started > 0.5 else 503, b"")
    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert question["model"] == arguments[arguments.index("--served-model-name") + 1]
        text = " Paris of " + folder + os.environ.get("OCTAVO_TRIAL_MARK", "")
        self.reply(200, json.dumps({"choices": [{"text": question["prompt"] + text}]}).encode())
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
)py";

} // namespace

class TestVllmTrial : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty()) QSKIP("python3 is not there");
        program_ = folder_.filePath(QStringLiteral("vllm"));
        QFile file(program_);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(server);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    void programComesFromThePreferencesOrThePath() {
        QCOMPARE(VllmTrial::findProgram(program_), program_);
        QCOMPARE(VllmTrial::findProgram(QStringLiteral("/nonexistent/vllm")), QString());
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", folder_.path().toUtf8());
        QCOMPARE(VllmTrial::findProgram({}), program_);
        qputenv("PATH", path);
    }

    void startsAsksAndStops() {
        VllmTrial trial;
        QSignalSpy answers(&trial, &VllmTrial::answered), kernels(&trial, &VllmTrial::kernelFound),
            ends(&trial, &VllmTrial::stopped), failures(&trial, &VllmTrial::failed);
        trial.start({program_,
                     QStringLiteral("/models/m-W8A8"),
                     {QStringLiteral("--dtype half")},
                     {QStringLiteral("OCTAVO_TRIAL_MARK=!")},
                     QStringLiteral("The capital is")});
        QVERIFY(trial.isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(ends.count(), 1, 30000);
        QCOMPARE(failures.count(), 0);
        QCOMPARE(answers.count(), 1);
        QCOMPARE(answers[0][0].toString(), QStringLiteral("The capital is Paris of /models/m-W8A8!"));
        QCOMPARE(kernels.count(), 1);
        QVERIFY(trial.kernels().first().contains(QStringLiteral("CutlassInt8")));
        QVERIFY(!trial.isRunning());
    }

    void aServerThatDiesSaysSo() {
        VllmTrial trial;
        QSignalSpy ends(&trial, &VllmTrial::stopped), failures(&trial, &VllmTrial::failed);
        trial.start({program_, QStringLiteral("broken"), {}, {}, {}});
        QTRY_COMPARE_WITH_TIMEOUT(ends.count(), 1, 30000);
        QCOMPARE(failures.count(), 1);
        QVERIFY(failures[0][0].toString().contains(QLatin1Char('3')));
        QVERIFY(trial.log().contains(QStringLiteral("no such model")));
    }

    void aProgramThatCannotStartSaysSo() {
        VllmTrial trial;
        QSignalSpy failures(&trial, &VllmTrial::failed);
        trial.start({QStringLiteral("/nonexistent/vllm"), QStringLiteral("x"), {}, {}, {}});
        QTRY_COMPARE_WITH_TIMEOUT(failures.count(), 1, 10000);
        QVERIFY(!trial.isRunning());
    }

    void stopEndsItWhileItLoads() {
        VllmTrial trial;
        QSignalSpy ends(&trial, &VllmTrial::stopped), failures(&trial, &VllmTrial::failed),
            answers(&trial, &VllmTrial::answered);
        trial.start({program_, QStringLiteral("x"), {}, {}, {}});
        QTRY_VERIFY(trial.isRunning());
        trial.stop();
        QTRY_COMPARE_WITH_TIMEOUT(ends.count(), 1, 30000);
        QCOMPARE(failures.count(), 0);
        QCOMPARE(answers.count(), 0);
    }

private:
    QTemporaryDir folder_;
    QString program_;
};

QTEST_MAIN(TestVllmTrial)
#include "test_vllm_trial.moc"
