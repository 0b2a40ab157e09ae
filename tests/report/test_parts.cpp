// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstring>
#include <set>
#include <sys/resource.h>

#include "report/run_folder.h"
#include "support/tiny_model.h"

using namespace octavo;
namespace fs = std::filesystem;

namespace {

std::string owner_of(int index) { return "model.layers." + std::to_string(index) + ".mlp_input"; }

std::vector<float> values_of(int index) {
    std::vector<float> out(static_cast<std::size_t>(3 + index % 5));
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = static_cast<float>(index) + static_cast<float>(k) / 8;
    return out;
}

void add(RunWriter& writer, int index) {
    writer.put(owner_of(index), "absmax_before", values_of(index));
    writer.put(owner_of(index), "min_before", {static_cast<float>(-index)});
    writer.on_event(StatisticsSaved{owner_of(index)});
    MatrixReport report;
    report.name = "model.layers." + std::to_string(index) + ".mlp.up_proj";
    report.site = owner_of(index);
    report.layer = index;
    writer.on_event(MatrixFinished{report});
}

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder)) out.insert(entry.path().filename().string());
    return out;
}

/// The documents of statistics.parts, taken apart by hand.
std::vector<std::string> documents_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin < text.size();) {
        std::uint64_t header = 0;
        std::memcpy(&header, text.data() + begin, 8);
        std::size_t data = 0;
        const tiny::Json json = tiny::Json::parse(text.substr(begin + 8, header));
        for (const auto& [name, entry] : json.items())
            if (name != "__metadata__") data = std::max(data, entry["data_offsets"][1].get<std::size_t>());
        out.push_back(text.substr(begin, 8 + header + data));
        begin += out.back().size();
    }
    return out;
}

/// Files of this process may not grow beyond `bytes` while it lives: a full disk for whoever is not root.
class SmallFiles {
public:
    explicit SmallFiles(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit now{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~SmallFiles() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

} // namespace

class TestParts : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> directory_;
    fs::path run_;

private Q_SLOTS:
    void init() {
        directory_ = std::make_unique<QTemporaryDir>();
        run_ = fs::path(directory_->path().toStdString()) / "run";
    }

    void arraysAreThereAsSoonAsTheyAreSaved() {
        RunWriter writer(run_, RunRecord{});
        for (int i = 0; i < 3; ++i) {
            add(writer, i);
            const Run seen = Run::open(run_);
            QCOMPARE(seen.statistics.owners().size(), std::size_t(i + 1));
            QVERIFY(seen.statistics.get(owner_of(i), "absmax_before") == values_of(i));
            QCOMPARE(seen.record.layers.size(), std::size_t(i + 1)); // run.json is not written for every matrix
            QCOMPARE(seen.record.layers.back().layer, i);
        }
        writer.put(owner_of(9), "absmax_before", {1});
        QVERIFY(!Statistics::in_folder(run_).contains(owner_of(9), "absmax_before")); // nobody said that it is whole
        QVERIFY(!fs::exists(run_ / "statistics.safetensors"));
    }

    void eachPartIsASafetensorsFile() {
        RunWriter writer(run_, RunRecord{});
        for (int i = 0; i < 4; ++i) add(writer, i);
        const std::vector<std::string> documents = documents_of(tiny::read_text(run_ / "statistics.parts"));
        QCOMPARE(documents.size(), std::size_t(4));
        for (int i = 0; i < 4; ++i) {
            const fs::path file = directory_->filePath(QStringLiteral("one.safetensors")).toStdString();
            tiny::write_text(file, documents[static_cast<std::size_t>(i)]);
            const tiny::Tensors tensors = tiny::read_safetensors(file);
            QCOMPARE(tensors.size(), std::size_t(2));
            QCOMPARE(tensors[0].first, owner_of(i) + "/absmax_before");
            QCOMPARE(tensors[0].second.bytes, tiny::bytes_of(values_of(i), "F32"));
        }
    }

    void whatIsWrittenIsNeverWrittenAgain() {
        RunWriter writer(run_, RunRecord{});
        std::string before;
        for (int i = 0; i < 40; ++i) {
            add(writer, i);
            const std::string now = tiny::read_text(run_ / "statistics.parts");
            QVERIFY(now.size() > before.size() && now.starts_with(before));
            before = now;
        }
    }

    void aCopyMadeAtAnyMomentOpens() {
        RunWriter writer(run_, RunRecord{});
        for (int i = 0; i < 4; ++i) add(writer, i);
        const std::string whole = tiny::read_text(run_ / "statistics.parts");
        std::vector<std::size_t> ends{0};
        for (const std::string& document : documents_of(whole)) ends.push_back(ends.back() + document.size());
        const fs::path copy = directory_->filePath(QStringLiteral("copy")).toStdString();
        fs::copy(run_, copy, fs::copy_options::recursive);
        for (std::size_t length = 0; length <= whole.size(); ++length) {
            tiny::write_text(copy / "statistics.parts", whole.substr(0, length));
            const Statistics seen = Run::open(copy).statistics;
            const auto complete = static_cast<std::size_t>(
                std::count_if(ends.begin() + 1, ends.end(), [&](std::size_t end) { return end <= length; }));
            QCOMPARE(seen.owners().size(), complete);
            for (std::size_t i = 0; i < complete; ++i)
                QVERIFY(seen.get(owner_of(static_cast<int>(i)), "absmax_before") == values_of(static_cast<int>(i)));
        }
        // Zeros where the system had not written yet.
        tiny::write_text(copy / "statistics.parts", whole.substr(0, ends[2]) + std::string(500, '\0'));
        QCOMPARE(Run::open(copy).statistics.owners().size(), std::size_t(2));
        tiny::write_text(copy / "events.jsonl", tiny::read_text(copy / "events.jsonl") + "{\"type\": \"matr");
        QCOMPARE(Run::open(copy).record.layers.size(), std::size_t(4));
    }

    void aFinishedRunHasOneFile() {
        {
            RunWriter writer(run_, RunRecord{});
            for (int i = 0; i < 3; ++i) add(writer, i);
            writer.put(owner_of(1), "absmax_before", {7, 8}); // replaces what was appended
            writer.flush();
            add(writer, 3);
            writer.update([](RunRecord& record) { record.status = "done"; });
            writer.flush();
        }
        QCOMPARE(names_in(run_),
                 (std::set<std::string>{"run.json", "statistics.safetensors", "events.jsonl", "log.txt"}));
        const tiny::Tensors tensors = tiny::read_safetensors(run_ / "statistics.safetensors");
        QCOMPARE(tensors.size(), std::size_t(8));
        for (const auto& [name, tensor] : tensors) {
            if (name == owner_of(1) + "/absmax_before") QCOMPARE(tensor.bytes, tiny::bytes_of({7, 8}, "F32"));
            if (name == owner_of(3) + "/absmax_before") QCOMPARE(tensor.bytes, tiny::bytes_of(values_of(3), "F32"));
        }
    }

    void theSameBytesWhateverTheOrder() {
        for (const bool reversed : {false, true}) {
            RunWriter writer(run_.string() + (reversed ? "b" : "a"), RunRecord{});
            for (int i = 0; i < 12; ++i) add(writer, reversed ? 11 - i : i);
            writer.flush();
        }
        QVERIFY(tiny::read_text(run_.string() + "a/statistics.safetensors") ==
                tiny::read_text(run_.string() + "b/statistics.safetensors"));
    }

    void anInterruptedRunGoesOn() {
        const fs::path killed = directory_->filePath(QStringLiteral("killed")).toStdString();
        {
            RunRecord record;
            record.output = "/out";
            RunWriter writer(run_, record);
            for (int i = 0; i < 3; ++i) add(writer, i);
            fs::copy(run_, killed, fs::copy_options::recursive);
        }
        // Killed while it wrote the third document and the last line.
        const std::string parts = tiny::read_text(killed / "statistics.parts");
        tiny::write_text(killed / "statistics.parts", parts.substr(0, parts.size() - 5));
        tiny::write_text(killed / "events.jsonl", tiny::read_text(killed / "events.jsonl") + "{\"type\": \"ph");
        {
            const std::unique_ptr<RunWriter> writer = RunWriter::reopen(killed);
            QCOMPARE(writer->record().output, std::string("/out"));
            QCOMPARE(writer->record().layers.size(), std::size_t(3));
            add(*writer, 2);
            add(*writer, 3);
            QCOMPARE(Run::open(killed).statistics.owners().size(), std::size_t(4));
            writer->update([](RunRecord& record) { record.status = "done"; });
            writer->flush();
        }
        const Run run = Run::open(killed);
        QCOMPARE(run.record.layers.size(), std::size_t(4));
        QCOMPARE(run.events().size(), std::size_t(10));
        for (int i = 0; i < 4; ++i) QVERIFY(run.statistics.get(owner_of(i), "absmax_before") == values_of(i));
        QVERIFY(!fs::exists(killed / "statistics.parts"));
    }

    void aDiskThatWasFullLosesNoArray() {
        RunWriter writer(run_, RunRecord{});
        add(writer, 0);
        writer.put("big", "row_error", std::vector<float>(100000, 2.5f));
        {
            const SmallFiles full(64 << 10);
            writer.on_event(StatisticsSaved{"big"});
            QVERIFY(!Run::open(run_).statistics.contains("big", "row_error"));
            add(writer, 1); // behind the last whole one
            QVERIFY(Run::open(run_).statistics.contains(owner_of(1), "min_before"));
        }
        QVERIFY_EXCEPTION_THROWN(writer.flush(), Error); // says that something could not be written …
        const Run run = Run::open(run_);                 // … and has brought it up to date all the same
        QCOMPARE(run.statistics.get("big", "row_error").size(), std::size_t(100000));
        QVERIFY(run.statistics.get(owner_of(1), "absmax_before") == values_of(1));
    }
};

QTEST_APPLESS_MAIN(TestParts)
#include "test_parts.moc"
