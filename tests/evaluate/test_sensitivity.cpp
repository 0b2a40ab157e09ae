// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <functional>

#include "allocate/study.h"
#include "engine/engine.h"
#include "engine/workshop.h"
#include "job/job.h"

using namespace octavo;

namespace {

struct Listener final : Sink {
    std::vector<SensitivityRow> rows;
    int progress = 0;
    std::function<void(const Event&)> also = [](const Event&) {};
    void on_event(const Event& event) override {
        if (const auto* measured = std::get_if<SensitivityMeasured>(&event)) rows.push_back(measured->row);
        if (std::holds_alternative<Progress>(event)) ++progress;
        also(event);
    }
};

std::string text() {
    std::string out;
    for (int i = 0; i < 60; ++i) out += "Line " + std::to_string(i * 37 % 101) + ": the quick brown fox, again.\n";
    return out;
}

} // namespace

class TestSensitivity : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Workshop> shop_;

    SensitivityRequest request(std::vector<std::string> schemes) const {
        SensitivityRequest out;
        out.model = shop_->root() / "model";
        out.text = shop_->root() / "text.txt";
        for (const std::string& name : schemes) out.schemes.push_back(preset(name));
        out.windows = 5;
        out.sequence_length = 48;
        out.threads = 1; // a second one would only wait for it
        out.device = "cpu";
        return out;
    }

    static SensitivityTable measure(const SensitivityRequest& request, std::stop_token stop = {}) {
        FanOut nobody({});
        return load_engine().measure_sensitivity(request, nobody, stop);
    }

    /// Everything else is kept in 16 bit.
    Override all_but(const SensitivityRow& row) const {
        Override rest;
        for (const Module& module : modules_of(ModelFolder(shop_->root() / "model")))
            if (std::find(row.modules.begin(), row.modules.end(), module.name) == row.modules.end() &&
                module.role != "lm_head")
                rest.targets.push_back(module.name);
        return rest;
    }

    /// Of an export, on the windows of request().
    Metrics metrics_of(const std::string& name) const {
        EvaluateRequest evaluation;
        evaluation.model = shop_->root() / name;
        evaluation.reference = shop_->root() / "model";
        evaluation.text = shop_->root() / "text.txt";
        evaluation.windows = 5;
        evaluation.sequence_length = 48;
        evaluation.device = "cpu";
        evaluation.threads = 1;
        FanOut nobody({});
        return load_engine().evaluate(evaluation, nobody, {}).metrics;
    }

private Q_SLOTS:
    void initTestCase() {
        tiny::Options options;
        options.layers = 3;
        shop_ = std::make_unique<Workshop>(options);
        shop_->raise_norms();
        tiny::write_text(shop_->root() / "text.txt", text());
    }

    /// The same by the long way: an export in which only this group is quantized, read back from disk and compared
    /// with the original over all layers.
    void divergences_equal_those_of_exports_data() {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("W8A8") << "W8A8";
        QTest::newRow("FP8_DYNAMIC") << "FP8_DYNAMIC";
    }
    void divergences_equal_those_of_exports() {
        QFETCH(QString, scheme);
        const SensitivityTable table = measure(request({scheme.toStdString()}));
        QCOMPARE(table.rows.size(), std::size_t(3 * 4));
        QVERIFY(table.complete);
        QCOMPARE(table.tier(), 3);
        QCOMPARE(table.protocol.windows, 5);
        for (const std::size_t i : {0u, 1u, 6u, 7u, 11u}) {
            const SensitivityRow& row = table.rows[i];
            Recipe recipe =
                recipe_of(scheme.toLatin1().constData(), SmoothingMode::off, SolverMethod::round_to_nearest);
            recipe.overrides.push_back(all_but(row));
            const std::string name = scheme.toStdString() + std::to_string(i);
            shop_->run(name, recipe);
            const Metrics metrics = metrics_of(name);
            QVERIFY(metrics.kl_divergence.value > 1e-6); // well above what float32 leaves behind
            QVERIFY2(std::abs(row.kl->mean - metrics.kl_divergence.value) < 2e-3 * metrics.kl_divergence.value + 2e-8,
                     qPrintable(QString("%1: %2 instead of %3")
                                    .arg(row.group.c_str())
                                    .arg(row.kl->mean)
                                    .arg(metrics.kl_divergence.value)));
            QVERIFY(std::abs(row.kl->same_top - metrics.same_top) < 1.5 / double(metrics.tokens));
            QCOMPARE(row.kl->tokens, metrics.tokens);
            QVERIFY(row.kl->low <= row.kl->mean && row.kl->mean <= row.kl->high);
        }
    }

    void results_do_not_depend_on_how_many_streams_go_together() {
        SensitivityRequest one = request({"W8A8", "FP8_DYNAMIC"});
        const SensitivityTable together = measure(one);
        one.memory_bytes = 1; // a single stream at a time
        const SensitivityTable alone = measure(one);
        QCOMPARE(together.rows.size(), alone.rows.size());
        for (std::size_t i = 0; i < together.rows.size(); ++i)
            QVERIFY(std::abs(together.rows[i].kl->mean / alone.rows[i].kl->mean - 1) < 1e-4);
    }

    void the_same_seed_gives_the_same_table() {
        const SensitivityTable first = measure(request({"W8A8"})), second = measure(request({"W8A8"}));
        for (std::size_t i = 0; i < first.rows.size(); ++i) {
            QCOMPARE(first.rows[i].kl->mean, second.rows[i].kl->mean);
            QCOMPARE(first.rows[i].kl->low, second.rows[i].kl->low);
            QCOMPARE(first.rows[i].kl->windows, second.rows[i].kl->windows);
        }
    }

    void what_lies_before_a_group_is_computed_once() {
        const SensitivityTable table = measure(request({"W8A8"}));
        // 12 groups of 3 layers: 4 · (3 + 2 + 1) suffixes, the reference once for the states and once along with each
        // two of them.
        QVERIFY(std::abs(table.layer_forwards - (3 + 4 * 6 + 2 * 6)) < 1e-6);
    }

    void results_come_while_it_runs_and_an_interrupted_table_goes_on() {
        SensitivityRequest asked = request({"W8A8", "FP8_DYNAMIC"});
        asked.file = shop_->root() / "table.json";
        Listener listener;
        std::stop_source source;
        int measured = 0;
        listener.also = [&](const Event& event) {
            const auto* one = std::get_if<SensitivityMeasured>(&event);
            if (one && one->row.kl && ++measured == 5) source.request_stop();
        };
        try {
            load_engine().measure_sensitivity(asked, listener, source.get_token());
            QFAIL("was not stopped");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::cancelled);
        }
        const SensitivityTable partial = read_sensitivity(asked.file);
        QVERIFY(!partial.complete);
        const auto has = [](const SensitivityRow& row) { return row.kl.has_value(); };
        const auto kept = std::count_if(partial.rows.begin(), partial.rows.end(), has);
        QVERIFY(kept > 0 && kept < 24);

        Listener again;
        const SensitivityTable whole = load_engine().measure_sensitivity(asked, again, {});
        QVERIFY(whole.complete);
        QCOMPARE(std::count_if(again.rows.begin(), again.rows.end(), has), 24 - kept);
        const SensitivityTable fresh = measure(request({"W8A8", "FP8_DYNAMIC"}));
        for (std::size_t i = 0; i < whole.rows.size(); ++i)
            QVERIFY(std::abs(whole.rows[i].kl->mean / fresh.rows[i].kl->mean - 1) < 1e-4);
        QVERIFY(read_sensitivity(asked.file).complete);

        // Another protocol is not mixed in.
        asked.windows = 3;
        QVERIFY_EXCEPTION_THROWN(measure(asked), Error);
        asked.overwrite = true;
        QCOMPARE(measure(asked).protocol.windows, 3);
    }

    void a_run_gives_its_errors_and_its_smoothing() {
        Recipe recipe = recipe_of("W8A8", SmoothingMode::fixed);
        recipe.smoothing.strength = 0.8;
        shop_->run("smoothed", recipe);
        SensitivityRequest asked = request({"W8A8", "FP8_DYNAMIC"});
        const SensitivityTable plain = measure(asked);
        asked.runs = {shop_->root() / "run-smoothed"};
        const SensitivityTable smoothed = measure(asked);
        const Run run = Run::open(asked.runs.front());
        for (std::size_t i = 0; i < smoothed.rows.size(); ++i) {
            const SensitivityRow& row = smoothed.rows[i];
            if (row.scheme == "FP8_DYNAMIC") { // not the run's scheme: as without a run
                QCOMPARE(row.kl->mean, plain.rows[i].kl->mean);
                QVERIFY(!row.relative_error_solved);
                continue;
            }
            QVERIFY(row.kl->mean != plain.rows[i].kl->mean);
            QVERIFY(row.relative_error_solved && row.relative_error_rounding);
            if (row.modules.size() > 1) continue;
            for (const MatrixReport& report : run.record.layers)
                if (report.name == row.modules.front()) {
                    QVERIFY(std::abs(*row.relative_error_solved / report.relative_error - 1) < 1e-5);
                    QVERIFY(std::abs(*row.relative_error_rounding / report.relative_error_rounding - 1) < 1e-5);
                }
        }
    }

    /// The export of a run that quantized one group alone has the divergence that the run's own matrices are found to
    /// cost; its smoothing reaches over the norm or the matrix before it, which the export rounds to bf16.
    void solved_matrices_are_those_of_the_run_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<bool>("smoothed");
        QTest::newRow("W8A8") << "W8A8" << false;
        QTest::newRow("W8A8, smoothed") << "W8A8" << true;
        QTest::newRow("W4A16") << "W4A16_CHANNEL" << false;
        QTest::newRow("W4A16, smoothed") << "W4A16_CHANNEL" << true;
        QTest::newRow("FP8_DYNAMIC") << "FP8_DYNAMIC" << false;
    }
    void solved_matrices_are_those_of_the_run() {
        QFETCH(QString, scheme);
        QFETCH(bool, smoothed);
        FanOut nobody({});
        const SensitivityTable groups = start_table(request({scheme.toStdString()}), nobody, {});
        for (const std::size_t i : {0u, 5u, 6u, 11u}) {
            Recipe recipe = Recipe::for_scheme(preset(scheme.toStdString()));
            recipe.smoothing.mode = smoothed ? SmoothingMode::fixed : SmoothingMode::off;
            recipe.smoothing.rule = SmoothingRule::smoothquant;
            recipe.smoothing.strength = 0.7;
            recipe.overrides.push_back(all_but(groups.rows[i]));
            const std::string name = "solved-" + QByteArray(QTest::currentDataTag()).toStdString() + std::to_string(i);
            shop_->run(name, recipe);
            SensitivityRequest asked = request({scheme.toStdString()});
            asked.runs = {shop_->root() / ("run-" + name)};
            const double rounded = measure(asked).rows[i].kl->mean;
            asked.solved = true;
            const SensitivityTable table = measure(asked);
            const double expected = metrics_of(name).kl_divergence.value, found = table.rows[i].kl->mean;
            QVERIFY(table.protocol.solved && expected > 1e-6);
            QVERIFY2(
                std::abs(found / expected - 1) < (smoothed ? 0.15 : 2e-3),
                qPrintable(QString("%1: %2 instead of %3").arg(groups.rows[i].group.c_str()).arg(found).arg(expected)));
            if (!smoothed && scheme != "FP8_DYNAMIC") QVERIFY(std::abs(rounded / expected - 1) > 2e-3);
        }
    }

    /// v's rows carry the smoothing of what o reads: without undoing it the damage would be a hundred times too large.
    void solved_matrices_keep_the_outputs_of_the_original() {
        Recipe recipe = recipe_of("W8A8", SmoothingMode::fixed);
        recipe.smoothing.strength = 0.9;
        shop_->run("all-solved", recipe);
        SensitivityRequest asked = request({"W8A8"});
        asked.runs = {shop_->root() / "run-all-solved"};
        asked.gradient = true;
        const Run run = Run::open(asked.runs.front());
        const std::vector<float> scale = run.statistics.get("model.layers.1.output_input", "smoothing_scale");
        QVERIFY(!scale.empty() && *std::max_element(scale.begin(), scale.end()) > 1.1f);
        const SensitivityTable rounded = measure(asked);
        asked.solved = true;
        const SensitivityTable solved = measure(asked);
        for (std::size_t i = 0; i < rounded.rows.size(); ++i)
            for (const double ratio : {solved.rows[i].kl->mean / rounded.rows[i].kl->mean,
                                       solved.rows[i].gradient->mean / rounded.rows[i].gradient->mean})
                QVERIFY2(ratio > 0.3 && ratio < 3,
                         qPrintable(QString("%1: %2").arg(solved.rows[i].group.c_str()).arg(ratio)));
    }

    void solved_matrices_need_a_run_of_every_scheme() {
        shop_->run("of-one", recipe_of("W8A8", SmoothingMode::off));
        SensitivityRequest asked = request({"W8A8", "FP8_DYNAMIC"});
        asked.runs = {shop_->root() / "run-of-one"};
        asked.solved = true;
        try {
            measure(asked);
            QFAIL("was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::unusable_run);
            QVERIFY2(error.message().english().find("FP8_DYNAMIC") != std::string::npos, error.what());
        }
        asked.schemes = {preset("W8A8")};
        std::filesystem::rename(shop_->root() / "of-one", shop_->root() / "moved");
        QVERIFY_EXCEPTION_THROWN(measure(asked), Error);
    }

    void a_run_of_another_model_is_refused() {
        tiny::Options options;
        options.seed = 9;
        const Workshop stranger(options);
        stranger.run("other", recipe_of("W8A8", SmoothingMode::off));
        SensitivityRequest asked = request({"W8A8"});
        asked.runs = {stranger.root() / "run-other"};
        try {
            measure(asked);
            QFAIL("was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::unusable_run);
        }
    }

    /// Tier 0 against sums in double over what the export holds.
    void weight_noise_equals_what_exports_lost() {
        FanOut nobody({});
        const SensitivityTable table = start_table(request({"W8A8"}), nobody, {});
        shop_->run("plain", recipe_of("W8A8", SmoothingMode::off, SolverMethod::round_to_nearest));
        const TensorMap original = tensors_in(shop_->root() / "model"), exported = tensors_in(shop_->root() / "plain");
        for (const SensitivityRow& row : table.rows) {
            double signal = 0, noise = 0, fourth = 0, mean = 0, square = 0, count = 0;
            for (const std::string& name : row.modules) {
                const std::vector<double> w = values_of(original.at(name + ".weight")), q = dequantized(exported, name);
                for (std::size_t i = 0; i < w.size(); ++i) {
                    signal += w[i] * w[i];
                    noise += (w[i] - q[i]) * (w[i] - q[i]);
                    mean += w[i];
                    ++count;
                }
            }
            mean /= count;
            for (const std::string& name : row.modules)
                for (const double w : values_of(original.at(name + ".weight"))) {
                    square += std::pow(w - mean, 2) / count;
                    fourth += std::pow(w - mean, 4) / count;
                }
            QVERIFY(std::abs(*row.weight_sqnr_db - 10 * std::log10(signal / noise)) < 1e-3);
            QVERIFY(std::abs(*row.weight_kurtosis - fourth / (square * square)) < 1e-6);
            std::uint64_t bytes = 0;
            for (const std::string& name : row.modules)
                for (const auto& [tensor, data] : exported)
                    if (tensor.starts_with(name + ".")) bytes += data.bytes.size();
            QCOMPARE(row.bytes, bytes);
            QCOMPARE(row.damage(0), std::pow(10.0, -*row.weight_sqnr_db / 10));
        }
    }

    void tables_survive_their_file() {
        FanOut nobody({});
        SensitivityTable table = measure(request({"W8A8", "FP8_DYNAMIC"}));
        table.calibration = 1.25;
        const auto file = shop_->root() / "copy.json";
        write_sensitivity(file, table);
        QCOMPARE(to_json(read_sensitivity(file)).dump(), to_json(table).dump());
        Json newer = to_json(table);
        newer["schema"] = SensitivityTable::schema_version + 1;
        QVERIFY_EXCEPTION_THROWN(sensitivity_table_from_json(newer, "x"), Error);
        QVERIFY_EXCEPTION_THROWN(sensitivity_table_from_json(Json::array(), "x"), Error);
    }
};

QTEST_APPLESS_MAIN(TestSensitivity)
#include "test_sensitivity.moc"
