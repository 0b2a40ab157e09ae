// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cmath>
#include <fstream>
#include <limits>
#include <regex>
#include <set>
#include <thread>

#include "base/files.h"
#include "report/run_folder.h"

using namespace octavo;
namespace fs = std::filesystem;

namespace {

template <class Call>
std::string refusal(Call call, ErrorCode code = ErrorCode::unusable_run) {
    try {
        call();
    } catch (const Error& error) {
        return error.code() == code ? error.what() : std::string("wrong code: ") + error.what();
    }
    return {};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

MatrixReport matrix(const std::string& name) {
    MatrixReport out;
    out.name = name;
    out.role = "down_proj";
    out.scheme = "W8A8";
    out.site = "model.layers.0.down_input";
    out.layer = 0;
    out.rows = 576;
    out.columns = 1536;
    out.bytes_before = 1769472;
    out.bytes_after = 885888;
    out.relative_error = 1.25e-4;
    out.weight_sqnr_db = 40.5;
    out.smoothing_strength = 0.55;
    out.damping = 0.1;
    out.damping_escalations = 1;
    out.routed_tokens = 12;
    out.filled_up = true;
    return out;
}

RunRecord full_record() {
    RunRecord out;
    out.id = "20261124-101500-M-W8A8";
    out.started = "2026-11-24T10:15:00.000Z";
    out.status = "done";
    out.recipe = Json{{"scheme", "W8A8"}};
    out.model = {"/m", "M", "LlamaForCausalLM", "bfloat16", "abc", 134515008, 30, 23040, {0, 512}};
    out.dataset = {"built-in", 64, 32768, 512, true, 7};
    out.environment = Json{{"threads", 2}};
    out.output = "/out";
    out.seconds = 12.5;
    out.phases = {{"read", 0.5}, {"calibrate", 11}};
    out.peak_resident_bytes = 900000000;
    out.weight_bytes_before = 269060552;
    out.weight_bytes_after = 163000000;
    out.bytes_by_kind_before = {{"mlp", 100}, {"norms", 3}};
    out.bytes_by_kind_after = {{"mlp", 50}};
    out.layers = {matrix("model.layers.0.mlp.down_proj")};
    Metrics metrics;
    metrics.perplexity = 20.13;
    metrics.reference_perplexity = 20;
    metrics.perplexity_ratio = {1.0065, 0.001};
    metrics.kl_divergence = {0.0096, 0.0004};
    metrics.kl_p999 = 0.3;
    metrics.kl_max = std::numeric_limits<double>::infinity();
    metrics.same_top = 0.951;
    metrics.tokens = 6132;
    metrics.windows = 12;
    metrics.bos = "window";
    out.metrics = metrics;
    out.checks = {{"tensors.complete", Check::Status::warning, msg("%1 is missing", "x"), msg("Export again.")}};
    out.error = msg("%1: %2", msg("The file could not be read"), msg("system error %1 (%2)", 5, "x"));
    return out;
}

} // namespace

class TestRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recordSurvivesJson() {
        const Json json = to_json(full_record());
        const RunRecord again = run_record_from_json(Json::parse(json.dump()), "run.json");
        QCOMPARE(to_json(again).dump(), json.dump());
        QCOMPARE(again.layers.at(0).damping_escalations, 1);
        QCOMPARE(again.layers.at(0).routed_tokens, std::int64_t(12));
        QVERIFY(again.layers.at(0).filled_up);
        QCOMPARE(again.metrics->kl_divergence.standard_error, 0.0004);
        QVERIFY(again.checks.at(0).status == Check::Status::warning);
        QCOMPARE(again.checks.at(0).message.text, std::string("%1 is missing"));
        QCOMPARE(again.checks.at(0).message.english(), std::string("x is missing"));
        QVERIFY(again.unknown.empty());
        QCOMPARE(again.model.kv_bytes_per_token, std::uint64_t(23040));
        QCOMPARE(again.model.windows, (std::vector<std::int64_t>{0, 512}));
        // Messages within messages come back as such, so that each can be translated.
        QCOMPARE(again.error.english(), std::string("The file could not be read: system error 5 (x)"));
        QCOMPARE(again.error.parts.at(1).text, std::string("system error %1 (%2)"));
        QCOMPARE(again.error.parts.at(1).arguments.at(0), std::string("5"));
    }

    // Half of the layers see 512 tokens: 23040 / 2 bytes · 4096 + 23040 / 2 bytes · 512.
    void aSlidingWindowBoundsTheCache() {
        ModelRecord model = full_record().model;
        QCOMPARE(model.kv_cache_bytes(4096), std::uint64_t(11520) * 4096 + std::uint64_t(11520) * 512);
        QCOMPARE(model.kv_cache_bytes(300), std::uint64_t(23040) * 300); // shorter than the window
        QCOMPARE(model.kv_cache_bytes(-5), std::uint64_t(0));
        model.windows.clear();
        QCOMPARE(model.kv_cache_bytes(4096), std::uint64_t(23040) * 4096);
        model.kv_bytes_per_token = std::numeric_limits<std::uint64_t>::max();
        QVERIFY(model.kv_cache_bytes(std::numeric_limits<std::int64_t>::max()) > 0); // finite, nothing overflows
        Json damaged = to_json(full_record());
        damaged["model"]["windows"] = "all";
        QVERIFY_EXCEPTION_THROWN(run_record_from_json(damaged, "run.json"), Error);
    }

    void fieldNamesThatScriptsRelyOn() {
        const Json metrics = to_json(*full_record().metrics);
        for (const char* key :
             {"perplexity", "tokens", "sequence_length", "windows", "reference_perplexity", "same_top"})
            QVERIFY2(metrics.contains(key), key);
        for (const char* key : {"mean", "standard_error", "median", "p90", "p99", "p999", "max"})
            QVERIFY2(metrics["kl_divergence"].contains(key), key);
        QVERIFY(metrics["perplexity_ratio"]["value"] == 1.0065);
        Metrics alone;
        alone.perplexity = 20;
        QVERIFY(!to_json(alone).contains("reference_perplexity") && !to_json(alone).contains("kl_divergence"));
        QVERIFY(!metrics_from_json(to_json(alone)).reference_perplexity);
    }

    void whatIsNotFiniteIsNull() {
        QVERIFY(to_json(*full_record().metrics)["kl_divergence"]["max"].is_null());
        QVERIFY(std::isnan(metrics_from_json(to_json(*full_record().metrics)).kl_max));
        Progress progress;
        progress.remaining_seconds = NAN;
        QVERIFY(to_json(Event(progress))["remaining_seconds"].is_null());
    }

    void unknownKeysAreKept() {
        Json json = to_json(full_record());
        json["verdicts"] = Json{{"a", 1}};
        json["model"]["licence"] = "MIT";
        RunRecord record = run_record_from_json(json, "run.json");
        record.status = "failed";
        const Json again = to_json(record);
        QVERIFY(again["verdicts"]["a"] == 1);
        QVERIFY(again["model"]["licence"] == "MIT" && again["model"]["name"] == "M");
        QVERIFY(again["status"] == "failed");
    }

    void recordsThatCannotBeReadSayWhy() {
        Json json = to_json(full_record());
        json["schema"] = 2;
        std::string text = refusal([&] { run_record_from_json(json, "run.json"); });
        QVERIFY(contains(text, "newer version") && contains(text, "run.json"));
        json["schema"] = 1;
        json["layers"][0]["rows"] = "many";
        text = refusal([&] { run_record_from_json(json, "run.json"); });
        QVERIFY(contains(text, "rows") && contains(text, "layers") && contains(text, "run.json"));
        QVERIFY(contains(refusal([&] { run_record_from_json(Json::object(), "run.json"); }), "no schema number"));
        QVERIFY(contains(refusal([&] { run_record_from_json(Json::array(), "run.json"); }), "not the record"));
    }

    void eventsSurviveJson() {
        const std::vector<Event> events{PhaseStarted{"read"},
                                        PhaseFinished{"read", 1.5},
                                        PhaseFinished{"calibrate", 9, 4, {{"forward", 6, 4}, {"smooth", 3, 0}}},
                                        Progress{"calibrate", "model.layers.1", 1, 30, 2, 30, 4, 56},
                                        MatrixFinished{matrix("m")},
                                        StatisticsSaved{"model.layers.0.mlp_input"},
                                        LogLine{LogLevel::warning, msg("Damping of %1 raised", "m")}};
        for (const Event& event : events) {
            const Event again = event_from_json(Json::parse(to_json(event).dump()));
            QCOMPARE(again.index(), event.index());
            QCOMPARE(to_json(again).dump(), to_json(event).dump());
        }
        QVERIFY(contains(refusal([] { event_from_json(Json{{"type", "new"}}); }), "new"));
    }

    void writesAndOpensARun() {
        const QTemporaryDir folder;
        const fs::path run = fs::path(folder.path().toStdString()) / "runs" / "a";
        {
            RunWriter writer(run, RunRecord{});
            QCOMPARE(Run::open(run).record.status, std::string("running")); // a window may look while it goes on
            QVERIFY(Run::open(run).statistics.empty());
            writer.on_event(PhaseStarted{"calibrate"});
            writer.on_event(MatrixFinished{matrix("a")});
            writer.on_event(MatrixFinished{matrix("b")});
            MatrixReport again = matrix("a");
            again.seconds = 3;
            writer.on_event(MatrixFinished{again});
            writer.on_event(PhaseFinished{"calibrate", 2, 1.5, {{"forward", 1, 0.75}}});
            QCOMPARE(Run::open(run).record.layers.size(), std::size_t(2));
            QCOMPARE(Run::open(run).record.layers[0].seconds, 3.0);
            writer.put("model.layers.0.mlp_input", "absmax_before", {1, 2, 3});
            writer.put("model.layers.0.mlp_input", "absmax_before", {4, 5});
            writer.put("model.layers.0.mlp.up_proj", "row_error", {});
            writer.update([](RunRecord& record) { record.status = "done"; });
            writer.flush();
        }
        const Run opened = Run::open(run);
        QCOMPARE(opened.record.id, std::string("a"));
        QCOMPARE(opened.record.status, std::string("done"));
        QCOMPARE(opened.record.phases.at(0).seconds, 2.0);
        QCOMPARE(opened.record.phases.at(0).limit_seconds, 1.5);
        QCOMPARE(opened.record.phases.at(0).stages.at(0).name, std::string("forward"));
        QCOMPARE(opened.record.phases.at(0).stages.at(0).limit_seconds, 0.75);
        QVERIFY((opened.statistics.get("model.layers.0.mlp_input", "absmax_before") == std::vector<float>{4, 5}));
        QVERIFY(opened.statistics.contains("model.layers.0.mlp.up_proj", "row_error") &&
                !opened.statistics.contains("x", "row_error"));
        QVERIFY((opened.statistics.owners() ==
                 std::vector<std::string>{"model.layers.0.mlp.up_proj", "model.layers.0.mlp_input"}));
        QVERIFY(opened.statistics.get("x", "y").empty());
        QCOMPARE(opened.events().size(), std::size_t(5));
        const std::string log = read_file(run / "log.txt");
        QVERIFY(std::regex_search(
            log, std::regex("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z  phase calibrate took 2.0 s\n")));
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(run)) names.insert(entry.path().filename().string());
        QVERIFY((names == std::set<std::string>{"run.json", "statistics.safetensors", "events.jsonl",
                                                "log.txt"})); // nothing temporary stays
    }

    void arraysAreKeptWhenNobodyFlushes() {
        const QTemporaryDir folder;
        const fs::path run = fs::path(folder.path().toStdString()) / "a";
        { RunWriter(run, RunRecord{}).put("o", "s", {1}); }
        QCOMPARE(Run::open(run).statistics.get("o", "s").size(), std::size_t(1));
    }

    void refusesAFolderThatHoldsSomething() {
        const QTemporaryDir folder;
        write_file_atomically(fs::path(folder.path().toStdString()) / "x", "x");
        QVERIFY(contains(refusal([&] { RunWriter(folder.path().toStdString(), {}); }, ErrorCode::unusable_target),
                         "holds something"));
    }

    void progressIsThinnedOut() {
        const QTemporaryDir folder;
        const fs::path run = fs::path(folder.path().toStdString()) / "a";
        const auto start = std::chrono::steady_clock::now();
        {
            RunWriter writer(run, RunRecord{});
            for (int i = 0; i < 5000; ++i)
                writer.on_event(Progress{.phase = "p", .item = "i", .done = double(i), .total = 5000});
            writer.on_event(Progress{.phase = "q", .item = "i"});
        }
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        const std::size_t count = Run::open(run).events().size();
        QVERIFY(count >= 2 && static_cast<double>(count) <= 2 + seconds * 5);
    }

    void isThreadSafe() {
        const QTemporaryDir folder;
        const fs::path run = fs::path(folder.path().toStdString()) / "a";
        RunWriter writer(run, RunRecord{});
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&writer, t] {
                for (int i = 0; i < 200; ++i) {
                    const std::string name = std::to_string(t) + "." + std::to_string(i);
                    writer.on_event(MatrixFinished{matrix(name)});
                    writer.put(name, "s", {float(i)});
                }
            });
        threads.clear();
        writer.flush();
        const Run opened = Run::open(run);
        QCOMPARE(opened.record.layers.size(), std::size_t(800));
        QCOMPARE(opened.events().size(), std::size_t(800));
        QCOMPARE(opened.statistics.get("3.199", "s").at(0), 199.0f);
    }

    void eventsCutShortAndFromTheFuture() {
        const QTemporaryDir folder;
        const fs::path run = fs::path(folder.path().toStdString()) / "a";
        { RunWriter(run, RunRecord{}).on_event(PhaseStarted{"read"}); }
        std::ofstream(run / "events.jsonl", std::ios::app) << "{\"type\": \"teleported\"}\n{\"type\": \"phase_st";
        QCOMPARE(Run::open(run).events().size(), std::size_t(1));
        std::ofstream(run / "events.jsonl", std::ios::app) << "\n";
        QVERIFY(contains(refusal([&] { Run::open(run).events(); }), "line 3"));
        fs::remove(run / "events.jsonl");
        QVERIFY(Run::open(run).events().empty());
    }

    void damagedRunFolders() {
        const QTemporaryDir folder;
        const fs::path run = fs::path(folder.path().toStdString()) / "a";
        QVERIFY(contains(refusal([&] { Run::open(run); }), "not a run folder"));
        { RunWriter(run, RunRecord{}); }
        write_file_atomically(run / "statistics.safetensors", "nonsense");
        QVERIFY(contains(refusal([&] { Run::open(run); }), "statistics"));
        write_file_atomically(run / "run.json", "{\"schema\": 1,");
        QVERIFY(contains(refusal([&] { Run::open(run); }), "run.json"));
    }

    void pathsThatAreNotUtf8() {
        const QTemporaryDir folder;
        const fs::path run = fs::path(folder.path().toStdString()) / "a";
        RunRecord record;
        record.model.path = "/m\xff";
        { RunWriter writer(run, record); }
        QCOMPARE(Run::open(run).record.model.path, std::string("/m\xef\xbf\xbd"));
    }

    void defaultFolders() {
        const QTemporaryDir folder;
        qputenv("OCTAVO_DATA", folder.path().toUtf8());
        const auto name = [](const fs::path& path) { return path.filename().string(); };
        const fs::path first = default_run_folder("Org/My model (α)", "W8A8");
        QVERIFY2(std::regex_match(name(first), std::regex("\\d{8}-\\d{6}-Org-My-model-W8A8")), first.c_str());
        QCOMPARE(first.parent_path(), fs::path(folder.path().toStdString()) / "runs");
        QVERIFY(std::regex_match(name(default_run_folder("../..", "")), std::regex("\\d{8}-\\d{6}-model-run")));
        // Occupies this second and the next ones, so that the answer does not depend on when the clock ticks.
        fs::path taken = first;
        for (int i = 0; i < 200 && !std::regex_match(name(taken), std::regex(".*-W8A8-3")); ++i) {
            taken = default_run_folder("Org/My model (α)", "W8A8");
            QVERIFY(!fs::exists(taken));
            fs::create_directories(taken);
        }
        QVERIFY(std::regex_match(name(taken), std::regex(".*-W8A8-3")));
    }

    void histogramEdges() {
        QCOMPARE(histogram_lower_edge(0), 0.0);
        QCOMPARE(histogram_lower_edge(1), std::ldexp(1.0, -20));
        QCOMPARE(histogram_lower_edge(9), std::ldexp(1.0, -19)); // 8 bins per octave
        QCOMPARE(histogram_lower_edge(161), 1.0);
        QCOMPARE(histogram_lower_edge(histogram_bins), std::ldexp(1.0, 20));
    }
};

QTEST_APPLESS_MAIN(TestRun)
#include "test_run.moc"
