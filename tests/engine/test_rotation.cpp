// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "architecture/architecture.h"
#include "compressed_tensors/verifier.h"
#include "estimate/estimate.h"
#include "workshop.h"

using namespace octavo;

namespace {

Recipe turned(Recipe recipe) {
    recipe.smoothing.rotate_residual = true;
    return recipe;
}

/// Scales of the KV cache and nothing else: every matrix keeps its precision.
Recipe nothing_quantized() {
    Recipe out = recipe_of("FP8_DYNAMIC", SmoothingMode::off, SolverMethod::round_to_nearest);
    out.ignore = {"Linear"};
    out.kv_cache = KvCache::fp8;
    return out;
}

/// An export's 16-bit tensors as an ordinary model.
void write_plain(const tiny::fs::path& folder, tiny::Options options, const TensorMap& tensors) {
    options.tied = false;
    tiny::write(folder, options);
    tiny::Tensors list;
    for (const auto& [name, tensor] : tensors)
        if (!name.ends_with("_scale")) list.push_back({name, tensor});
    tiny::write_safetensors(folder / "model.safetensors", list);
}

double spread(const tiny::Tensor& tensor, std::int64_t columns) {
    std::vector<double> energy(static_cast<std::size_t>(columns));
    const std::vector<double> values = values_of(tensor);
    for (std::size_t i = 0; i < values.size(); ++i) energy[i % energy.size()] += values[i] * values[i];
    double sum = 0;
    for (const double one : energy) sum += one;
    return *std::ranges::max_element(energy) * static_cast<double>(columns) / sum;
}

} // namespace

// The residual stream in another basis.
class TestRotation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_turned_model_is_the_same_model_data() {
        QTest::addColumn<bool>("tied");
        QTest::addColumn<QString>("dtype");
        QTest::addColumn<int>("hidden");
        QTest::addColumn<double>("most");
        QTest::newRow("tied") << true << "F32" << 32 << 1e-6;
        QTest::newRow("head of its own") << false << "F32" << 32 << 1e-6;
        QTest::newRow("no power of two") << true << "F32" << 40 << 1e-6;
        QTest::newRow("BF16") << true << "BF16" << 48 << 1e-3; // rounded once more to eight bits
        QTest::newRow("F16") << false << "F16" << 32 << 1e-4;
    }
    void a_turned_model_is_the_same_model() {
        QFETCH(bool, tied);
        QFETCH(QString, dtype);
        QFETCH(int, hidden);
        QFETCH(double, most);
        tiny::Options options;
        options.tied = tied;
        options.dtype = dtype.toStdString();
        options.hidden = hidden;
        options.attention_bias = true;
        const Workshop shop(options);
        QCOMPARE(shop.run("out", turned(nothing_quantized())).status, "done");
        QVERIFY(passed(verify_export(shop.root() / "out")));
        const TensorMap before = tensors_in(shop.root() / "model"), after = tensors_in(shop.root() / "out");
        for (const auto& [name, tensor] : before) {
            if (name.ends_with("norm.weight"))
                for (const double gain : values_of(after.at(name))) QCOMPARE(gain, 1.0);
            // What stands between two matrices of a layer knows nothing of the stream.
            const bool inner =
                name.ends_with("q_proj.bias") || name.ends_with("k_proj.bias") || name.ends_with("v_proj.bias");
            QVERIFY2((after.at(name).bytes == tensor.bytes) == inner, name.c_str());
            QCOMPARE(after.at(name).dtype, tensor.dtype);
        }
        QVERIFY(after.contains("lm_head.weight"));
        const tiny::Json config = tiny::Json::parse(tiny::read_text(shop.root() / "out/config.json"));
        QCOMPARE(config.at("tie_word_embeddings").get<bool>(), false);
        write_plain(shop.root() / "plain", options, after);
        const Metrics metrics = evaluate(shop.root() / "plain", shop.root() / "model").metrics;
        QVERIFY2(metrics.kl_max < most, qPrintable(QString::number(metrics.kl_max)));
    }

    /// A channel that outweighs all others is what the turn is for.
    void no_channel_stands_out() {
        tiny::Options options;
        options.dtype = "F32";
        const Workshop shop(options);
        tiny::Tensors tensors = tiny::tensors(options);
        for (auto& [name, tensor] : tensors)
            if (name == "model.embed_tokens.weight") {
                const std::vector<double> values = values_of(tensor);
                std::vector<float> louder(values.begin(), values.end());
                for (std::size_t i = 5; i < louder.size(); i += std::size_t(options.hidden)) louder[i] *= 64;
                tensor.bytes = tiny::bytes_of(louder, "F32");
            }
        tiny::write_safetensors(shop.root() / "model/model.safetensors", tensors);
        shop.run("out", turned(nothing_quantized()));
        const auto table = [&](const char* folder) {
            return spread(tensors_in(shop.root() / folder).at("model.embed_tokens.weight"), options.hidden);
        };
        QVERIFY2(table("model") > 30, qPrintable(QString::number(table("model"))));
        QVERIFY2(table("out") < 2, qPrintable(QString::number(table("out"))));
    }

    void quantized_smoothed_and_forecast() {
        const Workshop shop;
        const Recipe recipe = turned(recipe_of("W8A8", SmoothingMode::automatic));
        const RunRecord record = shop.run("out", recipe);
        QVERIFY(passed(verify_export(shop.root() / "out")));
        const Metrics metrics = evaluate(shop.root() / "out", shop.root() / "model").metrics;
        QVERIFY2(metrics.kl_divergence.value < 0.01, qPrintable(QString::number(metrics.kl_divergence.value)));
        const ModelFolder folder(shop.root() / "model");
        const ModelConfig config = read_model_config(folder);
        const auto bytes = [&](const Recipe& used) {
            return forecast(folder, config, resolve(used, linear_modules(config)), EstimateRequest())
                .weight_bytes_after;
        };
        QCOMPARE(bytes(recipe), record.weight_bytes_after);
        Recipe plain = recipe;
        plain.smoothing.rotate_residual = false;
        QCOMPARE(bytes(recipe) - bytes(plain), std::uint64_t(272 * 32 * 2)); // the head that was the embedding
    }

    void a_run_of_a_turned_model_says_nothing_of_the_original() {
        const Workshop shop;
        shop.run("out", turned(recipe_of("W8A8", SmoothingMode::automatic)));
        SensitivityRequest request;
        request.model = shop.root() / "model";
        request.schemes = {preset("W8A8")};
        request.runs = {shop.root() / "run-out"};
        request.device = "cpu";
        FanOut nobody({});
        try {
            load_engine().measure_sensitivity(request, nobody, {});
            QFAIL("not refused");
        } catch (const Error& error) {
            QVERIFY2(error.code() == ErrorCode::unusable_run, error.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestRotation)
#include "test_rotation.moc"
