// SPDX-License-Identifier: GPL-3.0-or-later
#include "refusal.h"

using tiny::Json;
namespace fs = std::filesystem;

namespace {

constexpr const char* good_line = "{\"messages\": [{\"role\": \"user\", \"content\": \"How far is the moon?\"}, "
                                  "{\"role\": \"assistant\", \"content\": \"Far.\"}]}\n";

Spoiled dataset(const char* name, const std::string& contents, const QStringList& words,
                const char* file = "data.jsonl") {
    return {name,
            [contents, file](const fs::path& root) { tiny::write_text(root / file, contents); },
            words + QStringList{file},
            {"--calibration", QString("ROOT/") + file}};
}

const std::vector<Spoiled>& datasets() {
    static const std::string two = std::string(good_line) + good_line;
    static const std::vector<Spoiled> cases{
        {"missing", [](const fs::path&) {}, {"data.jsonl"}, {"--calibration", "ROOT/data.jsonl"}},
        {"a folder",
         [](const fs::path& root) { fs::create_directory(root / "data.jsonl"); },
         {"data.jsonl"},
         {"--calibration", "ROOT/data.jsonl"}},
        dataset("empty", "", {"empty"}),
        dataset("empty text", "", {"empty"}, "data.txt"),
        dataset("white space", " \n\t\n", {"empty"}),
        dataset("empty list", "[]", {"empty"}, "data.json"),
        dataset("binary", two + std::string("\0\1\2", 3), {"binary", "line 3"}),
        dataset("binary text", std::string("PK\3\4\0\0", 6), {"binary", "line 1"}, "data.txt"),
        dataset("invalid UTF-8", two + "{\"text\": \"\xff\xfe\"}\n", {"UTF-8", "line 3"}),
        dataset("surrogate in UTF-8", "one\ntwo \xed\xa0\x80\n", {"UTF-8", "line 2"}, "data.txt"),
        dataset("broken JSON lines", two + "{\"messages\": [\n" + good_line, {"JSON", "line 3"}),
        dataset("broken JSON list", "[\n{\"text\": \"one\"},\n{\"text\": two}\n]", {"JSON", "line 3"}, "data.json"),
        dataset("list that does not end", "[\n{\"text\": \"one\"},\n{\"text\": \"two\"}\n", {"JSON"}, "data.json"),
        dataset("nested without end", two + std::string(100000, '['), {"line 3"}),
        dataset("unknown role", two + "{\"messages\": [{\"role\": \"narrator\", \"content\": \"It was dark.\"}]}\n",
                {"narrator", "line 3"}),
        dataset("unknown speaker", "{\"conversations\": [{\"from\": \"narrator\", \"value\": \"It was dark.\"}]}\n",
                {"narrator", "line 1"}),
        dataset("no role", two + "{\"messages\": [{\"content\": \"Who said that?\"}]}\n", {"role", "line 3"}),
        dataset("messages that are no list", "{\"messages\": \"hello\"}\n", {"line 1"}),
        dataset("pictures",
                "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image\", \"url\": \"x\"}]}]}\n",
                {"line 1"}),
        dataset("unknown fields", "{\"question\": \"1 + 1\", \"answer\": \"2\"}\n", {"line 1", "messages"}),
        dataset("a number", "17\n", {"line 1"}),
        dataset("only one token", "x", {"two tokens"}, "data.txt"),
    };
    return cases;
}

Spoiled ids(const char* name, const std::string& contents, const QStringList& words) {
    return {name,
            [contents](const fs::path& root) { tiny::write_text(root / "ids.json", contents); },
            words + QStringList{"ids.json"},
            {"--calibration-ids", "ROOT/ids.json"}};
}

const std::vector<Spoiled>& id_files() {
    static const std::vector<Spoiled> cases{
        ids("no JSON", "[[1, 2],\n[3, 4\n", {"JSON"}),
        ids("no list", "{\"ids\": [1, 2]}", {"list of lists"}),
        ids("empty list", "[]", {"list of lists"}),
        ids("flat list", "[1, 2, 3]", {"Row 0"}),
        ids("empty row", "[[]]", {"Row 0"}),
        ids("uneven rows", "[[1, 2, 3], [4, 5]]", {"Row 1"}),
        ids("beyond the vocabulary", "[[1, 2], [3, 272]]", {"Row 1", "272"}),
        ids("huge", "[[1, 99999999999999999999]]", {"Row 0"}),
        ids("negative", "[[1, -1]]", {"Row 0", "-1"}),
        ids("fractions", "[[1, 2.5]]", {"Row 0"}),
        ids("text", "[[\"one\", \"two\"]]", {"Row 0"}),
    };
    return cases;
}

Spoiled chat_template(const char* name, const std::string& source, const QStringList& words) {
    return {name,
            [source](const fs::path& root) {
                tiny::write_text(root / "model/chat_template.jinja", source);
                tiny::write_text(root / "data.jsonl", good_line);
            },
            words + QStringList{"chat template"},
            {"--calibration", "ROOT/data.jsonl"}};
}

const std::vector<Spoiled>& templates() {
    static const std::vector<Spoiled> cases{
        chat_template("raises", "{{ raise_exception('Only pirates may speak') }}",
                      {"Only pirates may speak", "data.jsonl", "line 1"}),
        chat_template("syntax", "{% for m in messages %}{{ m['content'] }", {"not valid"}),
        chat_template("loops for ever",
                      "{% for i in range(90000) %}{% for j in range(90000) %}{% for k in range(90000) %}{% set x = i * "
                      "j %}{% endfor %}{% endfor %}{% endfor %}",
                      {"stopped"}),
        chat_template("grows for ever",
                      "{% for i in range(90000) %}{% for j in range(90000) %}{{ messages[0]['content'] }}{% endfor "
                      "%}{% endfor %}",
                      {"stopped"}),
        chat_template("recurses", "{% macro again(n) %}{{ again(n + 1) }}{% endmacro %}{{ again(0) }}", {}),
        chat_template("unknown filter", "{{ messages | summon }}", {"summon"}),
        chat_template("includes a file", "{% include '/etc/passwd' %}", {}),
    };
    return cases;
}

Spoiled recipe(const char* name, const std::string& contents, const QStringList& words) {
    return {name,
            [contents](const fs::path& root) { tiny::write_text(root / "recipe.json", contents); },
            words,
            {"--recipe", "ROOT/recipe.json"}};
}

const std::vector<Spoiled>& recipes() {
    static const auto nothing = [](const fs::path&) {};
    static const std::vector<Spoiled> cases{
        {"ignored name that matches nothing",
         nothing,
         {"model.layers.7.mlp.up_proj"},
         {"--scheme", "FP8_DYNAMIC", "--ignore", "model.layers.7.mlp.up_proj"}},
        {"ignored pattern that matches nothing",
         nothing,
         {"re:.*upp_proj"},
         {"--scheme", "W8A8", "--ignore", "re:.*upp_proj"}},
        {"broken pattern", nothing, {"re:(["}, {"--scheme", "W8A8", "--ignore", "re:(["}},
        {"ignored half of a fused set", nothing, {"q_proj"}, {"--scheme", "W8A8", "--ignore", "re:.*q_proj"}},
        {"everything ignored", nothing, {}, {"--scheme", "W8A8", "--ignore", "Linear"}},
        {"unknown scheme", nothing, {"W9A9"}, {"--scheme", "W9A9"}},
        recipe("no JSON", "{\n\"scheme\": W8A8\n}", {"recipe.json", "line 2"}),
        recipe("no scheme", "{\"seed\": 1}", {"recipe.json", "scheme"}),
        recipe("unknown key", "{\"scheme\": \"W8A8\", \"smothing\": {}}", {"recipe.json", "smothing"}),
        recipe("wrong type", "{\"scheme\": \"W8A8\", \"seed\": \"forty-two\"}", {"recipe.json", "seed"}),
        recipe("out of range", "{\"scheme\": \"W8A8\", \"smoothing\": {\"mode\": \"fixed\", \"strength\": 1.5}}",
               {"recipe.json", "strength"}),
        recipe("newer schema", "{\"schema\": 99, \"scheme\": \"W8A8\"}", {"recipe.json", "99"}),
        recipe("override that matches nothing",
               "{\"scheme\": \"W8A8\", \"overrides\": [{\"targets\": [\"model.layers.5.mlp.down_proj\"], \"scheme\": "
               "null}]}",
               {"model.layers.5.mlp.down_proj"}),
    };
    return cases;
}

const std::vector<Spoiled>& tokenizers() {
    static const std::vector<Spoiled> cases{
        {"no tokenizer", [](const fs::path& root) { fs::remove(root / "model/tokenizer.json"); }, {"tokenizer.json"}},
        {"no JSON",
         [](const fs::path& root) { tiny::write_text(root / "model/tokenizer.json", "{\"version\": "); },
         {"tokenizer.json"}},
        {"no tokenizer's JSON",
         [](const fs::path& root) { tiny::write_text(root / "model/tokenizer.json", "{\"version\": \"1.0\"}"); },
         {"tokenizer.json"}},
        {"broken configuration",
         [](const fs::path& root) { tiny::write_text(root / "model/tokenizer_config.json", "{\n\"bos_token\"\n}"); },
         {"tokenizer_config.json"}},
        {"ids beyond the embedding",
         [](const fs::path& root) {
             tiny::Options options;
             options.vocabulary = 100;
             tiny::write_text(root / "model/config.json", tiny::config(options).dump());
             tiny::write_safetensors(root / "model/model.safetensors", tiny::tensors(options));
         },
         {"vocabulary"}},
    };
    return cases;
}

} // namespace

// Data, templates and recipes that cannot be used: exit code 3, a message that names file and line, and nothing
// written.
class TestBadData : public QObject {
    Q_OBJECT

private:
    static void add_rows(const std::vector<Spoiled>& cases) {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases.size(); ++i) QTest::newRow(cases[i].name) << int(i);
    }

    static void check_refused(const std::vector<Spoiled>& cases) {
        QFETCH(int, index);
        const Spoiled& spoiled = cases[static_cast<std::size_t>(index)];
        Refusal refusal;
        spoiled.spoil(refusal.root());
        const std::set<std::string> before = refusal.names();
        QVERIFY2(refusal.quantize(spoiled.arguments) == 3, refusal.error());
        const QString wrong = refusal.missing_in_message(spoiled.words);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        QCOMPARE(refusal.names(), before);
    }

private Q_SLOTS:
    void initTestCase() {
        if (!program_is_there()) QSKIP("OCTAVO_CLI does not name the program");
    }

    void dataset_data() { add_rows(datasets()); }
    void dataset() { check_refused(datasets()); }
    void token_ids_data() { add_rows(id_files()); }
    void token_ids() { check_refused(id_files()); }
    void chat_template_data() { add_rows(templates()); }
    void chat_template() { check_refused(templates()); }
    void recipe_data() { add_rows(recipes()); }
    void recipe() { check_refused(recipes()); }
    void tokenizer_data() { add_rows(tokenizers()); }
    void tokenizer() { check_refused(tokenizers()); }

    void places_that_cannot_be_written_to() {
        Refusal refusal;
        const QStringList common{"quantize", "ROOT/model", "--scheme", "FP8_DYNAMIC"};
        const std::set<std::string> before = refusal.names();
        std::set<std::string> model_before;
        for (const auto& entry : fs::directory_iterator(refusal.root() / "model"))
            model_before.insert(entry.path().filename().string());
        const QList<QStringList> places{{"--output", "ROOT/model/out", "--run-directory", "ROOT/run"},
                                        {"--output", "ROOT/model", "--run-directory", "ROOT/run"},
                                        {"--output", "ROOT", "--run-directory", "ROOT/run"},
                                        {"--output", "ROOT/model/../model/deep/out", "--run-directory", "ROOT/run"},
                                        {"--output", "ROOT/out", "--run-directory", "ROOT/model/run"},
                                        {"--output", "ROOT/out", "--run-directory", "ROOT/out/run"},
                                        {"--output", "ROOT/model/config.json/out", "--run-directory", "ROOT/run"}};
        for (const QStringList& place : places) {
            QVERIFY2(refusal.run(common + place) == 3, qPrintable(place.join(' ') + refusal.error()));
            const QString wrong = refusal.missing_in_message({});
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            QCOMPARE(refusal.names(), before);
            std::set<std::string> model_after;
            for (const auto& entry : fs::directory_iterator(refusal.root() / "model"))
                model_after.insert(entry.path().filename().string());
            QCOMPARE(model_after, model_before);
        }
    }

    void evaluation_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("word");
        QTest::newRow("missing") << QByteArray() << "text.txt";
        QTest::newRow("empty") << QByteArray("") << "text.txt";
        QTest::newRow("one token") << QByteArray("x") << "two tokens";
        QTest::newRow("binary") << QByteArray("ab\0cd", 5) << "binary";
        QTest::newRow("invalid UTF-8") << QByteArray("one\ntwo \xff\n") << "line 2";
    }
    void evaluation() {
        QFETCH(QByteArray, text);
        QFETCH(QString, word);
        Refusal refusal;
        if (!text.isNull()) tiny::write_text(refusal.root() / "text.txt", text.toStdString());
        QVERIFY2(refusal.run({"evaluate", "ROOT/model", "--text", "ROOT/text.txt", "--device", "cpu"}) == 3,
                 refusal.error());
        const QString wrong = refusal.missing_in_message({word, "text.txt"});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
};

QTEST_GUILESS_MAIN(TestBadData)
#include "test_bad_data.moc"
