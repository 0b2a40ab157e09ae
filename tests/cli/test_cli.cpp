// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <csignal>
#include <sys/stat.h>

#include "program.h"
#include "tiny_model.h"

using octavo::Json;
namespace fs = std::filesystem;

// Drives the built program as a script would: what it prints where, and its exit codes.
class TestCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString model_;

    QString path(const QString& name) const { return folder_.filePath(name); }

    Result run(const QStringList& arguments, int milliseconds = 60000) const {
        return run_program(arguments, path("data"), milliseconds);
    }

    void write(const QString& name, const QByteArray& contents) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
    }

private Q_SLOTS:
    void initTestCase() {
        if (!QFileInfo(qEnvironmentVariable("OCTAVO_CLI")).isExecutable())
            QSKIP("OCTAVO_CLI does not name the program");
        model_ = path("tiny model"); // with a space, as people's folders have
        write_tiny_model(model_.toStdString());
    }

    void every_subcommand_has_help_data() {
        QTest::addColumn<QString>("subcommand");
        for (const char* each : {"hardware", "inspect", "estimate", "quantize", "evaluate", "sensitivity", "allocate",
                                 "verify", "tokenize", "sample"})
            QTest::newRow(each) << each;
    }
    void every_subcommand_has_help() {
        QFETCH(QString, subcommand);
        const Result result = run({subcommand, "--help"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.contains("--json"));
        QVERIFY(result.err.isEmpty());
        const QByteArray all = run({"--help"}).out;
        QVERIFY(all.contains(subcommand.toUtf8()));
    }

    void version() {
        const Result result = run({"--version"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.startsWith("octavo-cli "));
    }

    void wrong_usage_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown subcommand") << QStringList{"quantise"};
        QTest::newRow("unknown option") << QStringList{"hardware", "--fast"};
        QTest::newRow("no output") << QStringList{"quantize", "model"};
        QTest::newRow("scheme and recipe")
            << QStringList{"quantize", "model", "--output", "x", "--scheme", "W8A8", "--recipe", "r.json"};
        QTest::newRow("both calibrations")
            << QStringList{"quantize", "model", "--output", "x", "--calibration", "a", "--calibration-ids", "b"};
        QTest::newRow("strength") << QStringList{"quantize", "model", "--output", "x", "--smoothing", "1.5"};
        QTest::newRow("strength text") << QStringList{"quantize", "model", "--output", "x", "--smoothing", "0.5x"};
        QTest::newRow("device") << QStringList{"quantize", "model", "--output", "x", "--device", "gpu"};
        QTest::newRow("device number") << QStringList{"evaluate", "model", "--device", "cuda:x"};
        QTest::newRow("samples") << QStringList{"quantize", "model", "--output", "x", "--samples", "0"};
        QTest::newRow("negative samples") << QStringList{"quantize", "model", "--output", "x", "--samples", "-5"};
        QTest::newRow("events and JSON on stdout")
            << QStringList{"quantize", "model", "--output", "x", "--events", "-"};
        QTest::newRow("no scheme") << QStringList{"estimate", "model"};
        QTest::newRow("target") << QStringList{"verify", ".", "--target", "L5"};
        QTest::newRow("bos") << QStringList{"evaluate", "model", "--bos", "maybe"};
        QTest::newRow("tokenize nothing") << QStringList{"tokenize", "model"};
        QTest::newRow("tokenize both") << QStringList{"tokenize", "model", "--text", "a", "--messages", "b"};
    }
    void wrong_usage() {
        QFETCH(QStringList, arguments);
        const Result result = run(arguments + QStringList{"--json"});
        QCOMPARE(result.code, 2);
        QVERIFY(result.err.startsWith("error: "));
        const Json json = result.json();
        QVERIFY2(json.is_object(), result.out);
        QCOMPARE(json["error"]["code"].get<std::string>(), std::string("usage"));
        QVERIFY(!json["error"]["advice"].get<std::string>().empty());
    }

    void without_json_errors_leave_stdout_empty() {
        const Result result = run({"inspect", path("absent")});
        QCOMPARE(result.code, 3);
        QVERIFY(result.out.isEmpty());
        QVERIFY(result.err.contains("absent"));
        QVERIFY(result.err.contains("advice: "));
    }

    void unusable_input_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("code");
        QTest::newRow("inspect") << QStringList{"inspect", "ABSENT"} << "unusable_model";
        QTest::newRow("estimate") << QStringList{"estimate", "ABSENT", "--scheme", "W8A8"} << "unusable_model";
        QTest::newRow("scheme") << QStringList{"estimate", "MODEL", "--scheme", "W9A9"} << "unusable_recipe";
        QTest::newRow("ignore") << QStringList{"estimate", "MODEL",    "--scheme",
                                               "W8A8",     "--ignore", "model.layers.9.mlp.up_proj"}
                                << "unusable_recipe";
        QTest::newRow("recipe") << QStringList{"estimate", "MODEL", "--recipe", "ABSENT"} << "unusable_recipe";
        QTest::newRow("verify") << QStringList{"verify", "ABSENT"} << "unusable_model";
        QTest::newRow("tokenizer") << QStringList{"tokenize", "MODEL", "--text", "TEXT"} << "unusable_model";
        QTest::newRow("messages") << QStringList{"tokenize", "MODEL", "--messages", "TEXT"} << "unusable_data";
        QTest::newRow("quantize") << QStringList{"quantize", "ABSENT", "--output", "OUT", "--scheme", "FP8_DYNAMIC"}
                                  << "unusable_model";
        QTest::newRow("inside") << QStringList{"quantize", "MODEL", "--output", "MODEL/out", "--scheme", "FP8_DYNAMIC"}
                                << "unusable_target";
        QTest::newRow("gguf") << QStringList{"sample", "OUT", "--gguf", "TEXT"} << "unusable_model";
    }
    void unusable_input() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, code);
        write("text.txt", "not JSON");
        for (QString& each : arguments)
            each.replace("ABSENT", path("absent"))
                .replace("MODEL", model_)
                .replace("OUT", path("never"))
                .replace("TEXT", path("text.txt"));
        const Result result = run(arguments + QStringList{"--json"});
        QCOMPARE(result.code, 3);
        const Json json = result.json();
        QVERIFY2(json.is_object(), result.out);
        QCOMPARE(QString::fromStdString(json["error"]["code"]), code);
        QVERIFY(!QFileInfo::exists(path("never")));
        QVERIFY(!QFileInfo::exists(model_ + "/out"));
    }

    void hardware() {
        const Result result = run({"hardware", "--json"});
        QCOMPARE(result.code, 0);
        const Json json = result.json();
        QVERIFY(json["cpu"]["cores"].get<int>() >= 1);
        QCOMPARE(json["serving"]["targets"].size(), json["devices"].size() + 1);
        QCOMPARE(QString::fromStdString(json["serving"]["targets"].back()["schemes"]["W8A8"]["support"]),
                 QString("native"));
        QVERIFY(run({"hardware"}).out.contains("W8A8"));
    }

    void inspect() {
        const Json json = run({"inspect", model_, "--json"}).json();
        QCOMPARE(json["supported"].get<bool>(), true);
        QCOMPARE(json["layers"].get<int>(), 2);
        QCOMPARE(json["linear_layers"].get<int>(), 15);
        // Two layers of 2·64² + 2·32·64 + 3·128·64 and two norms, embedding and head of 96·64, one norm.
        QCOMPARE(json["parameters"].get<std::int64_t>(),
                 std::int64_t(2 * (2 * 4096 + 2 * 2048 + 3 * 8192 + 128) + 2 * 6144 + 64));
        QCOMPARE(json["weight_bytes"].get<std::int64_t>(), 2 * json["parameters"].get<std::int64_t>());
        QVERIFY(json["quantization"].is_null());
        QVERIFY(json["tokenizer"].contains("problem"));
    }

    void inspect_describes_what_it_does_not_know() {
        write_tiny_model(path("strange").toStdString(), "UnheardOfForCausalLM");
        const Result result = run({"inspect", path("strange"), "--json"});
        QCOMPARE(result.code, 0);
        QCOMPARE(result.json()["supported"].get<bool>(), false);
        QVERIFY(!result.json()["reason"].get<std::string>().empty());
    }

    void estimate() {
        const Json json =
            run({"estimate", model_, "--scheme", "w8a8", "--target", "L4", "--context", "128", "--json"}).json();
        QCOMPARE(json["scheme"].get<std::string>(), std::string("W8A8"));
        QCOMPARE(json["target"]["support"].get<std::string>(), std::string("native"));
        // Codes of one byte for the 14 matrices and a 16-bit scale for each of their 2·(64+32+32+64+128+128+64) rows.
        const std::int64_t matrices = 2 * (2 * 4096 + 2 * 2048 + 3 * 8192), rows = 2 * 512;
        QCOMPARE(json["weight_bytes"]["before"].get<std::int64_t>() - json["weight_bytes"]["after"].get<std::int64_t>(),
                 matrices - 2 * rows);
        QVERIFY(run({"estimate", model_, "--scheme", "W8A8", "--target", "L4"}).out.contains("NVIDIA L4"));
    }

    void fp8_from_quantize_to_verify() {
        const QString output = path("fp8 out"), events = path("events.jsonl");
        const QStringList call{"quantize",    model_,     "--output", output,  "--scheme",
                               "FP8_DYNAMIC", "--events", events,     "--json"};
        const Result made = run(call + QStringList{"--run-directory", path("run")});
        QVERIFY2(made.code == 0, made.err);
        const Json json = made.json();
        QCOMPARE(QString::fromStdString(json["output"]), output);
        QCOMPARE(QString::fromStdString(json["run_directory"]), path("run"));
        QVERIFY(QFileInfo::exists(path("run/run.json")));
        QVERIFY(json["seconds"].get<double>() > 0);
        QVERIFY(!json["phases"].empty());
        QVERIFY(json["peak_resident_bytes"].get<std::int64_t>() > 0);
        QCOMPARE(json["layers"].size(), std::size_t(14));
        // As estimated, and as the files say: codes of one byte, 16-bit scales.
        QCOMPARE(json["weight_bytes"]["before"].get<std::int64_t>() - json["weight_bytes"]["after"].get<std::int64_t>(),
                 std::int64_t(2 * (2 * 4096 + 2 * 2048 + 3 * 8192) - 2 * 2 * 512));

        QFile file(events);
        QVERIFY(file.open(QIODevice::ReadOnly));
        int lines = 0;
        for (; !file.atEnd(); ++lines)
            QVERIFY(Json::parse(file.readLine().toStdString(), nullptr, false).contains("type"));
        QVERIFY(lines > 2);

        QCOMPARE(run(call).code, 3); // exists
        QCOMPARE(run(call + QStringList{"--overwrite"}).code, 0);
        const Json inspected = run({"inspect", output, "--json"}).json();
        QCOMPARE(QString::fromStdString(inspected["quantization"]["method"]), QString("compressed-tensors"));
        QCOMPARE(inspected["weight_bytes"].get<std::int64_t>(), json["weight_bytes"]["after"].get<std::int64_t>());
        QCOMPARE(run({"estimate", output, "--scheme", "W8A8"}).code, 3); // quantized already

        const Result good = run({"verify", output, "--target", "L4", "--json"});
        QCOMPARE(good.code, 0);
        QCOMPARE(good.json()["ok"].get<bool>(), true);
        QVERIFY(good.json()["checks"].size() > 5);
        QVERIFY(run({"verify", output}).out.contains("pass"));
    }

    void relative_paths_work() {
        const QString before = QDir::currentPath(), model = QFileInfo(model_).fileName();
        QVERIFY(QDir::setCurrent(QFileInfo(model_).absolutePath()));
        const Result made = run({"quantize", model, "--output", "made here", "--scheme", "FP8_DYNAMIC"});
        const Result verified = run({"verify", "made here"});
        const bool complete =
            QFileInfo::exists("made here/tokenizer.json") == QFileInfo::exists(model + "/tokenizer.json");
        QVERIFY(QDir::setCurrent(before));
        QVERIFY2(made.code == 0, made.err);
        QCOMPARE(verified.code, 0);
        QVERIFY(complete);
    }

    void verify_fails_with_code_4() {
        const QString output = path("broken");
        QCOMPARE(run({"quantize", model_, "--output", output, "--scheme", "FP8_DYNAMIC"}).code, 0);
        QFile config(output + "/config.json");
        QVERIFY(config.open(QIODevice::ReadWrite));
        QByteArray text = config.readAll();
        QVERIFY(text.contains("\"float-quantized\""));
        text.replace("\"float-quantized\"", "\"drift-quantized\"");
        config.resize(0);
        config.seek(0);
        config.write(text);
        config.close();
        const Result result = run({"verify", output, "--json"});
        QCOMPARE(result.code, 4);
        QCOMPARE(result.json()["ok"].get<bool>(), false);
        QVERIFY(run({"verify", output}).out.contains("FAIL"));
    }

    void summary_for_people() {
        const QString output = path("fp8 for people");
        const Result result = run({"quantize", model_, "--output", output, "--scheme", "FP8_DYNAMIC"});
        QVERIFY2(result.code == 0, result.err);
        for (const char* each :
             {"Weights", "Layers that lost most", "octavo-cli verify", "octavo-cli evaluate", "vllm serve"})
            QVERIFY2(result.out.contains(each), each);
        QVERIFY(result.err.contains("verify: ")); // progress is on the other stream
    }

    void a_signal_ends_a_reading_command_at_once() {
        const QByteArray pipe = path("pipe").toLocal8Bit();
        QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
        for (const int signal : {SIGINT, SIGTERM}) {
            QProcess process;
            process.start(qEnvironmentVariable("OCTAVO_CLI"),
                          {"tokenize", model_, "--text", QString::fromLocal8Bit(pipe)});
            QVERIFY(process.waitForStarted());
            // Nobody writes into the pipe, so the program waits in open(); give it until it has taken over the signals.
            QTRY_VERIFY(blocks_signals(process.processId()));
            ::kill(static_cast<pid_t>(process.processId()), signal);
            QVERIFY(process.waitForFinished(10000));
            QCOMPARE(process.exitStatus(), QProcess::NormalExit);
            QCOMPARE(process.exitCode(), 130);
        }
    }

    /// SIGINT in mid-run, then --resume, alone with the run folder and with the options of the first call.
    void an_interrupted_job_is_resumed() {
        QByteArray rows = "[";
        for (int row = 0; row < 2000; ++row) {
            QByteArrayList ids;
            for (int i = 0; i < 64; ++i) ids << QByteArray::number((row * 31 + i * 7) % 90);
            rows += (row ? ",[" : "[") + ids.join(',') + "]";
        }
        write("many.json", rows + "]");
        const auto arguments = [&](const QString& output) {
            return QStringList{"quantize",        model_,      "--output", path(output), "--calibration-ids",
                               path("many.json"), "--threads", "1"};
        };
        QCOMPARE(run(arguments("whole")).code, 0);
        const auto weights = [&](const QString& folder) {
            QFile file(path(folder + "/model.safetensors"));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        for (const bool by_folder : {true, false}) {
            const QString output = by_folder ? "by-folder" : "by-options", journal = path("runs-" + output);
            QStringList first = arguments(output);
            if (by_folder) first << "--run-directory" << journal;
            QProcess process;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert("OCTAVO_DATA", path("data"));
            process.setProcessEnvironment(environment);
            process.start(qEnvironmentVariable("OCTAVO_CLI"), first);
            const auto first_layer = [&] {
                if (by_folder) return QFileInfo::exists(journal + "/journal/layer-00000.safetensors");
                const QDir runs(path("data/runs"));
                for (const QString& each : runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
                    if (QFileInfo::exists(runs.filePath(each + "/journal/layer-00000.safetensors"))) return true;
                return false;
            };
            QTRY_VERIFY_WITH_TIMEOUT(first_layer() || process.state() == QProcess::NotRunning, 60000);
            QCOMPARE(process.state(), QProcess::Running);
            ::kill(static_cast<pid_t>(process.processId()), SIGINT);
            QVERIFY(process.waitForFinished(20000));
            QCOMPARE(process.exitCode(), 130);
            QVERIFY(!QFileInfo::exists(path(output)));
            const QByteArray said = process.readAllStandardError();
            QVERIFY2(said.contains("layers are kept: octavo-cli quantize --resume --run-directory"), said);
            const Result resumed = run(by_folder ? QStringList{"quantize", "--resume", "--run-directory", journal}
                                                 : arguments(output) << "--resume");
            QVERIFY2(resumed.code == 0, resumed.err);
            QVERIFY2(resumed.err.contains("Resuming after"), resumed.err);
            QCOMPARE(weights(output), weights("whole"));
        }
        const Result nothing = run(arguments("another") << "--resume");
        QCOMPARE(nothing.code, 3);
        QVERIFY(nothing.err.contains("There is no interrupted run"));
        QCOMPARE(run({"quantize", "--output", path("no-model")}).code, 2);
    }

private:
    // SigBlk of /proc/PID/status: bit n−1 = signal n.
    static bool blocks_signals(qint64 process) {
        QFile status(QString("/proc/%1/status").arg(process));
        if (!status.open(QIODevice::ReadOnly)) return false;
        for (const QByteArray& line : status.readAll().split('\n'))
            if (line.startsWith("SigBlk:"))
                return (line.mid(7).trimmed().toULongLong(nullptr, 16) & (1ull << (SIGINT - 1))) != 0;
        return false;
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "test_cli.moc"
