// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "compressed_tensors/verifier.h"
#include "workshop.h"

using namespace octavo;

namespace {

class Listener final : public Sink {
public:
    explicit Listener(std::function<void(const Event&)> then) : then_(std::move(then)) {}
    void on_event(const Event& event) override { then_(event); }

private:
    std::function<void(const Event&)> then_;
};

} // namespace

// Whole calibrated jobs on a tiny model, looked at from outside: what lies in the export and in the run folder.
class TestCalibrated : public QObject {
    Q_OBJECT

private:
    static double total(const RunRecord& record, double MatrixReport::*member) {
        double sum = 0;
        for (const MatrixReport& matrix : record.layers) sum += matrix.*member;
        return sum;
    }

    /// RMS norm of the embedded ids in double: the input of the first layer, [tokens][channels].
    static std::vector<std::vector<double>> first_input(const Workshop& shop) {
        const TensorMap tensors = tensors_in(shop.root() / "model");
        const std::vector<double> embedding = values_of(tensors.at("model.embed_tokens.weight")),
                                  norm = values_of(tensors.at("model.layers.0.input_layernorm.weight"));
        std::vector<std::vector<double>> out;
        for (const tiny::Json& row : tiny::Json::parse(tiny::read_text(shop.root() / "ids.json")))
            for (const tiny::Json& id : row) {
                std::vector<double> x(embedding.begin() + id.get<std::ptrdiff_t>() * std::ptrdiff_t(norm.size()),
                                      embedding.begin() + (id.get<std::ptrdiff_t>() + 1) * std::ptrdiff_t(norm.size()));
                double squares = 0;
                for (const double value : x) squares += value * value;
                for (std::size_t i = 0; i < x.size(); ++i)
                    x[i] *= norm[i] / std::sqrt(squares / double(x.size()) + 1e-5);
                out.push_back(std::move(x));
            }
        return out;
    }

private Q_SLOTS:
    void whole_job_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("order");
        QTest::addColumn<QString>("dtype");
        const auto add = [](const char* name, const char* scheme, SmoothingMode mode, bool order, const char* dtype) {
            QTest::newRow(name) << scheme << int(mode) << order << dtype;
        };
        add("W8A8, searched", "W8A8", SmoothingMode::automatic, false, "BF16");
        add("W8A8, fixed, act-order", "W8A8", SmoothingMode::fixed, true, "BF16");
        add("W8A8, off", "W8A8", SmoothingMode::off, false, "F32");
        add("W8A8, searched, F16", "W8A8", SmoothingMode::automatic, false, "F16");
        add("FP8 with a solve", "FP8_DYNAMIC", SmoothingMode::off, false, "BF16");
        add("FP8 with a solve and smoothing", "FP8_DYNAMIC", SmoothingMode::fixed, false, "F16");
    }
    void whole_job() {
        QFETCH(QString, scheme);
        QFETCH(int, mode);
        QFETCH(bool, order);
        QFETCH(QString, dtype);
        const auto smoothing = SmoothingMode(mode);
        tiny::Options options;
        options.dtype = dtype.toStdString();
        options.attention_bias = order;
        const Workshop shop(options);
        Recipe recipe = recipe_of(qPrintable(scheme), smoothing);
        recipe.solver.activation_order = order;
        const RunRecord record = shop.run("out", recipe);
        QCOMPARE(record.status, "done");
        QVERIFY(passed(verify_export(shop.root() / "out")));
        QCOMPARE(record.layers.size(), std::size_t(14));
        QCOMPARE(record.dataset.tokens, std::int64_t(12 * 24));
        // Greedy correction can lose on a single matrix, not on all of them together.
        QVERIFY(total(record, &MatrixReport::relative_error) < total(record, &MatrixReport::relative_error_rounding));
        QVERIFY(total(record, &MatrixReport::relative_error) > 0);
        const Run run = Run::open(shop.root() / "run-out");
        bool smoothed = false;
        for (const MatrixReport& matrix : run.record.layers) {
            QCOMPARE(matrix.scheme, scheme.toStdString());
            QVERIFY2(matrix.weight_sqnr_db > 20 && matrix.weight_sqnr_db < 60,
                     qPrintable(QString::number(matrix.weight_sqnr_db)));
            QVERIFY(matrix.damping >= 0.01);
            smoothed |= matrix.smoothing_strength >= 0;
            if (smoothing == SmoothingMode::off) QCOMPARE(matrix.smoothing_strength, -1.0);
            if (smoothing == SmoothingMode::fixed) QCOMPARE(matrix.smoothing_strength, 0.5);
            QCOMPARE(run.statistics.get(matrix.site, "absmax_before").size(), std::size_t(matrix.columns));
            QCOMPARE(run.statistics.get(matrix.name, "row_error").size(), std::size_t(matrix.rows));
            QCOMPARE(run.statistics.get(matrix.name, "column_error").size(), std::size_t(matrix.columns));
            QCOMPARE(run.statistics.contains(matrix.site, "smoothing_scale"), matrix.smoothing_strength >= 0);
        }
        if (smoothing == SmoothingMode::fixed) QVERIFY(smoothed);
    }

    void activations_on_the_disk_change_no_byte_data() {
        QTest::addColumn<int>("correction");
        QTest::newRow("one stream") << int(Correction::none);
        QTest::newRow("two streams") << int(Correction::residual);
    }
    void activations_on_the_disk_change_no_byte() {
        QFETCH(int, correction);
        const Workshop shop;
        Recipe recipe = recipe_of("W8A8", SmoothingMode::automatic);
        recipe.solver.correction = Correction(correction);
        shop.run("one", recipe);
        QuantizeRequest spilling = shop.request("two", recipe);
        spilling.activation_memory = 12 * 24 * 32 * 4; // the residual stream
        std::vector<std::string> lines;
        Listener listener([&](const Event& event) {
            if (const auto* line = std::get_if<LogLine>(&event)) lines.push_back(line->message.english());
        });
        quantize(spilling, listener, {});
        QVERIFY(shop.files("one") == shop.files("two"));
        const int bytes = 12 * 24 * 4 * (correction ? 80 : 48);
        const std::string wanted =
            QString::number(bytes / 1024.0, 'f', 1).toStdString() + " KiB of activations go to a file";
        QVERIFY2(std::ranges::any_of(lines, [&](const std::string& line) { return line.starts_with(wanted); }),
                 lines.empty() ? "" : lines.front().c_str());
        for (const auto& entry : tiny::fs::directory_iterator(shop.root() / "run-two"))
            QVERIFY2(!entry.path().filename().string().starts_with("activations"), entry.path().c_str());
    }

    void stages_account_for_the_phase() {
        const Workshop shop;
        const RunRecord record = shop.run("out", recipe_of("W8A8", SmoothingMode::automatic));
        const double tokens = 12 * 24;
        double weights = 0, solved = 0;
        for (const MatrixReport& matrix : record.layers) {
            weights += 2 * double(matrix.rows) * double(matrix.columns);
            solved += double(matrix.rows) * double(matrix.columns) * double(matrix.columns);
        }
        // down of the last layer is solved, but nobody reads its output.
        const MatrixReport& last = record.layers.back();
        QCOMPARE(last.role, std::string("down_proj"));
        const double products = tokens * (weights - 2 * double(last.rows) * double(last.columns));
        const Json& rates = record.environment.at("rates");
        const double floating = rates.at("float32_flop_per_second").get<double>(),
                     integer = rates.at("int8_op_per_second").get<double>(),
                     narrow = rates.at("bf16_flop_per_second").get<double>(),
                     slower = narrow > 0 ? std::min(floating, narrow) : floating;
        std::map<std::string, StageRecord> stages;
        double seconds = 0;
        for (const PhaseRecord& phase : record.phases) {
            if (phase.name == "export" || phase.name == "verify") QVERIFY(phase.limit_seconds > 0);
            if (phase.name != "calibrate") continue;
            for (const StageRecord& stage : phase.stages) {
                stages[stage.name] = stage;
                seconds += stage.seconds;
            }
            QVERIFY(seconds <= phase.seconds);
        }
        for (const char* name : {"read", "forward", "observe", "smooth", "factorise", "solve", "store"})
            QVERIFY2(stages[name].seconds > 0, name);
        // Attention between tokens comes on top of the matrices.
        QVERIFY(stages["forward"].limit_seconds > products / integer);
        QVERIFY(stages["forward"].limit_seconds < products / integer * 1.001 + tokens * 24 * 2 * 64 * 2 / slower);
        QVERIFY(std::abs(stages["solve"].limit_seconds / (solved / floating) - 1) < 1e-6);
    }

    void same_seed_same_bytes() {
        const Workshop shop;
        const Recipe recipe = recipe_of("W8A8", SmoothingMode::automatic);
        shop.run("one", recipe);
        shop.run("two", recipe);
        const auto one = shop.files("one"), two = shop.files("two");
        QVERIFY(one.contains("model.safetensors") && one.contains("config.json") && one.contains("tokenizer.json"));
        QVERIFY(one == two);
        Recipe other = recipe;
        other.smoothing.mode = SmoothingMode::off;
        shop.run("three", other);
        QVERIFY(one.at("model.safetensors") != shop.files("three").at("model.safetensors"));
    }

    void input_statistics_of_the_first_layer() {
        const Workshop shop;
        shop.run("out", recipe_of("W8A8", SmoothingMode::off));
        const Run run = Run::open(shop.root() / "run-out");
        const auto input = first_input(shop);
        const std::string site = "model.layers.0.attention_input";
        const std::vector<float> low = run.statistics.get(site, "min_before"),
                                 high = run.statistics.get(site, "max_before"),
                                 square = run.statistics.get(site, "mean_square_before");
        for (std::size_t i = 0; i < low.size(); ++i) {
            double least = 1e300, most = -1e300, squares = 0;
            for (const auto& token : input) {
                least = std::min(least, token[i]);
                most = std::max(most, token[i]);
                squares += token[i] * token[i];
            }
            QVERIFY(std::abs(low[i] - least) < 1e-5 && std::abs(high[i] - most) < 1e-5);
            QVERIFY(std::abs(square[i] / (squares / double(input.size())) - 1) < 1e-5);
        }
    }

    /// llm-compressor: norms only, strength 0.5, range statistics: s = √(max − min) / √(2 · max |w|), w over all
    /// matrices that read the norm.
    void norms_are_divided_as_published() {
        const Workshop shop;
        Recipe recipe = recipe_of("W8A8", SmoothingMode::fixed);
        recipe.smoothing.up_down = recipe.smoothing.value_output = false;
        shop.run("out", recipe);
        const Run run = Run::open(shop.root() / "run-out");
        const TensorMap before = tensors_in(shop.root() / "model"), after = tensors_in(shop.root() / "out");
        const auto input = first_input(shop);
        const std::vector<double> norm = values_of(before.at("model.layers.0.input_layernorm.weight")),
                                  divided = values_of(after.at("model.layers.0.input_layernorm.weight"));
        const std::size_t channels = norm.size();
        for (std::size_t i = 0; i < channels; ++i) {
            double least = 1e300, most = -1e300, weight = 0;
            for (const auto& token : input) {
                least = std::min(least, token[i]);
                most = std::max(most, token[i]);
            }
            for (const char* role : {"q", "k", "v"}) {
                const std::vector<double> matrix =
                    values_of(before.at(std::string("model.layers.0.self_attn.") + role + "_proj.weight"));
                for (std::size_t at = i; at < matrix.size(); at += channels)
                    weight = std::max(weight, std::abs(matrix[at]));
            }
            const double scale = std::max(std::sqrt(most - least) / std::sqrt(2 * weight), 1e-5);
            // A norm weight of zero stays; the others are rounded to bf16 (2⁻⁸ relative at most).
            QVERIFY2(
                norm[i] == 0 ? divided[i] == 0 : std::abs(divided[i] * scale / norm[i] - 1) < 0.004,
                qPrintable(QString("channel %1: %2 / %3 became %4").arg(i).arg(norm[i]).arg(scale).arg(divided[i])));
        }
        for (const char* site : {".output_input", ".down_input"})
            for (const char* layer : {"model.layers.0", "model.layers.1"})
                QVERIFY(!run.statistics.contains(std::string(layer) + site, "smoothing_scale"));
        QCOMPARE(after.at("model.norm.weight").bytes, before.at("model.norm.weight").bytes);
        QCOMPARE(after.at("model.embed_tokens.weight").bytes, before.at("model.embed_tokens.weight").bytes);
    }

    void written_norms_are_what_the_statistics_say() {
        const Workshop shop;
        shop.run("out", recipe_of("W8A8", SmoothingMode::automatic));
        const Run run = Run::open(shop.root() / "run-out");
        const TensorMap before = tensors_in(shop.root() / "model"), after = tensors_in(shop.root() / "out");
        int smoothed = 0;
        for (const std::string layer : {"model.layers.0.", "model.layers.1."})
            for (const auto& [site, name] : {std::pair("attention_input", "input_layernorm.weight"),
                                             std::pair("mlp_input", "post_attention_layernorm.weight")}) {
                const std::vector<float> scale = run.statistics.get(layer + site, "smoothing_scale");
                const tiny::Tensor &original = before.at(layer + name), &written = after.at(layer + name);
                if (scale.empty()) {
                    QCOMPARE(written.bytes, original.bytes);
                    continue;
                }
                ++smoothed;
                const std::vector<double> from = values_of(original), to = values_of(written);
                for (std::size_t i = 0; i < from.size(); ++i)
                    QVERIFY(std::abs(from[i] - to[i] * double(scale[i])) <= 1e-6 * std::abs(from[i]));
            }
        QVERIFY(smoothed > 0);
    }

    /// A channel that is always zero has no range: divided by the smallest scale, its norm weight would leave the range
    /// of F16.
    void dead_channels_stay_as_they_are() {
        tiny::Options options;
        options.dtype = "F16";
        const Workshop shop(options);
        tiny::Tensors tensors = tiny::tensors(options);
        for (auto& [name, tensor] : tensors) {
            if (name == "model.embed_tokens.weight")
                for (std::int64_t row = 0; row < options.vocabulary; ++row)
                    std::memset(tensor.bytes.data() + (row * options.hidden + 3) * 2, 0, 2);
            if (name.ends_with("input_layernorm.weight"))
                tensor.bytes = tiny::bytes_of(std::vector<float>(std::size_t(options.hidden), 2.0f), "F16");
        }
        tiny::write_safetensors(shop.root() / "model/model.safetensors", tensors);
        QCOMPARE(shop.run("out", recipe_of("W8A8", SmoothingMode::fixed)).status, "done");
        for (const auto& [name, tensor] : tensors_in(shop.root() / "out"))
            for (const double value : values_of(tensor))
                QVERIFY2(std::isfinite(value) && std::abs(value) < 65520, name.c_str());
        QCOMPARE(values_of(tensors_in(shop.root() / "out").at("model.layers.0.input_layernorm.weight"))[3], 2.0);
    }

    /// Every matrix of a mixed recipe is what a run that solves all of them in its way would have made of it: those of
    /// the first layer's attention by GPTQ, any matrix by rounding, whatever its input.
    void each_matrix_is_solved_in_its_own_way() {
        const Workshop shop;
        Recipe recipe = recipe_of("W8A8", SmoothingMode::off);
        shop.run("solved", recipe);
        recipe.solver.activation_order = true;
        recipe.solver.damping = 0.1;
        shop.run("ordered", recipe);
        recipe = recipe_of("W8A8", SmoothingMode::off, SolverMethod::round_to_nearest);
        QVERIFY(!recipe.needs_data());
        shop.run("rounded", recipe);
        recipe.overrides = {override_from_text("re:.*q_proj=gptq"),
                            override_from_text("re:.*k_proj=gptq,act-order,damping=0.1")};
        QCOMPARE(shop.run("mixed", recipe).status, "done");
        QVERIFY(passed(verify_export(shop.root() / "mixed")));
        const TensorMap mixed = tensors_in(shop.root() / "mixed"), solved = tensors_in(shop.root() / "solved"),
                        ordered = tensors_in(shop.root() / "ordered"), rounded = tensors_in(shop.root() / "rounded");
        const auto same = [&](const TensorMap& other, const std::string& module) {
            return mixed.at(module + ".weight").bytes == other.at(module + ".weight").bytes &&
                   mixed.at(module + ".weight_scale").bytes == other.at(module + ".weight_scale").bytes;
        };
        QVERIFY(same(solved, "model.layers.0.self_attn.q_proj") && !same(rounded, "model.layers.0.self_attn.q_proj"));
        QVERIFY(same(ordered, "model.layers.0.self_attn.k_proj") && !same(solved, "model.layers.0.self_attn.k_proj") &&
                !same(rounded, "model.layers.0.self_attn.k_proj"));
        for (const std::string layer : {"model.layers.0.", "model.layers.1."})
            for (const char* name :
                 {"self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"}) {
                QVERIFY2(same(rounded, layer + name), name);
                QVERIFY2(!same(solved, layer + name), name);
            }
        const Run run = Run::open(shop.root() / "run-mixed");
        for (const MatrixReport& report : run.record.layers) {
            const bool k = report.name.ends_with("k_proj");
            QCOMPARE(report.damping, k ? 0.1 : 0.01);
            if (!report.name.ends_with("q_proj") && !k) QCOMPARE(report.relative_error, report.relative_error_rounding);
        }
        QVERIFY(run.record.recipe["overrides"] == to_json(recipe)["overrides"]);
    }

    /// The walk over the layers does not come to a head: said at the door, not at the end of the work.
    void a_head_is_rounded_but_not_solved() {
        tiny::Options options;
        options.tied = false;
        const Workshop shop(options);
        Recipe recipe = recipe_of("W8A8", SmoothingMode::off);
        recipe.ignore.clear();
        QVERIFY_EXCEPTION_THROWN(shop.run("solved", recipe), Error);
        QVERIFY(!tiny::fs::exists(shop.root() / "run-solved"));
        recipe.solver.method = SolverMethod::round_to_nearest;
        QCOMPARE(shop.run("rounded", recipe).status, "done");
        QVERIFY(tensors_in(shop.root() / "rounded").contains("lm_head.weight_scale"));
    }

    void overrides_keep_a_fused_set() {
        const Workshop shop;
        Recipe recipe = recipe_of("W8A8", SmoothingMode::fixed);
        recipe.overrides.push_back({{"re:model\\.layers\\.1\\.self_attn\\.[qkv]_proj"}, std::nullopt});
        recipe.overrides.push_back({{"model.layers.0.mlp.down_proj"}, std::nullopt});
        shop.run("out", recipe);
        QVERIFY(passed(verify_export(shop.root() / "out")));
        const TensorMap before = tensors_in(shop.root() / "model"), after = tensors_in(shop.root() / "out");
        const std::vector<std::string> kept{"model.layers.1.self_attn.q_proj", "model.layers.1.self_attn.k_proj",
                                            "model.layers.1.self_attn.v_proj", "model.layers.0.mlp.down_proj"};
        for (const std::string& module : kept) {
            QCOMPARE(after.at(module + ".weight").dtype, std::string("BF16"));
            QCOMPARE(after.at(module + ".weight").bytes, before.at(module + ".weight").bytes);
            QVERIFY(!after.contains(module + ".weight_scale"));
        }
        QCOMPARE(after.at("model.layers.0.self_attn.q_proj.weight").dtype, std::string("I8"));
        QCOMPARE(after.at("model.layers.1.self_attn.o_proj.weight").dtype, std::string("I8"));
        // What only kept matrices read is not smoothed.
        QCOMPARE(after.at("model.layers.1.input_layernorm.weight").bytes,
                 before.at("model.layers.1.input_layernorm.weight").bytes);
        QVERIFY(after.at("model.layers.0.input_layernorm.weight").bytes !=
                before.at("model.layers.0.input_layernorm.weight").bytes);
        const tiny::Json ignored =
            tiny::Json::parse(tiny::read_text(shop.root() / "out/config.json"))["quantization_config"]["ignore"];
        for (const std::string& module : kept)
            QVERIFY(std::find(ignored.begin(), ignored.end(), tiny::Json(module)) != ignored.end());
    }

    void pinned_strengths_win() {
        const Workshop shop;
        Recipe recipe = recipe_of("W8A8", SmoothingMode::off);
        recipe.smoothing.strengths = {{"model.layers.1.mlp_input", 0.7}};
        const RunRecord record = shop.run("out", recipe);
        for (const MatrixReport& matrix : record.layers)
            QCOMPARE(matrix.smoothing_strength, matrix.site == "model.layers.1.mlp_input" ? 0.7 : -1.0);
    }
};

QTEST_APPLESS_MAIN(TestCalibrated)
#include "test_calibrated.moc"
