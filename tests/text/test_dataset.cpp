// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_fixture.h"

using namespace octavo;

namespace {

std::string flat(const std::vector<Sample>& samples) {
    std::string result;
    for (const auto& sample : samples) {
        result += sample.messages.empty() ? "text:" + sample.text : std::string();
        for (const auto& message : sample.messages) result += message.role + ":" + message.content + ";";
        result += "|";
    }
    return result;
}

} // namespace

class TestDataset : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void formats_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* what, const char* name, const char* contents, const char* expected) {
            QTest::newRow(what) << QString(name) << QByteArray(contents) << QString::fromUtf8(expected);
        };
        const char* chat = "{\"messages\": [{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", "
                           "\"content\": \"a\\nb\"}]}";
        row("messages", "d.jsonl", chat, "system:s;user:a\nb;|");
        row("windows line ends, blank lines, byte order mark", "d.jsonl",
            "\xef\xbb\xbf{\"text\": \"a\"}\r\n\r\n{\"text\": \"b\"}\r\n", "text:a|text:b|");
        row("list", "d.json", "[{\"text\": \"]}\\\"\"},\n {\"text\": \"b\"} ]\n", "text:]}\"|text:b|");
        row("list in .jsonl", "d.jsonl", "[{\"text\": \"a\"}]", "text:a|");
        row("lines in .json", "d.json", "{\"text\": \"a\"}\n{\"text\": \"b\"}", "text:a|text:b|");
        row("wrapped list", "d.json", "{\"version\": 1, \"data\": [{\"text\": \"a\"}, {\"text\": \"b\"}]}",
            "text:a|text:b|");
        row("one object over several lines", "d.json", "{\n\"text\":\n\"a\"}", "text:a|");
        row("ShareGPT", "d.json",
            "[{\"system\": \"s\", \"conversations\": [{\"from\": \"human\", \"value\": \"a\"}, {\"from\": \"gpt\", "
            "\"value\": \"b\"}]}]",
            "system:s;user:a;assistant:b;|");
        row("conversations with roles", "d.jsonl", "{\"conversations\": [{\"role\": \"user\", \"content\": \"a\"}]}",
            "user:a;|");
        row("response", "d.jsonl", "{\"prompt\": \"p\", \"response\": \"r\"}", "user:p;assistant:r;|");
        row("completion", "d.jsonl", "{\"prompt\": [{\"role\": \"user\", \"content\": \"p\"}], \"completion\": \"r\"}",
            "user:p;assistant:r;|");
        row("parts", "d.jsonl",
            "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"a\"}, {\"type\": "
            "\"text\", \"text\": \"b\"}]}]}",
            "user:ab;|");
        row("call of a tool", "d.jsonl",
            "{\"messages\": [{\"role\": \"assistant\", \"content\": null, \"tool_calls\": []}, {\"role\": \"tool\", "
            "\"content\": \"1\"}]}",
            "assistant:;tool:1;|");
        row("plain text", "d.txt", "a\n{b}\n", "text:a\n{b}\n|");
        row("empty texts are skipped", "d.jsonl", "{\"text\": \"\"}\n{\"text\": \" \"}\n{\"text\": \"a\"}", "text:a|");
        row("Unicode", "d.jsonl", "{\"text\": \"\xc3\xbc\\u20ac\\ud83d\\ude42\"}",
            "text:\xc3\xbc\xe2\x82\xac\xf0\x9f\x99\x82|");
    }
    void formats() {
        QFETCH(QString, name);
        QFETCH(QByteArray, contents);
        QFETCH(QString, expected);
        TemporaryFolder folder;
        const auto file = folder.write(name.toStdString(), contents.toStdString());
        QCOMPARE(QString::fromStdString(flat(read_dataset(file))), expected);
    }

    void refused_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<QString>("says");
        QTest::addColumn<int>("line");
        const auto row = [](const char* what, const char* name, const QByteArray& contents, const char* says,
                            int line) { QTest::newRow(what) << QString(name) << contents << QString(says) << line; };
        row("empty", "d.jsonl", "", "empty", 0);
        row("blank", "d.txt", " \n\t\n", "empty", 0);
        row("only blank texts", "d.jsonl", "{\"text\": \"\"}", "empty", 0);
        row("empty list", "d.json", "[]", "empty", 0);
        row("binary", "d.txt", QByteArray("ab\nc\0d", 6), "binary", 2);
        row("Latin-1", "d.jsonl", "{\"text\": \"a\"}\n\n{\"text\": \"\xe4\"}\n", "UTF-8", 3);
        row("broken line", "d.jsonl", "{\"text\": \"a\"}\n{\"text\": \n{\"text\": \"b\"}", "not valid JSON", 2);
        row("broken list", "d.json", "[{\"text\": \"a\"},\n{\"text\": \"b\"\n,}]", "not valid JSON", 3);
        row("list that does not end", "d.json", "[{\"text\": \"a\"},\n\n{\"text\": \"b", "not valid JSON", 3);
        row("list cut after an entry", "d.json", "[{\"text\": \"a\"}\n", "not valid JSON", 2);
        row("missing comma", "d.json", "[{\"text\": \"a\"}\n{\"text\": \"b\"}]", "not valid JSON", 2);
        row("trailing comma", "d.json", "[{\"text\": \"a\"},\n]", "not valid JSON", 2);
        row("something after the list", "d.json", "[{\"text\": \"a\"}]\nx", "not valid JSON", 2);
        row("list of numbers", "d.json", "[1, 2]", "other than objects", 1);
        row("no object", "d.jsonl", "{\"text\": \"a\"}\n3\n", "not a JSON object", 2);
        row("unknown role", "d.jsonl",
            "{\"text\": \"a\"}\n{\"messages\": [{\"role\": \"wizard\", \"content\": \"x\"}]}",
            "unknown role \"wizard\"", 2);
        row("unknown speaker", "d.jsonl", "{\"conversations\": [{\"from\": \"narrator\", \"value\": \"x\"}]}",
            "unknown role \"narrator\"", 1);
        row("no role", "d.jsonl", "{\"messages\": [{\"content\": \"x\"}]}", "no \"role\"", 1);
        row("no content", "d.jsonl", "{\"messages\": [{\"role\": \"user\"}]}", "no \"content\"", 1);
        row("image", "d.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image\"}]}]}",
            "part that is not text", 1);
        row("number as content", "d.jsonl", "{\"text\": 3}", "not text", 1);
        row("messages are a string", "d.jsonl", "{\"messages\": \"hi\"}", "not a list", 1);
        row("prompt alone", "d.jsonl", "{\"prompt\": \"hi\"}", "neither", 1);
        row("unknown keys", "d.jsonl", "{\"question\": \"hi\"}", "no conversation and no text", 1);
        row("object without samples", "d.json", "{\"question\": \"hi\"}", "no list of samples", 1);
        row("deep nesting", "d.jsonl", QByteArray("{\"text\": ") + QByteArray(5000, '['), "nested", 1);
    }
    void refused() {
        QFETCH(QString, name);
        QFETCH(QByteArray, contents);
        QFETCH(QString, says);
        QFETCH(int, line);
        TemporaryFolder folder;
        const auto file = folder.write(name.toStdString(), contents.toStdString());
        const auto error = error_of([&] { read_dataset(file); });
        QVERIFY(error);
        QVERIFY2(::says(error, says.toStdString()), error->what());
        QCOMPARE(error->code(), ErrorCode::unusable_data);
        QCOMPARE(error->place().file, file.string());
        QCOMPARE(error->place().line, static_cast<long>(line));
    }

    void missing_file() {
        TemporaryFolder folder;
        QCOMPARE(error_of([&] { read_dataset(folder.path() / "none.jsonl"); })->code(), ErrorCode::unusable_data);
        QCOMPARE(error_of([&] { read_dataset(folder.path()); })->code(), ErrorCode::unusable_data);
    }

    void lines_are_kept() {
        TemporaryFolder folder;
        const auto lines = read_dataset(folder.write("d.jsonl", "\n{\"text\": \"a\"}\n\n{\"text\": \"b\"}"));
        QCOMPARE(lines[0].line, 2L);
        QCOMPARE(lines[1].line, 4L);
        const auto list = read_dataset(folder.write("d.json", "[\n{\"text\":\n\"a\"},\n{\"text\": \"b\"}]"));
        QCOMPARE(list[0].line, 2L);
        QCOMPARE(list[1].line, 4L);
    }
};

QTEST_GUILESS_MAIN(TestDataset)
#include "test_dataset.moc"
