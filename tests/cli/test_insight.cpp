// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "program.h"

// From measuring to a mixed export, as a script would do it.
class TestInsight : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    QString path(const QString& name) const { return folder_.filePath(name); }

    Result run(const QStringList& arguments) const { return run_program(arguments, path("data")); }

    QStringList measure(const QString& output) const {
        return {"sensitivity", path("model"), "--text", path("text.txt"), "--windows", "3",     "--sequence-length",
                "32",          "--device",    "cpu",    "--output",       output,      "--json"};
    }

private Q_SLOTS:
    void initTestCase() {
        if (!QFileInfo(qEnvironmentVariable("OCTAVO_CLI")).isExecutable())
            QSKIP("OCTAVO_CLI does not name the program");
        tiny::write(path("model").toStdString());
        std::string text;
        for (int i = 0; i < 40; ++i) text += "Sentence number " + std::to_string(i * i) + ".\n";
        tiny::write_text(path("text.txt").toStdString(), text);
        const Result result = run(measure(path("table.json")));
        QCOMPARE(result.code, 0);
        const tiny::Json table = result.json();
        QVERIFY(table.at("complete").get<bool>());
        QCOMPARE(table.at("rows").size(), std::size_t(2 * 4 * 2)); // layers, groups, schemes
        for (const tiny::Json& row : table.at("rows")) {
            QVERIFY(row.at("kl_divergence").at("mean").get<double>() >= 0);
            QVERIFY(row.at("weight_sqnr_db").get<double>() > 20);
        }
        QVERIFY(QFileInfo::exists(path("table.json")));
    }

    void people_see_a_table() {
        QStringList arguments = measure(path("table.json"));
        arguments.removeLast();
        const Result result = run(arguments);
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.contains("model.layers.1.self_attn.qkv"));
        QVERIFY(result.out.contains("95 % interval"));
    }

    void the_weights_alone_need_no_text() {
        const Result result = run({"sensitivity", path("model"), "--weights-only", "--schemes", "fp8_dynamic",
                                   "--output", path("weights.json"), "--json"});
        QCOMPARE(result.code, 0);
        QCOMPARE(result.json().at("rows").size(), std::size_t(8));
        QVERIFY(!result.json().at("rows")[0].contains("kl_divergence"));
    }

    void gradients_alone_make_a_table() {
        const Result result = run(measure(path("forecast.json")) + QStringList{"--tier", "gradient"});
        QVERIFY2(result.code == 0, result.err);
        for (const tiny::Json& row : result.json().at("rows")) {
            QVERIFY(!row.contains("kl_divergence"));
            const tiny::Json& gradient = row.at("gradient");
            QVERIFY(gradient.at("mean").get<double>() > 0);
            QVERIFY(gradient.at("low").get<double>() <= gradient.at("high").get<double>());
            QCOMPARE(gradient.at("windows").size(), std::size_t(3));
        }
        const Result chosen = run({"allocate", path("forecast.json"), "--bits", "10.5", "--json"});
        QVERIFY2(chosen.code == 0, chosen.err);
        QCOMPARE(chosen.json().at("tier").get<int>(), 2);
        // Both in one go, into the same file.
        QStringList both = measure(path("forecast.json")) + QStringList{"--tier", "gradient,kl"};
        both.removeAll("--json");
        const Result text = run(both);
        QVERIFY2(text.code == 0, text.err);
        QVERIFY(text.out.contains("KL forecast") && text.out.contains("KL divergence"));
        QCOMPARE(run({"allocate", path("forecast.json"), "--bits", "10.5", "--json"}).json().at("tier").get<int>(), 3);
    }

    void a_budget_becomes_an_export() {
        const Result chosen =
            run({"allocate", path("table.json"), "--bits", "10.5", "--pin", "model.layers.0.self_attn.qkv=16", "--pin",
                 "model.layers.1.mlp.down_proj=FP8_DYNAMIC", "--exact", "--output", path("mixed.json"), "--json"});
        QVERIFY2(chosen.code == 0, chosen.err);
        const tiny::Json answer = chosen.json();
        QVERIFY(answer.at("bits_per_weight").get<double>() <= 10.5);
        QVERIFY(answer.at("exact").get<bool>());
        std::map<std::string, std::string> schemes;
        for (const tiny::Json& group : answer.at("groups"))
            schemes[group.at("group").get<std::string>()] =
                group.at("scheme").is_null() ? "" : group.at("scheme").get<std::string>();
        QCOMPARE(schemes.at("model.layers.0.self_attn.qkv"), std::string());
        QCOMPARE(schemes.at("model.layers.1.mlp.down_proj"), std::string("FP8_DYNAMIC"));

        const Result made =
            run({"quantize", path("model"), "--recipe", path("mixed.json"), "--output", path("mixed"),
                 "--run-directory", path("run"), "--smoothing", "off", "--solver", "rtn", "--device", "cpu", "--json"});
        QVERIFY2(made.code == 0, made.err);
        const Result verified = run({"verify", path("mixed"), "--json"});
        QVERIFY2(verified.code == 0, verified.out);
        // Every group has the tensors that its scheme asks for, nothing else.
        std::map<std::string, std::string> dtypes;
        for (const auto& [name, tensor] : tiny::read_safetensors(path("mixed/model.safetensors").toStdString()))
            dtypes[name] = tensor.dtype;
        const auto dtype_for = [](const std::string& scheme) {
            return scheme.empty() ? "BF16" : scheme == "W8A8" ? "I8" : "F8_E4M3";
        };
        QCOMPARE(dtypes.at("model.layers.0.self_attn.k_proj.weight"), std::string("BF16"));
        QCOMPARE(dtypes.at("model.layers.1.mlp.down_proj.weight"), std::string("F8_E4M3"));
        for (const char* role : {"gate", "up"})
            QCOMPARE(dtypes.at(std::string("model.layers.0.mlp.") + role + "_proj.weight"),
                     std::string(dtype_for(schemes.at("model.layers.0.mlp.gate_up"))));
        // What was predicted for the disk is what is there.
        std::uint64_t bytes = 0;
        for (const auto& [name, tensor] : tiny::read_safetensors(path("mixed/model.safetensors").toStdString()))
            bytes += tensor.bytes.size();
        QCOMPARE(bytes, answer.at("bytes").get<std::uint64_t>());
    }

    void refusals_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const QString table = path("table.json");
        QTest::newRow("no budget") << QStringList{"allocate", table} << 2 << "";
        QTest::newRow("two budgets") << QStringList{"allocate", table, "--bits", "9", "--damage", "1"} << 2 << "";
        QTest::newRow("too few bits") << QStringList{"allocate", table, "--bits", "3"} << 3 << "8.";
        QTest::newRow("all pinned") << QStringList{"allocate", table, "--bits", "9", "--pin", "re:.*=16"} << 3
                                    << "pinned";
        QTest::newRow("pin without scheme") << QStringList{"allocate", table, "--bits", "9", "--pin", "x"} << 2 << "";
        QTest::newRow("no table") << QStringList{"allocate", path("text.txt"), "--bits", "9"} << 3 << "";
        QTest::newRow("preset") << QStringList{"sensitivity", path("model"), "--preset", "slow"} << 2 << "";
        QTest::newRow("tier") << QStringList{"sensitivity", path("model"), "--tier", "hessian"} << 2 << "";
        QTest::newRow("two tiers") << QStringList{"sensitivity", path("model"), "--tier", "kl", "--weights-only"} << 2
                                   << "";
        QTest::newRow("scheme") << QStringList{"sensitivity", path("model"), "--schemes", "W9"} << 3 << "W9";
        QTest::newRow("other protocol") << QStringList{"sensitivity",
                                                       path("model"),
                                                       "--text",
                                                       path("text.txt"),
                                                       "--windows",
                                                       "2",
                                                       "--sequence-length",
                                                       "32",
                                                       "--device",
                                                       "cpu",
                                                       "--output",
                                                       table}
                                        << 3 << "another";
    }
    void refusals() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, says);
        const Result result = run(arguments + QStringList{"--json"});
        QVERIFY2(result.code == code, result.err);
        QVERIFY2(QString::fromUtf8(result.err).contains(says), result.err);
    }
};

QTEST_GUILESS_MAIN(TestInsight)
#include "test_insight.moc"
