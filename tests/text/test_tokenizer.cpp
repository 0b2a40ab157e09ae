// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include "text_fixture.h"

using namespace octavo;
using Ids = std::vector<std::int32_t>;

class TestTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Golden values: transformers (tests/oracle/make_text_fixtures.py).
    void agrees_with_transformers() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        const auto cases = fixture("tiny/golden_ids.json");
        QVERIFY(cases.size() > 200);
        std::vector<std::string> texts;
        for (const auto& golden : cases) {
            texts.push_back(golden["text"]);
            QCOMPARE(tokenizer.encode(texts.back(), false), golden["ids"].get<Ids>());
            QCOMPARE(tokenizer.encode(texts.back(), true), golden["with_special"].get<Ids>());
            QCOMPARE(tokenizer.decode(golden["ids"].get<Ids>()), golden["decoded"].get<std::string>());
        }
        const auto together = tokenizer.encode(texts, false);
        QCOMPARE(together.size(), cases.size());
        for (std::size_t i = 0; i < together.size(); ++i) QCOMPARE(together[i], cases[i]["ids"].get<Ids>());
    }

    void special_tokens() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        QVERIFY(tokenizer.adds_bos());
        QCOMPARE(tokenizer.bos_token().value_or(-1), 0);
        const auto json = fixture("tiny/tokenizer.json");
        std::int64_t largest = 0;
        for (const auto& [token, id] : json["model"]["vocab"].items())
            largest = std::max(largest, id.get<std::int64_t>());
        for (const auto& token : json["added_tokens"]) largest = std::max(largest, token["id"].get<std::int64_t>());
        QCOMPARE(tokenizer.vocabulary(), largest + 1);
        QCOMPARE(tokenizer.decode({0, 1}, false), std::string("<s></s>"));
        QCOMPARE(tokenizer.decode({0, 1}, true), std::string());
        QVERIFY(tokenizer.encode(std::vector<std::string>{}, true).empty());
    }

    void without_bos() {
        TemporaryFolder folder;
        auto json = fixture("tiny/tokenizer.json");
        json["post_processor"] = nullptr;
        folder.write("tokenizer.json", json.dump());
        const Tokenizer tokenizer(folder.path());
        QVERIFY(!tokenizer.adds_bos());
        QVERIFY(!tokenizer.bos_token());
        QVERIFY(!tokenizer.has_chat_template());
        QVERIFY(says(error_of([&] { tokenizer.render({{"user", "a"}}); }), "no chat template"));
    }

    void several_threads() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        const auto expected = tokenizer.encode("The quick brown fox", true);
        std::vector<Ids> results(4);
        std::vector<std::thread> threads;
        for (auto& result : results)
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i) result = tokenizer.encode("The quick brown fox", true);
            });
        for (auto& thread : threads) thread.join();
        for (const auto& result : results) QCOMPARE(result, expected);
    }

    void unusable_folders_data() {
        QTest::addColumn<QString>("json");
        QTest::newRow("not JSON") << "{";
        QTest::newRow("no model") << "{}";
        QTest::newRow("unknown model") << "{\"version\":\"1.0\",\"model\":{\"type\":\"Nothing\"}}";
        QTest::newRow("merge of unknown tokens")
            << "{\"version\":\"1.0\",\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"x y\"]}}";
        QTest::newRow("bad pattern")
            << "{\"version\":\"1.0\",\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[a\"},\"behavior\":"
               "\"Isolated\",\"invert\":false},\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}}";
    }
    void unusable_folders() {
        QFETCH(QString, json);
        TemporaryFolder folder;
        const auto file = folder.write("tokenizer.json", json.toStdString());
        const auto error = error_of([&] { Tokenizer tokenizer(folder.path()); });
        QVERIFY(error);
        QCOMPARE(error->code(), ErrorCode::unusable_model);
        QCOMPARE(error->place().file, file.string());
    }

    void missing_tokenizer() {
        TemporaryFolder folder;
        const auto error = error_of([&] { Tokenizer tokenizer(folder.path()); });
        QVERIFY(says(error, "no tokenizer"));
        QCOMPARE(error->place().file, folder.path().string());
        folder.write("tokenizer.model", "this is no sentencepiece model");
        QVERIFY(says(error_of([&] { Tokenizer tokenizer(folder.path()); }), "does not load"));
    }

    void invalid_text_is_refused() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        for (const char* text : {"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80"}) {
            const auto error = error_of([&] { tokenizer.encode(text, false); });
            QVERIFY(says(error, "UTF-8"));
            QCOMPARE(error->code(), ErrorCode::unusable_data);
        }
    }
};

QTEST_GUILESS_MAIN(TestTokenizer)
#include "test_tokenizer.moc"
