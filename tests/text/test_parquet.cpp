// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_fixture.h"

using namespace octavo;

namespace {

std::filesystem::path table(const std::string& name) { return text_fixtures() / "parquet" / (name + ".parquet"); }

std::string flat(const std::vector<Sample>& samples) {
    std::string out;
    for (const auto& sample : samples) {
        out += sample.messages.empty() ? "text:" + sample.text : std::string();
        for (const auto& message : sample.messages) out += message.role + ":" + message.content + ";";
        out += "|";
    }
    return out;
}

DataSource part(const char* text) { return data_source(text); }

CalibrationSet rows_of(const char* source, std::int32_t first, std::size_t count) {
    CalibrationSet out;
    out.record.source = source;
    for (std::size_t i = 0; i < count; ++i) out.rows.push_back({first + static_cast<std::int32_t>(i), 0});
    return out;
}

} // namespace

/// Parquet files that pyarrow wrote (tests/oracle/make_parquet_fixtures.py), names of columns, and mixtures.
class TestParquet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void formats() {
        QCOMPARE(flat(read_dataset(table("messages-snappy"))),
                 "user:a question;assistant:its answer: 好;|system:s;user:line\nbreak \"quoted\";|");
        QCOMPARE(flat(read_dataset(table("conversations-zstd"))), "user:h;assistant:g;|");
        QCOMPARE(flat(read_dataset(table("text-gzip"))), "text:one|text:three|");
        QCOMPARE(flat(read_dataset(table("prompt-plain"))), "user:p;assistant:r;|");
        QCOMPARE(read_dataset(table("text-gzip")).back().line, 3L);
    }

    void names_of_columns() {
        const ColumnNames names = column_names("messages=dialog,role=speaker,content=utterance");
        QCOMPARE(flat(read_dataset(table("renamed"), {}, names)), "user:u;|");
        TemporaryFolder folder;
        const auto lines = folder.write("d.jsonl", "{\"q\": \"1\", \"a\": \"2\", \"text\": \"not this\"}");
        QCOMPARE(flat(read_dataset(lines, {}, column_names("prompt=q,response=a"))), "user:1;assistant:2;|");
        const auto error = error_of([&] { read_dataset(lines, {}, column_names("text=body")); });
        QVERIFY(says(error, "no \"body\"") && error->place().line == 1);
        for (const char* wrong : {"", "messages", "messages=", "dialog=messages", "text=a,text=b"})
            QVERIFY2(error_of([&] { column_names(wrong); })->code() == ErrorCode::usage, wrong);
    }

    void refused() {
        QVERIFY(says(error_of([] { read_dataset(table("no-column")); }), "its columns are label"));
        TemporaryFolder folder;
        for (const char* contents : {"", "PAR1", "no parquet file at all, but long enough to have a footer"}) {
            const auto error = error_of([&] { read_dataset(folder.write("d.parquet", contents)); });
            QVERIFY2(error && error->code() == ErrorCode::unusable_data, contents);
        }
        QCOMPARE(error_of([&] { read_dataset(folder.path() / "none.parquet"); })->code(), ErrorCode::unusable_data);
    }

    /// Every byte changed in turn: read, or refused with an error; nothing else.
    void damaged_bytes() {
        TemporaryFolder folder;
        int refused = 0;
        for (const char* name : {"messages-snappy", "text-gzip"}) {
            const std::string whole = read_file(table(name));
            for (std::size_t at = 0; at < whole.size(); ++at) {
                std::string damaged = whole;
                damaged[at] = static_cast<char>(damaged[at] ^ (at % 2 ? 0x80 : 0x7f));
                const auto error = error_of([&] { read_dataset(folder.write("d.parquet", damaged)); });
                refused += error.has_value();
                QVERIFY2(!error || error->code() == ErrorCode::unusable_data, error ? error->what() : "");
            }
            for (std::size_t size = 0; size < whole.size(); size += 7)
                QVERIFY(error_of([&] { read_dataset(folder.write("d.parquet", whole.substr(0, size))); }));
        }
        QVERIFY(refused > 500);
    }

    void parts_of_a_mixture() {
        QCOMPARE(part("a:b.jsonl:2.5").file.string(), "a:b.jsonl");
        QCOMPARE(part("a:b.jsonl:2.5").weight, 2.5);
        QCOMPARE(part("a:b.jsonl").file.string(), "a:b.jsonl");
        QVERIFY(part("self:3").kind == DataSource::Kind::self && part("builtin").kind == DataSource::Kind::built_in);
        for (const char* wrong : {"", ":2", "a:0", "a:-1", "a:inf"})
            QVERIFY2(error_of([&] { data_source(wrong); })->code() == ErrorCode::usage, wrong);
        using Counts = std::vector<std::size_t>;
        QCOMPARE(shares({part("a:2"), part("b:1")}, 512), (Counts{341, 171}));
        QCOMPARE(shares({part("a:1000"), part("b:1")}, 10), (Counts{9, 1}));
        QCOMPARE(shares({part("a"), part("b"), part("c")}, 10), (Counts{4, 3, 3}));
        QCOMPARE(error_of([] { shares({part("a"), part("b")}, 1); })->code(), ErrorCode::usage);
    }

    void one_order_by_seed() {
        const auto mix = [](std::uint64_t seed) {
            std::vector<CalibrationSet> parts;
            parts.push_back(rows_of("a", 0, 40));
            parts.push_back(rows_of("b", 100, 10));
            return mixed(std::move(parts), seed);
        };
        const CalibrationSet one = mix(1), again = mix(1), other = mix(2);
        QVERIFY(one.rows == again.rows && one.rows != other.rows);
        QCOMPARE(one.rows.size(), 50u);
        QCOMPARE(one.record.source, "a (40), b (10)");
        QCOMPARE(one.record.tokens, 100);
        const auto from_b = [](const auto& row) { return row[0] >= 100; };
        QCOMPARE(std::count_if(one.rows.begin(), one.rows.end(), from_b), 10);
        QVERIFY(std::count_if(one.rows.begin(), one.rows.begin() + 40, from_b) > 0); // not one part behind the other
    }
};

QTEST_GUILESS_MAIN(TestParquet)
#include "test_parquet.moc"
