// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <numeric>

#include "compressed_tensors/verifier.h"
#include "engine/engine.h"
#include "job/journal.h"
#include "job/resume.h"
#include "support/golden_model.h"
#include "workshop.h"

using namespace octavo;

namespace {

constexpr std::int64_t vocabulary = 272; ///< the tokenizer of the tests has 259 tokens

/// A golden model in a folder of its own, with a tokenizer and token ids.
class GoldenShop {
public:
    GoldenShop(const std::string& fixture, const std::string& dtype, bool within = false)
        : root_(directory_.path().toStdString()), json_(golden::Json::parse(tiny::read_text(fixture))) {
        golden::Values values = golden::tensors(json_, vocabulary);
        if (within) std::tie(json_, values) = golden::wrapped(json_, values);
        golden::write(root_ / "model", json_, values, dtype, vocabulary);
        tiny::write_tokenizer(root_ / "model");
        std::mt19937 generator(5);
        tiny::Json rows = tiny::Json::array();
        for (int row = 0; row < 24; ++row) {
            rows.push_back(tiny::Json::array());
            for (int i = 0; i < 24; ++i) rows.back().push_back(generator() % 250);
        }
        tiny::write_text(root_ / "ids.json", rows.dump());
    }

    const tiny::fs::path& root() const { return root_; }

    QuantizeRequest request(const std::string& name, const Recipe& recipe) const {
        QuantizeRequest request;
        request.model = root_ / "model";
        request.output = root_ / name;
        request.run_directory = root_ / ("run-" + name);
        request.recipe = recipe;
        request.calibration_ids = root_ / "ids.json";
        request.device = "cpu";
        request.threads = 2;
        return request;
    }

    RunRecord quantize(const std::string& name, const Recipe& recipe) const {
        FanOut nobody({});
        return octavo::quantize(request(name, recipe), nobody, {});
    }

    Metrics compare(const std::string& name) const {
        EvaluateRequest request;
        request.model = root_ / name;
        request.reference = root_ / "model";
        request.sequence_length = 24;
        request.windows = 4;
        request.device = "cpu";
        request.threads = 2;
        FanOut nobody({});
        return load_engine().evaluate(request, nobody, {}).metrics;
    }

private:
    QTemporaryDir directory_;
    tiny::fs::path root_;
    golden::Json json_;
};

/// Asks for a stop when the first matrix of a layer is finished.
class StopInLayer final : public Sink {
public:
    explicit StopInLayer(int layer) : layer_(layer) {}
    void on_event(const Event& event) override {
        if (const auto* done = std::get_if<MatrixFinished>(&event); done && done->report.layer == layer_)
            source_.request_stop();
    }
    std::stop_token token() const { return source_.get_token(); }

private:
    int layer_;
    std::stop_source source_;
};

/// By name, apart from the rule of the product.
bool can_be_turned(const ModelConfig& config) {
    for (const char* family : {"Llama", "Mistral", "Ministral", "Mixtral", "Qwen", "SmolLM3", "Granite", "Phi3",
                               "Deepseek", "Olmoe", "GlmFor"})
        if (config.architecture.starts_with(family)) return true;
    return false;
}

std::vector<double> ones(std::int64_t count) { return std::vector<double>(static_cast<std::size_t>(count), 1.0); }

} // namespace

// Every kind of architecture from the door to the evaluated export.
class TestArchitectures : public QObject {
    Q_OBJECT

private:
    static void add_fixtures() {
        QTest::addColumn<QString>("fixture");
        for (const auto& file : golden::files(qEnvironmentVariable("OCTAVO_TEST_DATA").toStdString()))
            QTest::newRow(file.stem().c_str()) << QString::fromStdString(file.string());
    }

    /// What each matrix's columns were multiplied by, and its rows divided by, as the run says.
    static std::pair<std::vector<double>, std::vector<double>>
    factors(const Module& module, const std::vector<SmoothingGroup>& groups, const Statistics& statistics) {
        std::vector<double> columns = ones(module.columns), rows = ones(module.rows);
        for (const SmoothingGroup& group : groups) {
            if (!statistics.contains(group.site, "smoothing_scale")) continue;
            const std::vector<float> scale = statistics.get(group.site, "smoothing_scale");
            if (std::find(group.consumers.begin(), group.consumers.end(), module.name) != group.consumers.end())
                columns.assign(scale.begin(), scale.end());
            if (group.producer != module.name) continue;
            for (std::size_t k = 0; k < scale.size(); ++k) {
                const std::size_t p = group.spread.empty() ? k : static_cast<std::size_t>(group.spread[k]);
                rows[group.rows.empty() ? p : static_cast<std::size_t>(group.rows[p])] = static_cast<double>(scale[k]);
            }
        }
        return {columns, rows};
    }

private Q_SLOTS:
    void calibrated_w8a8_data() { add_fixtures(); }
    void calibrated_w8a8() {
        QFETCH(QString, fixture);
        const GoldenShop shop(fixture.toStdString(), "BF16");
        const RunRecord record = shop.quantize("out", recipe_of("W8A8", SmoothingMode::automatic));
        QCOMPARE(record.status, "done");
        QVERIFY(passed(verify_export(shop.root() / "out")));
        const Metrics metrics = shop.compare("out");
        // Random weights are far from what a model has learnt; a wrong norm, row or column costs more than ten times
        // that.
        QVERIFY2(metrics.kl_divergence.value < 0.05, qPrintable(QString::number(metrics.kl_divergence.value)));
        QVERIFY(metrics.kl_divergence.value > 0);
    }

    /// The original beside it, turned values, weighted tokens and sweeps, wherever the architecture allows them.
    void every_quality_option_data() { add_fixtures(); }
    void every_quality_option() {
        QFETCH(QString, fixture);
        const GoldenShop shop(fixture.toStdString(), "BF16");
        Recipe recipe = recipe_of("W8A8", SmoothingMode::automatic);
        recipe.smoothing.rotate_values = recipe.solver.relative = recipe.solver.activation_order = true;
        recipe.solver.correction = Correction::residual;
        recipe.solver.sweeps = 2;
        QCOMPARE(shop.quantize("out", recipe).status, "done");
        QVERIFY(passed(verify_export(shop.root() / "out")));
        const Metrics metrics = shop.compare("out");
        QVERIFY2(metrics.kl_divergence.value < 0.05, qPrintable(QString::number(metrics.kl_divergence.value)));
    }

    /// Stopped in its second layer: the first is walked past, and what comes out is what nobody interrupted.
    void an_interrupted_job_goes_on_data() { add_fixtures(); }
    void an_interrupted_job_goes_on() {
        QFETCH(QString, fixture);
        const GoldenShop shop(fixture.toStdString(), "BF16");
        Recipe recipe = recipe_of("W8A8", SmoothingMode::automatic);
        recipe.smoothing.rotate_residual = can_be_turned(read_model_config(ModelFolder(shop.root() / "model")));
        shop.quantize("whole", recipe);
        StopInLayer sink(1);
        QVERIFY_EXCEPTION_THROWN(octavo::quantize(shop.request("out", recipe), sink, sink.token()), Error);
        QCOMPARE(Journal::open(shop.root() / "run-out").layers(), 1);
        FanOut nobody({});
        QCOMPARE(octavo::quantize(resumable_request(shop.root() / "run-out"), nobody, {}).status, "done");
        for (const auto& entry : tiny::fs::directory_iterator(shop.root() / "whole"))
            QVERIFY2(tiny::read_text(entry.path()) == tiny::read_text(shop.root() / "out" / entry.path().filename()),
                     entry.path().filename().c_str());
        QVERIFY(tiny::read_text(shop.root() / "run-out/statistics.safetensors") ==
                tiny::read_text(shop.root() / "run-whole/statistics.safetensors"));
    }

    /// With 8-bit weights alone, which cost next to nothing, a wrong turn of heads, rows or columns stands out.
    void turned_values_are_the_same_model_data() { add_fixtures(); }
    void turned_values_are_the_same_model() {
        QFETCH(QString, fixture);
        const GoldenShop shop(fixture.toStdString(), "F32");
        Recipe recipe = recipe_of("W8A16", SmoothingMode::off, SolverMethod::round_to_nearest);
        recipe.scheme = with_group_size(recipe.scheme, 0);
        shop.quantize("plain", recipe);
        recipe.smoothing.rotate_values = true;
        shop.quantize("turned", recipe);
        const double plain = shop.compare("plain").kl_divergence.value,
                     turned = shop.compare("turned").kl_divergence.value;
        const ModelConfig config = read_model_config(ModelFolder(shop.root() / "model"));
        // Another rounding may send a token to another expert, which costs more than the rounding.
        const double most = std::max(3 * plain, config.experts.count ? 0.02 : 0.0);
        QVERIFY2(turned < most, qPrintable(QString("%1 became %2").arg(plain).arg(turned)));
        const std::string value = [&] {
            for (const SmoothingGroup& group : smoothing_groups(config))
                if (group.kind == SmoothingGroup::Kind::value_output) return group.producer + ".weight_packed";
            return std::string();
        }();
        QVERIFY(tensors_in(shop.root() / "plain").at(value).bytes !=
                tensors_in(shop.root() / "turned").at(value).bytes);
    }

    /// One matrix with 8-bit weights, all others as they were: a gain in the wrong place, or a matrix that was not
    /// turned, stands out. What cannot be turned is refused before anything is written.
    void a_turned_stream_is_the_same_model_data() { add_fixtures(); }
    void a_turned_stream_is_the_same_model() {
        QFETCH(QString, fixture);
        const GoldenShop shop(fixture.toStdString(), "F32");
        const ModelConfig config = read_model_config(ModelFolder(shop.root() / "model"));
        Recipe recipe = recipe_of("W8A16", SmoothingMode::off);
        recipe.scheme = with_group_size(recipe.scheme, 0);
        recipe.ignore.clear();
        std::string last; // of those that write into the stream
        for (const Module& module : linear_modules(config)) {
            recipe.ignore.push_back(module.name);
            if (site_of(module).ends_with("down_input")) last = module.name;
        }
        std::erase(recipe.ignore, last);
        QCOMPARE(shop.quantize("plain", recipe).status, "done");
        recipe.smoothing.rotate_residual = true;
        if (!can_be_turned(config)) {
            QVERIFY_EXCEPTION_THROWN(shop.quantize("turned", recipe), Error);
            QVERIFY(!tiny::fs::exists(shop.root() / "turned"));
            return;
        }
        QCOMPARE(shop.quantize("turned", recipe).status, "done");
        QVERIFY(passed(verify_export(shop.root() / "turned")));
        const double plain = shop.compare("plain").kl_divergence.value,
                     turned = shop.compare("turned").kl_divergence.value;
        QVERIFY2(turned < std::max(3 * plain, 1e-6), qPrintable(QString("%1 became %2").arg(plain).arg(turned)));
        QVERIFY(plain < 1e-3);
    }

    /// Round to nearest with strong smoothing: every exported matrix is the original with its columns multiplied and
    /// its rows divided as the run says, to a step; what stays in 16 bit is exactly that.
    void export_holds_the_smoothed_weights_data() { add_fixtures(); }
    void export_holds_the_smoothed_weights() {
        QFETCH(QString, fixture);
        const GoldenShop shop(fixture.toStdString(), "F32");
        shop.quantize("out", recipe_of("W8A8", SmoothingMode::fixed, SolverMethod::round_to_nearest));
        const ModelConfig config = read_model_config(ModelFolder(shop.root() / "model"));
        const std::vector<SmoothingGroup> groups = smoothing_groups(config);
        const Statistics statistics = Run::open(shop.root() / "run-out").statistics;
        const TensorMap before = tensors_in(shop.root() / "model"), after = tensors_in(shop.root() / "out");
        for (const Module& module : linear_modules(config)) {
            if (module.role == "lm_head") continue;
            const auto [columns, rows] = factors(module, groups, statistics);
            const std::vector<double> original = values_of(before.at(module.name + ".weight")),
                                      found = dequantized(after, module.name);
            const bool kept = !after.contains(module.name + ".weight_scale");
            const std::vector<double> scales =
                kept ? ones(module.rows) : values_of(after.at(module.name + ".weight_scale"));
            for (std::size_t i = 0; i < original.size(); ++i) {
                const std::size_t row = i / columns.size(), column = i % columns.size();
                const double expected = original[i] * columns[column] / rows[row];
                QVERIFY2(std::abs(expected - found[i]) <= (kept ? 0 : scales[row] * 1.01), module.name.c_str());
            }
        }
        int smoothed = 0;
        for (const SmoothingGroup& group : groups) smoothed += statistics.contains(group.site, "smoothing_scale");
        QCOMPARE(smoothed, int(groups.size()));
        QVERIFY(shop.compare("out").kl_divergence.value < 0.05);
    }

    void data_free_data() { add_fixtures(); }
    void data_free() {
        QFETCH(QString, fixture);
        const GoldenShop shop(fixture.toStdString(), "BF16");
        Recipe recipe = Recipe::for_scheme(preset("FP8_DYNAMIC"));
        QCOMPARE(shop.quantize("out", recipe).status, "done");
        QVERIFY(passed(verify_export(shop.root() / "out")));
        // Four significant bits: ten times the noise power of eight on a common step, hence of the divergence above.
        const double divergence = shop.compare("out").kl_divergence.value;
        QVERIFY2(divergence < 0.5 && divergence > 0, qPrintable(QString::number(divergence)));
    }

    void what_stands_beside_the_language_model_is_kept() {
        const std::string data = qEnvironmentVariable("OCTAVO_TEST_DATA").toStdString();
        const GoldenShop shop(data + "/model/golden/gemma3.json", "BF16", true);
        for (const char* scheme : {"W8A8", "FP8_DYNAMIC"}) {
            Recipe recipe = Recipe::for_scheme(preset(scheme));
            QCOMPARE(shop.quantize(scheme, recipe).status, "done");
            QVERIFY(passed(verify_export(shop.root() / scheme)));
            const TensorMap before = tensors_in(shop.root() / "model"), after = tensors_in(shop.root() / scheme);
            const std::string tower = "vision_tower.vision_model.encoder.layers.0.mlp.fc1";
            QCOMPARE(after.at(tower + ".weight").bytes, before.at(tower + ".weight").bytes);
            QVERIFY(after.contains("language_model.model.layers.0.self_attn.q_proj.weight_scale"));
            const tiny::Json config = tiny::Json::parse(tiny::read_text(shop.root() / scheme / "config.json"));
            const tiny::Json ignored = config["quantization_config"]["ignore"];
            QVERIFY(std::find(ignored.begin(), ignored.end(), tiny::Json(tower)) != ignored.end());
            QVERIFY(shop.compare(scheme).kl_divergence.value < 0.1);
        }
    }

    void routed_tokens_are_counted() {
        for (const auto& file : golden::files(qEnvironmentVariable("OCTAVO_TEST_DATA").toStdString())) {
            if (file.stem() != "qwen3_moe") continue;
            const GoldenShop shop(file.string(), "BF16");
            const RunRecord record = shop.quantize("out", recipe_of("W8A8", SmoothingMode::off));
            std::int64_t routed = 0;
            for (const MatrixReport& report : record.layers) {
                QCOMPARE(report.routed_tokens >= 0, report.name.find(".experts.") != std::string::npos);
                // A Hessian of 48 channels takes 64 tokens.
                QCOMPARE(report.filled_up, report.routed_tokens >= 0 && report.routed_tokens < 64);
                if (report.role == "down_proj") routed += report.routed_tokens;
            }
            QCOMPARE(routed, std::int64_t(3) * 2 * 24 * 24);
            const Statistics statistics = Run::open(shop.root() / "run-out").statistics;
            for (const char* layer :
                 {"model.layers.0.mlp_input", "model.layers.1.mlp_input", "model.layers.2.mlp_input"}) {
                const std::vector<float> tokens = statistics.get(layer, "expert_tokens");
                QCOMPARE(tokens.size(), std::size_t(7));
                // Two of seven experts for each of 24 · 24 tokens.
                QCOMPARE(std::accumulate(tokens.begin(), tokens.end(), 0.0f), 2.0f * 24 * 24);
            }
            return;
        }
        QFAIL("no such fixture");
    }
};

QTEST_APPLESS_MAIN(TestArchitectures)
#include "test_architectures.moc"
