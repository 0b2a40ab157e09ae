// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <numeric>
#include <set>

#include "compressed_tensors/verifier.h"
#include "job/job.h"
#include "support/tiny_model.h"

using namespace octavo;
namespace fs = std::filesystem;

namespace {

class Watcher final : public Sink {
public:
    std::function<void(const Event&)> then;
    std::vector<std::string> phases;
    int matrices = 0;
    void on_event(const Event& event) override {
        if (const auto* phase = std::get_if<PhaseFinished>(&event)) phases.push_back(phase->phase);
        if (std::holds_alternative<MatrixFinished>(event)) ++matrices;
        if (then) then(event);
    }
};

} // namespace

class TestQuantize : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> directory_;
    fs::path root_;

    QuantizeRequest request(const char* scheme = "FP8_DYNAMIC") const {
        QuantizeRequest out;
        out.model = root_ / "model";
        out.output = root_ / "out";
        out.run_directory = root_ / "run";
        out.recipe = Recipe::for_scheme(preset(scheme));
        out.recipe.solver.method = SolverMethod::round_to_nearest;
        out.recipe.smoothing.mode = SmoothingMode::off;
        out.device = "cpu";
        return out;
    }

    /// The job fails with `code`, and beside the model only the names in `left` exist afterwards.
    void check_refused(const QuantizeRequest& wanted, ErrorCode code, const std::set<std::string>& left,
                       const std::string& tensor = {}) {
        Watcher watcher;
        try {
            quantize(wanted, watcher, {});
            QFAIL("the job was not refused");
        } catch (const Error& error) {
            QVERIFY2(error.code() == code, error.what());
            QVERIFY(!error.message().empty());
            QVERIFY(!error.advice().empty());
            if (!tensor.empty()) QCOMPARE(error.place().tensor, tensor);
        }
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(root_)) found.insert(entry.path().filename().string());
        found.erase("model");
        QCOMPARE(found, left);
    }

    void edit_tensor(const std::string& name, std::uint16_t bits) {
        tiny::Tensors tensors = tiny::tensors({});
        for (auto& [found, tensor] : tensors)
            if (found == name) std::memcpy(tensor.bytes.data() + 8, &bits, 2);
        tiny::write_safetensors(root_ / "model/model.safetensors", tensors);
    }

private Q_SLOTS:
    void init() {
        directory_ = std::make_unique<QTemporaryDir>();
        root_ = directory_->path().toStdString();
        tiny::write(root_ / "model");
    }

    void whole_job_data() {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("FP8_DYNAMIC") << "FP8_DYNAMIC";
        QTest::newRow("W8A8 rounded") << "W8A8";
    }
    void whole_job() {
        QFETCH(QString, scheme);
        Watcher watcher;
        const RunRecord record = quantize(request(scheme.toStdString().c_str()), watcher, {});
        QCOMPARE(record.status, "done");
        QVERIFY(passed(record.checks));
        QVERIFY(passed(verify_export(root_ / "out")));
        QCOMPARE(watcher.phases, (std::vector<std::string>{"read", "encode", "export", "verify"}));
        QCOMPARE(watcher.matrices, 14);
        const Run run = Run::open(root_ / "run");
        QCOMPARE(run.record.status, "done");
        QCOMPARE(run.record.layers.size(), std::size_t(14));
        QCOMPARE(run.record.phases.size(), std::size_t(4));
        QVERIFY(run.record.peak_resident_bytes > 1000000);
        QVERIFY(run.record.weight_bytes_after < run.record.weight_bytes_before);
        std::uint64_t kinds = 0;
        for (const auto& [kind, bytes] : run.record.bytes_by_kind_after) kinds += bytes;
        QCOMPARE(kinds, run.record.weight_bytes_after);
        for (const MatrixReport& matrix : run.record.layers) {
            // Step/√12 against uniform weights; FP8 keeps 3 bits of mantissa: about 31 dB.
            QVERIFY2(matrix.weight_sqnr_db > (scheme == "W8A8" ? 40 : 28) && matrix.weight_sqnr_db < 60,
                     qPrintable(QString::number(matrix.weight_sqnr_db)));
            const std::vector<float> histogram = run.statistics.get(matrix.name, "weight_histogram");
            QCOMPARE(histogram.size(), std::size_t(256));
            QCOMPARE(std::accumulate(histogram.begin(), histogram.end(), 0.0), double(matrix.rows * matrix.columns));
            QCOMPARE(run.statistics.get(matrix.name, "weight_scale").size(), std::size_t(matrix.rows));
        }
    }

    void same_bytes_for_any_number_of_threads() {
        Watcher watcher;
        QuantizeRequest one = request(), many = request();
        one.threads = 1;
        many.threads = 5;
        many.output = root_ / "many";
        many.run_directory = root_ / "run-many";
        const RunRecord first = quantize(one, watcher, {}), second = quantize(many, watcher, {});
        QVERIFY(tiny::read_text(root_ / "out/model.safetensors") == tiny::read_text(root_ / "many/model.safetensors"));
        for (std::size_t i = 0; i < first.layers.size(); ++i)
            QCOMPARE(first.layers[i].weight_sqnr_db, second.layers[i].weight_sqnr_db);
    }

    void unknown_architecture_needs_names_only() {
        tiny::Options options;
        options.architecture = "NobodyKnowsForCausalLM";
        options.model_type = "nobody_knows";
        tiny::write(root_ / "model", options);
        Watcher watcher;
        QCOMPARE(quantize(request(), watcher, {}).status, "done");
        QCOMPARE(watcher.matrices, 14);
        QVERIFY(passed(verify_export(root_ / "out")));
    }

    void cancel_leaves_nothing_at_the_output() {
        std::stop_source source;
        Watcher watcher;
        watcher.then = [&](const Event& event) {
            if (std::holds_alternative<MatrixFinished>(event)) source.request_stop();
        };
        try {
            quantize(request(), watcher, source.get_token());
            QFAIL("the job was not cancelled");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::cancelled);
        }
        QCOMPARE(watcher.matrices, 1);
        QCOMPARE(std::distance(fs::directory_iterator(root_), {}), 2); // model and run
        QCOMPARE(Run::open(root_ / "run").record.status, "cancelled");
    }

    void bad_weights_are_named() {
        edit_tensor("model.layers.1.mlp.up_proj.weight", 0x7fc0);
        check_refused(request(), ErrorCode::not_finite, {"run"}, "model.layers.1.mlp.up_proj.weight");
        QCOMPARE(Run::open(root_ / "run").record.status, "failed");
        fs::remove_all(root_ / "run");
        edit_tensor("model.norm.weight", 0xff80);
        check_refused(request(), ErrorCode::not_finite, {}, "model.norm.weight");
    }

    void refused_at_the_door() {
        QuantizeRequest wanted = request();
        wanted.recipe.ignore.push_back("model.layers.7.mlp.up_proj");
        check_refused(wanted, ErrorCode::unusable_recipe, {});
        wanted = request();
        wanted.device = "gpu";
        check_refused(wanted, ErrorCode::usage, {});
        wanted = request();
        wanted.device = "cuda:99";
        check_refused(wanted, ErrorCode::device_lost, {});
        wanted = request();
        wanted.output = root_ / "model/out";
        check_refused(wanted, ErrorCode::unusable_target, {});
        wanted = request();
        wanted.run_directory = root_ / "out/run";
        check_refused(wanted, ErrorCode::unusable_target, {});
        wanted = request();
        wanted.recipe = Recipe::for_scheme(preset("W8A8"));
        wanted.calibration = root_ / "nothing.jsonl";
        check_refused(wanted, ErrorCode::unusable_data, {});
        wanted = request();
        wanted.model = root_ / "nothing";
        check_refused(wanted, ErrorCode::unusable_model, {});
    }

    void quantized_model_is_refused() {
        Watcher watcher;
        quantize(request(), watcher, {});
        QuantizeRequest wanted = request();
        wanted.model = root_ / "out";
        wanted.output = root_ / "again";
        wanted.run_directory = root_ / "run-again";
        check_refused(wanted, ErrorCode::unusable_model, {"out", "run"});
    }
};

QTEST_APPLESS_MAIN(TestQuantize)
#include "test_quantize.moc"
