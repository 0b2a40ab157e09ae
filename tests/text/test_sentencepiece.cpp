// SPDX-License-Identifier: GPL-3.0-or-later
#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include "text_fixture.h"

using namespace octavo;
using Ids = std::vector<std::int32_t>;

/// A folder with tokenizer.model alone, against the sentencepiece library itself and the rules of transformers'
/// LlamaTokenizer.
class TestSentencePiece : public QObject {
    Q_OBJECT

    TemporaryFolder folder_;
    sentencepiece::SentencePieceProcessor reference_;

    Ids plain(const std::string& text) const {
        Ids ids;
        (void)reference_.Encode(text, &ids);
        return ids;
    }
    Tokenizer with_config(const std::string& json) const {
        folder_.write("tokenizer_config.json", json);
        return Tokenizer(folder_.path());
    }
    static Ids joined(std::initializer_list<Ids> parts) {
        Ids result;
        for (const auto& part : parts) result.insert(result.end(), part.begin(), part.end());
        return result;
    }

private Q_SLOTS:
    void initTestCase() {
        std::string text;
        for (int i = 0; i < 200; ++i)
            text += "The model number " + std::to_string(i * 37) + " reads hello world and writes words again.\n";
        const auto input = folder_.write("corpus.txt", text);
        const auto trained = sentencepiece::SentencePieceTrainer::Train(
            "--input=" + input.string() + " --model_prefix=" + (folder_.path() / "tokenizer").string() +
            " --vocab_size=320 --model_type=bpe --byte_fallback=true --minloglevel=3 --num_threads=1 "
            "--remove_extra_whitespaces=false"
            " --normalization_rule_name=identity");
        QVERIFY2(trained.ok(), trained.ToString().c_str());
        QVERIFY(reference_.Load((folder_.path() / "tokenizer.model").string()).ok());
    }

    void as_the_library() {
        const auto tokenizer = with_config("{\"tokenizer_class\": \"LlamaTokenizer\"}");
        for (const char* text :
             {"hello world", " hello", "a  b\n", "\xc3\xbc\xe2\x82\xac", "", "The model number 37"}) {
            QCOMPARE(tokenizer.encode(text, false), plain(text));
            QCOMPARE(tokenizer.encode(text, true), joined({{reference_.bos_id()}, plain(text)}));
        }
        QCOMPARE(tokenizer.vocabulary(), reference_.GetPieceSize());
        QVERIFY(tokenizer.adds_bos());
        QCOMPARE(tokenizer.bos_token().value_or(-1), reference_.bos_id());
        QCOMPARE(tokenizer.decode(plain("hello world")), std::string("hello world"));
        QCOMPARE(tokenizer.decode({1, 2}, false), std::string("<s></s>"));
        QCOMPARE(tokenizer.decode({1, 2}, true), std::string());
        QVERIFY(error_of([&] { tokenizer.decode({100000}); }));
    }

    void settings() {
        const auto tokenizer = with_config("{\"add_bos_token\": false, \"add_eos_token\": true}");
        QCOMPARE(tokenizer.encode("hello", true), joined({plain("hello"), {reference_.eos_id()}}));
        QVERIFY(!tokenizer.adds_bos());
    }

    void added_tokens_cut_the_text() {
        const auto tokenizer =
            with_config("{\"added_tokens_decoder\": {\"320\": {\"content\": \"<|a|>\", \"special\": true}, \"321\": "
                        "{\"content\": \"<|a|>b\", \"special\": false},"
                        " \"330\": {\"content\": \"<r>\", \"special\": true, \"rstrip\": true, \"lstrip\": true}}}");
        QCOMPARE(tokenizer.vocabulary(), 331);
        // Legacy: every stretch gets the dummy prefix.
        QCOMPARE(tokenizer.encode("hello</s>world", false), joined({plain("hello"), {2}, plain("world")}));
        QCOMPARE(tokenizer.encode("<|a|>hello<|a|>bc", false), joined({{320}, plain("hello"), {321}, plain("c")}));
        QCOMPARE(tokenizer.encode("hello <r> world", false), joined({plain("hello"), {330}, plain("world")}));
        QCOMPARE(tokenizer.decode({320, 321}, true), std::string("<|a|>b"));
    }

    void not_legacy() {
        const auto tokenizer = with_config("{\"legacy\": false}");
        QCOMPARE(tokenizer.encode("hello world", false), plain("hello world"));
        const auto ids = tokenizer.encode("hello</s>world", false);
        const auto cut = std::find(ids.begin(), ids.end(), 2);
        QCOMPARE(Ids(ids.begin(), cut), plain("hello"));
        std::string after;
        for (auto id = cut + 1; id < ids.end(); ++id) after += reference_.IdToPiece(*id);
        QCOMPARE(after, std::string("world")); // no prefix
        QCOMPARE(tokenizer.encode("</s>", false), Ids{2});
        std::string spaced;
        for (const auto id : tokenizer.encode("</s> world", false)) spaced += reference_.IdToPiece(id);
        QCOMPARE(spaced, std::string("</s>\xe2\x96\x81world"));
    }

    void unusable_settings_data() {
        QTest::addColumn<QString>("json");
        QTest::newRow("id") << "{\"added_tokens_decoder\": {\"99999999999\": {\"content\": \"x\"}}}";
        QTest::newRow("negative") << "{\"added_tokens_decoder\": {\"-1\": {\"content\": \"x\"}}}";
        QTest::newRow("name") << "{\"added_tokens_decoder\": {\"1x\": {\"content\": \"x\"}}}";
        QTest::newRow("list") << "[]";
        QTest::newRow("broken") << "{";
    }
    void unusable_settings() {
        QFETCH(QString, json);
        const auto error = error_of([&] { with_config(json.toStdString()); });
        QVERIFY(error);
        QCOMPARE(error->code(), ErrorCode::unusable_model);
    }
};

QTEST_GUILESS_MAIN(TestSentencePiece)
#include "test_sentencepiece.moc"
