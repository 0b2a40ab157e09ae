// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "program.h"

// octavo-cli generate, as a script and a person see it; what the answers are is for tests/engine/test_answers.cpp.
class TestSideBySide : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    QString path(const QString& name) const { return folder_.filePath(name); }

    Result run(const QStringList& arguments) const {
        return run_program(QStringList{"generate"} + arguments + QStringList{"--device", "cpu", "--threads", "2"},
                           path("data"));
    }

private Q_SLOTS:
    void initTestCase() {
        if (!QFileInfo(qEnvironmentVariable("OCTAVO_CLI")).isExecutable())
            QSKIP("OCTAVO_CLI does not name the program");
        tiny::write(path("model").toStdString());
        tiny::Options other;
        other.seed = 2;
        tiny::write(path("other").toStdString(), other);
        tiny::write_text(path("prompts.txt").toStdString(), "One?\nTwo?\n");
    }

    void aScriptReadsWhereTheyPart() {
        const Result result = run({path("model"), path("other"), "--prompt", "Zero?", "--prompts", path("prompts.txt"),
                                   "--tokens", "6", "--json"});
        QVERIFY2(result.code == 0, result.err);
        const tiny::Json answers = result.json().at("answers");
        QCOMPARE(answers.size(), 3u);
        QCOMPARE(answers[0].at("prompt").get<std::string>(), std::string("Zero?"));
        QCOMPARE(answers[2].at("prompt").get<std::string>(), std::string("Two?"));
        for (const tiny::Json& one : answers) {
            QVERIFY(!one.at("same").get<bool>()); // two random models
            const tiny::Json &original = one.at("original").at("divergent_token"),
                             &candidate = one.at("candidate").at("divergent_token");
            QVERIFY(original.at("id") != candidate.at("id"));
            // Each writes what it finds the likeliest.
            QVERIFY(original.at("probability_original") > candidate.at("probability_original"));
            QVERIFY(candidate.at("probability_candidate") > original.at("probability_candidate"));
            QVERIFY(one.at("same_tokens").get<int>() < 6);
            QVERIFY(one.at("original").at("tokens").get<int>() <= 6);
        }
        QVERIFY(result.err.contains("generate"));
    }

    void theSameFolderGivesTheSame() {
        for (const char* temperature : {"0", "1.5"}) {
            const Result result = run({path("model"), path("model"), "--prompt", "x", "--tokens", "8", "--temperature",
                                       temperature, "--json"});
            QVERIFY2(result.code == 0, result.err);
            const tiny::Json one = result.json().at("answers")[0];
            QVERIFY(one.at("same").get<bool>());
            QCOMPARE(one.at("original").at("text"), one.at("candidate").at("text"));
            QVERIFY(!one.at("original").contains("divergent_token"));
        }
    }

    void peopleSeeTwoColumns() {
        const Result result = run({path("model"), path("other"), "--prompt", "Zero?", "--tokens", "6"});
        QVERIFY2(result.code == 0, result.err);
        const QString text = QString::fromUtf8(result.out);
        QVERIFY(text.startsWith(QStringLiteral("> Zero?\noriginal, ")));
        QVERIFY2(text.count(QStringLiteral("⟦")) == 2 && text.count(QStringLiteral("⟧")) == 2, result.out);
        QVERIFY(text.contains(QStringLiteral("The answers part at token ")));
        for (const QChar c : text) QVERIFY(c == QLatin1Char('\n') || c.category() != QChar::Other_Control);
        for (const QString& line : text.split(QLatin1Char('\n')))
            if (line.contains(QStringLiteral("│"))) QCOMPARE(line.indexOf(QStringLiteral("│")), 49);
    }

    void refusals() {
        QCOMPARE(run({path("model"), path("other")}).code, 2);
        QCOMPARE(run({path("model"), path("missing"), "--prompt", "x"}).code, 3);
        QCOMPARE(run({path("model"), path("other"), "--prompts", path("missing.txt")}).code, 3);
        const Result result = run({path("model"), path("other"), "--prompt", "x", "--tokens", "1000", "--json"});
        QCOMPARE(result.code, 3);
        QVERIFY(result.err.contains("context"));
    }
};

QTEST_GUILESS_MAIN(TestSideBySide)
#include "test_side_by_side.moc"
