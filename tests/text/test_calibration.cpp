// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>
#include <set>

#include "text_fixture.h"

using namespace octavo;
using Ids = std::vector<std::int32_t>;

class TestCalibration : public QObject {
    Q_OBJECT

    static std::vector<Sample> chats(int count) {
        std::vector<Sample> samples;
        for (int i = 0; i < count; ++i) samples.push_back({{{"user", "question " + std::to_string(i)}}, "", i + 1});
        return samples;
    }
    static CalibrationOptions options(std::size_t samples, std::size_t length, bool packing = false,
                                      std::uint64_t seed = 42) {
        return {.samples = samples, .sequence_length = length, .seed = seed, .packing = packing};
    }

private Q_SLOTS:
    void one_row_per_chat() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        const auto samples = chats(20);
        const auto set = build_calibration_set(samples, tokenizer, options(512, 2048), "chats");
        QCOMPARE(set.rows.size(), std::size_t(20));
        std::set<Ids> expected;
        for (const auto& sample : samples) expected.insert(tokenizer.encode(tokenizer.render(sample.messages), false));
        QCOMPARE(std::set<Ids>(set.rows.begin(), set.rows.end()), expected);
        QCOMPARE(set.record.samples, 20);
        QCOMPARE(set.record.tokens, set.tokens());
        QCOMPARE(set.record.source, std::string("chats"));
        QCOMPARE(set.notes.size(), std::size_t(1));
        QCOMPARE(set.notes[0].english(), std::string("Only 20 of 512 samples: the data ends"));
    }

    // mt19937_64 is fixed by the C++ standard (its 10000th value from the default seed is given there), so this order
    // is the same everywhere: Fisher-Yates from the end, written out again here with the modulo of a 64-bit draw (no
    // draw of these is in the rejected range).
    void order_follows_the_seed() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        const auto samples = chats(9);
        for (const std::uint64_t seed : {42u, 7u}) {
            std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6, 7, 8};
            std::mt19937_64 generator(seed);
            for (std::size_t i = 9; i-- > 1;) std::swap(order[i], order[generator() % (i + 1)]);
            const auto set = build_calibration_set(samples, tokenizer, options(4, 2048, false, seed), "");
            QCOMPARE(set.rows.size(), std::size_t(4));
            QVERIFY(set.notes.empty());
            for (std::size_t i = 0; i < 4; ++i)
                QCOMPARE(set.rows[i], tokenizer.encode(tokenizer.render(samples[order[i]].messages), false));
        }
    }

    void truncates() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        const auto whole = build_calibration_set(chats(3), tokenizer, options(3, 2048), "");
        const auto cut = build_calibration_set(chats(3), tokenizer, options(3, 7), "");
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(whole.rows[i].size() > 7);
            QCOMPARE(cut.rows[i], Ids(whole.rows[i].begin(), whole.rows[i].begin() + 7));
        }
    }

    void packs_into_full_rows() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        const auto separate = build_calibration_set(chats(30), tokenizer, options(512, 2048), "");
        Ids stream;
        for (const auto& row : separate.rows) stream.insert(stream.end(), row.begin(), row.end());
        const auto packed = build_calibration_set(chats(30), tokenizer, options(512, 50, true), "");
        QCOMPARE(packed.rows.size(), stream.size() / 50);
        Ids joined;
        for (const auto& row : packed.rows) {
            QCOMPARE(row.size(), std::size_t(50));
            joined.insert(joined.end(), row.begin(), row.end());
        }
        stream.resize(joined.size());
        QCOMPARE(joined, stream);
        QVERIFY(packed.record.packed);
        QCOMPARE(build_calibration_set(chats(30), tokenizer, options(3, 50, true), "").rows.size(), std::size_t(3));
        QCOMPARE(build_calibration_set(chats(1), tokenizer, options(3, 5000, true), "").rows.size(), std::size_t(1));
    }

    void one_text_is_cut() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        std::string text;
        for (int i = 0; i < 100; ++i) text += "The model reads line " + std::to_string(i) + ".\n";
        const auto ids = tokenizer.encode(text, false);
        const auto set = build_calibration_set({{{}, text, 1}}, tokenizer, options(10000, 32), "");
        QCOMPARE(set.rows.size(), ids.size() / 31); // each row starts with the BOS
        std::set<Ids> expected;
        for (std::size_t start = 0; start + 31 <= ids.size(); start += 31) {
            Ids row{0};
            row.insert(row.end(), ids.begin() + static_cast<long>(start), ids.begin() + static_cast<long>(start + 31));
            expected.insert(row);
        }
        QCOMPARE(std::set<Ids>(set.rows.begin(), set.rows.end()), expected);
        const auto only = build_calibration_set({{{}, "The model", 1}}, tokenizer, options(8, 2048), "");
        QCOMPARE(only.rows, std::vector<Ids>{tokenizer.encode("The model", true)});
    }

    void texts_get_their_special_tokens() {
        const Tokenizer tokenizer(text_fixtures() / "tiny");
        const auto set = build_calibration_set({{{}, "one", 1}, {{}, "two", 2}}, tokenizer, options(8, 2048), "");
        QCOMPARE(std::set<Ids>(set.rows.begin(), set.rows.end()),
                 (std::set<Ids>{tokenizer.encode("one", true), tokenizer.encode("two", true)}));
    }

    void without_a_template() {
        TemporaryFolder folder;
        folder.write("tokenizer.json", read_file(text_fixtures() / "tiny/tokenizer.json"));
        const Tokenizer tokenizer(folder.path());
        const auto set =
            build_calibration_set({{{{"system", "s"}, {"user", "a"}}, "", 1}}, tokenizer, options(1, 2048), "");
        QCOMPARE(set.rows, std::vector<Ids>{tokenizer.encode("s\n\na", true)});
        QCOMPARE(set.notes.size(), std::size_t(1));
        QVERIFY(set.notes[0].english().find("no chat template") != std::string::npos);
    }

    void template_that_raises_names_the_sample() {
        TemporaryFolder folder;
        const auto tokenizer = folder.tokenizer_with("{{ raise_exception('no ' + messages[0].role) }}");
        const auto error = error_of([&] {
            build_calibration_set({{{{"system", "s"}}, "", 17}}, tokenizer, options(1, 8), "chats.jsonl");
        });
        QVERIFY(says(error, "no system"));
        QCOMPARE(error->place().file, std::string("chats.jsonl"));
        QCOMPARE(error->place().line, 17L);
    }

    void too_short_samples() {
        TemporaryFolder folder;
        const auto tokenizer = folder.tokenizer_with("{{ messages[0].content }}");
        const std::vector<Sample> samples{{{{"user", ""}}, "", 1}, {{{"user", "The model reads"}}, "", 2}};
        const auto set = build_calibration_set(samples, tokenizer, options(1, 8), "");
        QCOMPARE(set.rows.size(), std::size_t(1));
        QVERIFY(set.notes.size() == 1 || set.notes.empty()); // the empty one is met or not, as the seed has it
        QCOMPARE(error_of([&] { build_calibration_set({samples[0]}, tokenizer, options(1, 8), "d"); })->code(),
                 ErrorCode::unusable_data);
        QCOMPARE(error_of([&] { build_calibration_set({}, tokenizer, options(1, 8), "d"); })->code(),
                 ErrorCode::unusable_data);
        QCOMPARE(error_of([&] { build_calibration_set(samples, tokenizer, options(0, 8), "d"); })->code(),
                 ErrorCode::usage);
        QCOMPARE(error_of([&] { build_calibration_set(samples, tokenizer, options(1, 1), "d"); })->code(),
                 ErrorCode::usage);
    }

    void ids_as_given() {
        TemporaryFolder folder;
        const auto set = read_calibration_ids(folder.write("ids.json", "[[1, 2, 3], [4, 5, 0]]"), 6);
        QCOMPARE(set.rows, (std::vector<Ids>{{1, 2, 3}, {4, 5, 0}}));
        QCOMPARE(set.tokens(), 6);
        QCOMPARE(set.record.sequence_length, 3);
        QCOMPARE(set.record.source, std::string("ids"));
    }

    void unusable_ids_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("message");
        QTest::newRow("no list") << "{}"
                                 << "list of lists";
        QTest::newRow("empty") << "[]"
                               << "list of lists";
        QTest::newRow("flat") << "[1, 2]"
                              << "Row 0 is not a list";
        QTest::newRow("too large") << "[[1, 2], [1, 6]]"
                                   << "Row 1 holds the id 6";
        QTest::newRow("far too large") << "[[1, 18446744073709551615]]"
                                       << "outside the vocabulary";
        QTest::newRow("negative") << "[[-1, 2]]"
                                  << "the id -1";
        QTest::newRow("float") << "[[1.0, 2]]"
                               << "whole numbers";
        QTest::newRow("short") << "[[1]]"
                               << "fewer than two";
        QTest::newRow("ragged") << "[[1, 2], [1, 2, 3]]"
                                << "Row 1 has 3 tokens, row 0 has 2";
        QTest::newRow("broken") << "[[1, 2]"
                                << "not valid JSON";
    }
    void unusable_ids() {
        QFETCH(QString, json);
        QFETCH(QString, message);
        TemporaryFolder folder;
        const auto file = folder.write("ids.json", json.toStdString());
        const auto error = error_of([&] { read_calibration_ids(file, 6); });
        QVERIFY2(says(error, message.toStdString()), error ? error->what() : "no error");
        QCOMPARE(error->code(), ErrorCode::unusable_data);
        QCOMPARE(error->place().file, file.string());
    }
};

QTEST_GUILESS_MAIN(TestCalibration)
#include "test_calibration.moc"
