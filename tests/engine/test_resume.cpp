// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "job/journal.h"
#include "workshop.h"

using namespace octavo;

namespace {

/// Asks for a stop when the n-th matrix is finished, which is when a layer that was begun is lost.
class StopAfter final : public Sink {
public:
    explicit StopAfter(int matrices) : left_(matrices) {}
    void on_event(const Event& event) override {
        if (std::holds_alternative<MatrixFinished>(event) && --left_ == 0) source_.request_stop();
        if (const auto* line = std::get_if<LogLine>(&event)) log_ += line->message.english() + "\n";
    }
    std::stop_token token() const { return source_.get_token(); }
    const std::string& log() const { return log_; }

private:
    int left_;
    std::stop_source source_;
    std::string log_;
};

tiny::Options four_layers() {
    tiny::Options out;
    out.layers = 4;
    return out;
}

Recipe recipe() { return recipe_of("W8A8", SmoothingMode::automatic); }

void interrupt(const QuantizeRequest& request, int matrices, std::string* log = nullptr) {
    StopAfter sink(matrices);
    try {
        octavo::quantize(request, sink, sink.token());
        QFAIL("the job was not cancelled");
    } catch (const Error& error) {
        QVERIFY2(error.code() == ErrorCode::cancelled, error.what());
    }
    if (log) *log = sink.log();
}

template <class Work>
std::string refusal(const Work& work, ErrorCode code) {
    try {
        work();
    } catch (const Error& error) {
        return error.code() == code ? error.message().english() : "another code: " + error.message().english();
    }
    return "no error";
}

} // namespace

// An interrupted job goes on where it was and ends with the bytes of one that nobody interrupted.
class TestResume : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void same_bytes_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<bool>("biases");
        QTest::addColumn<QList<int>>("stops");
        QTest::addColumn<QList<int>>("kept");
        QTest::addColumn<Correction>("correction");
        // Seven matrices a layer; a layer is kept when its last one is finished.
        QTest::newRow("after the first layer") << "W8A8" << false << QList{7} << QList{1} << Correction::none;
        QTest::newRow("in the third layer") << "W8A8" << true << QList{17} << QList{2} << Correction::none;
        QTest::newRow("after the last layer") << "W8A8" << false << QList{28} << QList{4} << Correction::none;
        QTest::newRow("twice") << "W8A8" << false << QList{9, 21} << QList{1, 3} << Correction::none;
        QTest::newRow("zero points") << "W4A16_ASYM" << true << QList{14} << QList{2} << Correction::none;
        QTest::newRow("global and static scales") << "NVFP4" << false << QList{14} << QList{2} << Correction::none;
        QTest::newRow("FP8, scales of the cache") << "FP8_DYNAMIC" << true << QList{14} << QList{2} << Correction::none;
        QTest::newRow("beside the original") << "W8A8" << true << QList{14} << QList{2} << Correction::residual;
        QTest::newRow("beside the original, inputs") << "W4A16" << true << QList{9} << QList{1} << Correction::inputs;
    }
    void same_bytes() {
        QFETCH(QString, scheme);
        QFETCH(bool, biases);
        QFETCH(QList<int>, stops);
        QFETCH(QList<int>, kept);
        tiny::Options options = four_layers();
        options.attention_bias = biases;
        const Workshop shop(options);
        Recipe used = recipe_of(scheme.toUtf8().constData(), SmoothingMode::automatic);
        used.group_fit = GroupFit::common;
        QFETCH(Correction, correction);
        used.solver.correction = correction;
        // What else rewrites a layer before it is solved, a bias among it.
        used.smoothing.rotate_values = used.smoothing.rotate_residual = used.solver.relative =
            correction != Correction::none;
        if (scheme == "FP8_DYNAMIC") used.kv_cache = KvCache::fp8_per_head;
        shop.run("whole", used);

        QuantizeRequest request = shop.request("out", used);
        for (qsizetype i = 0; i < stops.size(); ++i) {
            interrupt(request, stops[i]);
            QVERIFY(!tiny::fs::exists(shop.root() / "out"));
            QCOMPARE(Journal::open(shop.root() / "run-out").layers(), kept[i]);
            request = resumable_request(shop.root() / "run-out");
        }
        FanOut nobody({});
        const RunRecord record = octavo::quantize(request, nobody, {});
        QCOMPARE(record.status, "done");
        QVERIFY(shop.files("out") == shop.files("whole"));
        const auto numbers = [&](const char* run) {
            return tiny::read_text(shop.root() / run / "statistics.safetensors");
        };
        QVERIFY(numbers("run-out") == numbers("run-whole"));
        const Run whole = Run::open(shop.root() / "run-whole"), resumed = Run::open(shop.root() / "run-out");
        QCOMPARE(resumed.record.layers.size(), whole.record.layers.size());
        for (std::size_t i = 0; i < whole.record.layers.size(); ++i) {
            QCOMPARE(resumed.record.layers[i].name, whole.record.layers[i].name);
            QCOMPARE(resumed.record.layers[i].relative_error, whole.record.layers[i].relative_error);
        }
        QVERIFY(!tiny::fs::exists(shop.root() / "run-out" / "journal"));
    }

    /// What a killed process leaves: a run that says "running" and a journal, whatever was being written cut short.
    void a_process_that_was_killed() {
        const Workshop shop(four_layers());
        shop.run("whole", recipe());
        interrupt(shop.request("out", recipe()), 14);
        const tiny::fs::path run = shop.root() / "run-out";
        tiny::Json json = tiny::Json::parse(tiny::read_text(run / "run.json"));
        json["status"] = "running";
        json["layers"] = tiny::Json::array();
        tiny::write_text(run / "run.json", json.dump());
        tiny::fs::remove(run / "statistics.safetensors");
        tiny::write_text(run / "journal" / "layer.tmp", "cut sho");
        FanOut nobody({});
        octavo::quantize(resumable_request(run), nobody, {});
        QVERIFY(shop.files("out") == shop.files("whole"));
        QVERIFY(tiny::read_text(run / "statistics.safetensors") ==
                tiny::read_text(shop.root() / "run-whole" / "statistics.safetensors"));
    }

    void says_how_to_go_on() {
        const Workshop shop(four_layers());
        std::string log;
        interrupt(shop.request("out", recipe()), 14, &log);
        QVERIFY2(log.find("2 of 4 layers are kept") != std::string::npos, log.c_str());
        QVERIFY2(log.find((shop.root() / "run-out").string()) != std::string::npos, log.c_str());
    }

    void nothing_is_kept_before_a_layer_is_finished() {
        const Workshop shop(four_layers());
        std::stop_source source;
        class AtOnce final : public Sink {
        public:
            explicit AtOnce(std::stop_source& stop) : source_(stop) {}
            void on_event(const Event& event) override {
                if (std::holds_alternative<StatisticsSaved>(event)) source_.request_stop();
            }

        private:
            std::stop_source& source_;
        } sink(source);
        const QuantizeRequest request = shop.request("out", recipe());
        QCOMPARE(refusal([&] { octavo::quantize(request, sink, source.get_token()); }, ErrorCode::cancelled),
                 "Cancelled");
        QVERIFY(!tiny::fs::exists(shop.root() / "run-out" / "journal"));
        QVERIFY(refusal([&] { resumable_request(shop.root() / "run-out"); }, ErrorCode::unusable_run)
                    .starts_with("There is nothing to resume"));
    }

    void another_job_is_refused_data() {
        QTest::addColumn<int>("change");
        QTest::addColumn<QString>("message");
        QTest::newRow("recipe") << 0 << "The recipe is not the one";
        QTest::newRow("tokens") << 1 << "The calibration data are not those";
        QTest::newRow("model") << 2 << "The model has changed";
        QTest::newRow("threads") << 3 << "The run was started with another number of threads";
        QTest::newRow("damaged layer") << 4 << "The journal of the run is damaged";
        QTest::newRow("damaged job") << 5 << "The journal of the run is damaged";
    }
    void another_job_is_refused() {
        QFETCH(int, change);
        QFETCH(QString, message);
        const Workshop shop(four_layers());
        interrupt(shop.request("out", recipe()), 14);
        const tiny::fs::path journal = shop.root() / "run-out" / "journal";
        QuantizeRequest request = resumable_request(shop.root() / "run-out");
        switch (change) {
        case 0: request.recipe.solver.damping = 0.02; break;
        case 1: tiny::write_text(shop.root() / "ids.json", "[[1, 2, 3, 4, 5, 6, 7, 8]]"); break;
        case 2:
            tiny::fs::last_write_time(shop.root() / "model" / "model.safetensors",
                                      tiny::fs::file_time_type::clock::now() + std::chrono::hours(1));
            break;
        case 3: request.threads = 1; break;
        case 4: tiny::write_text(journal / "layer-00001.safetensors", "none"); break;
        default: tiny::write_text(journal / "job.json", "[]"); break;
        }
        FanOut nobody({});
        const std::string said = refusal([&] { octavo::quantize(request, nobody, {}); }, ErrorCode::unusable_run);
        QVERIFY2(QString::fromStdString(said).startsWith(message), said.c_str());
        // Nothing was lost by the attempt.
        QVERIFY(tiny::fs::exists(journal / "layer-00000.safetensors"));
        QVERIFY(!tiny::fs::exists(shop.root() / "out"));
    }

    void one_process_at_a_time() {
        const Workshop shop(four_layers());
        interrupt(shop.request("out", recipe()), 14);
        const Journal held = Journal::open(shop.root() / "run-out");
        QCOMPARE(refusal([&] { Journal::open(shop.root() / "run-out"); }, ErrorCode::unusable_run),
                 "Another process is working on this run");
    }
};

QTEST_APPLESS_MAIN(TestResume)
#include "test_resume.moc"
