// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "compressed_tensors/verifier.h"
#include "engine/engine.h"
#include "workshop.h"

using namespace octavo;

namespace {

/// Holds the job at the event that `when` picks until another thread has asked it to stop.
class Interrupter final : public Sink {
public:
    explicit Interrupter(std::function<bool(const Event&)> when) : when_(std::move(when)), other_([this] { ask(); }) {}
    ~Interrupter() override {
        {
            const std::lock_guard lock(guard_);
            reached_ = true;
        }
        changed_.notify_all();
        other_.join();
    }

    void on_event(const Event& event) override {
        if (stopped_at_) ++after_;
        if (stopped_at_ || !when_(event)) return;
        stopped_at_ = true;
        std::unique_lock lock(guard_);
        reached_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return asked_; });
    }

    std::stop_token token() const { return source_.get_token(); }
    bool was_reached() const { return stopped_at_; }
    int events_after() const { return after_; }

private:
    void ask() {
        std::unique_lock lock(guard_);
        changed_.wait(lock, [this] { return reached_; });
        source_.request_stop();
        asked_ = true;
        changed_.notify_all();
    }

    std::function<bool(const Event&)> when_;
    std::stop_source source_;
    std::mutex guard_;
    std::condition_variable changed_;
    bool reached_ = false, asked_ = false, stopped_at_ = false;
    int after_ = 0;
    std::thread other_;
};

template <class Wanted> std::function<bool(const Event&)> nth(int count) {
    return [count](const Event& event) mutable { return std::holds_alternative<Wanted>(event) && count-- == 0; };
}

std::function<bool(const Event&)> phase(const char* name) {
    return [name](const Event& event) {
        const auto* started = std::get_if<PhaseStarted>(&event);
        return started && started->phase == name;
    };
}

} // namespace

// A stop asked for by another thread, wherever the job is: it ends as cancelled, leaves nothing at the output and a run folder that opens.
class TestCancel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quantization_data() {
        QTest::addColumn<int>("index");
        const char* names[] = {"first progress", "first statistics", "statistics of the second layer", "third matrix", "last matrix", "calibration starts", "export starts", "verification starts"};
        for (int i = 0; i < 8; ++i) QTest::newRow(names[i]) << i;
    }
    void quantization() {
        QFETCH(int, index);
        const std::function<bool(const Event&)> points[] = {nth<Progress>(0), nth<StatisticsSaved>(0), nth<StatisticsSaved>(12), nth<MatrixFinished>(2),
                                                            nth<MatrixFinished>(13), phase("calibrate"), phase("export"), phase("verify")};
        const Workshop shop;
        Interrupter interrupter(points[index]);
        const QuantizeRequest request = shop.request("out", recipe_of("W8A8", SmoothingMode::automatic));
        try {
            octavo::quantize(request, interrupter, interrupter.token());
            QFAIL("the job was not cancelled");
        } catch (const Error& error) {
            QVERIFY2(error.code() == ErrorCode::cancelled, error.what());
        }
        QVERIFY(interrupter.was_reached());
        std::set<std::string> left;
        for (const auto& entry : tiny::fs::directory_iterator(shop.root())) left.insert(entry.path().filename().string());
        QCOMPARE(left, (std::set<std::string>{"ids.json", "model", "run-out"}));
        const Run run = Run::open(shop.root() / "run-out");
        QCOMPARE(run.record.status, "cancelled");
        QVERIFY(run.record.error.empty());
        QVERIFY(!run.events().empty());
        // What was seen until then can be drawn.
        for (const MatrixReport& matrix : run.record.layers) QVERIFY(run.statistics.contains(matrix.name, "row_error"));
    }

    void cancelled_before_it_starts() {
        const Workshop shop;
        std::stop_source source;
        source.request_stop();
        FanOut nobody({});
        const QuantizeRequest request = shop.request("out", recipe_of("W8A8", SmoothingMode::automatic));
        try {
            octavo::quantize(request, nobody, source.get_token());
            QFAIL("the job was not cancelled");
        } catch (const Error& error) {
            QVERIFY2(error.code() == ErrorCode::cancelled, error.what());
        }
        QVERIFY(!tiny::fs::exists(shop.root() / "out") && !tiny::fs::exists(shop.root() / "run-out"));
    }

    void a_cancelled_job_can_be_repeated() {
        const Workshop shop;
        QuantizeRequest request = shop.request("out", recipe_of("W8A8", SmoothingMode::automatic));
        {
            Interrupter interrupter(nth<MatrixFinished>(3));
            try {
                octavo::quantize(request, interrupter, interrupter.token());
                QFAIL("the job was not cancelled");
            } catch (const Error& error) {
                QVERIFY2(error.code() == ErrorCode::cancelled, error.what());
            }
        }
        FanOut nobody({});
        request.run_directory = shop.root() / "run-again";
        QCOMPARE(octavo::quantize(request, nobody, {}).status, "done");
        shop.run("fresh", request.recipe);
        QVERIFY(shop.files("out") == shop.files("fresh"));
    }

    void reading_and_verifying() {
        const Workshop shop;
        shop.run("out", recipe_of("FP8_DYNAMIC", SmoothingMode::off, SolverMethod::round_to_nearest));
        std::stop_source source;
        source.request_stop();
        const auto cancelled = [](const std::function<void()>& work) {
            try {
                work();
            } catch (const Error& error) {
                return error.code() == ErrorCode::cancelled;
            }
            return false;
        };
        QVERIFY(cancelled([&] { verify_export(shop.root() / "out", {}, source.get_token()); }));
        QVERIFY(passed(verify_export(shop.root() / "out", {}, {})));
        tiny::write_text(shop.root() / "chats.jsonl", "{\"text\": \"one\"}\n{\"text\": \"two\"}\n");
        QVERIFY(cancelled([&] { read_dataset(shop.root() / "chats.jsonl", source.get_token()); }));
        const std::vector<Sample> samples = read_dataset(shop.root() / "chats.jsonl");
        QCOMPARE(samples.size(), std::size_t(2));
        QVERIFY(cancelled([&] { build_calibration_set(samples, Tokenizer(shop.root() / "model"), {}, "chats", source.get_token()); }));
    }

    void evaluation() {
        const Workshop shop;
        EvaluateRequest request;
        request.model = request.reference = shop.root() / "model";
        request.sequence_length = 32;
        request.device = "cpu";
        Interrupter interrupter(nth<Progress>(0));
        try {
            load_engine().evaluate(request, interrupter, interrupter.token());
            QFAIL("the evaluation was not cancelled");
        } catch (const Error& error) {
            QVERIFY2(error.code() == ErrorCode::cancelled, error.what());
        }
        QVERIFY(interrupter.was_reached());
        QCOMPARE(interrupter.events_after(), 0);
    }
};

QTEST_APPLESS_MAIN(TestCancel)
#include "test_cancel.moc"
