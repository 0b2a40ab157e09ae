// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "compressed_tensors/verifier.h"
#include "engine/engine.h"
#include "workshop.h"

using namespace octavo;

namespace {

/// Sizes that every group and block divides.
tiny::Options wide() { return {.heads = 8, .kv_heads = 8, .head_dim = 16, .hidden = 128, .intermediate = 256}; }

double mean_error(const RunRecord& record, double MatrixReport::*error) {
    double sum = 0;
    for (const MatrixReport& matrix : record.layers) sum += matrix.*error;
    return sum / static_cast<double>(record.layers.size());
}

float first_number(const tiny::Tensor& tensor) { return static_cast<float>(values_of(tensor).at(0)); }

} // namespace

// Every preset, calibrated with the defaults of its scheme, verified and read back.
class TestFormats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPreset_data() {
        QTest::addColumn<QString>("name");
        for (const Scheme& scheme : presets())
            QTest::newRow(scheme.name.c_str()) << QString::fromStdString(scheme.name);
    }
    void everyPreset() {
        QFETCH(QString, name);
        const Scheme& scheme = preset(name.toStdString());
        const Workshop shop(wide());
        Recipe recipe = Recipe::for_scheme(scheme);
        recipe.solver.method = SolverMethod::gptq;
        const RunRecord record = shop.run("out", recipe);
        QVERIFY(passed(verify_export(shop.root() / "out")));
        QCOMPARE(record.layers.size(), std::size_t(14));
        QVERIFY(mean_error(record, &MatrixReport::relative_error) <
                mean_error(record, &MatrixReport::relative_error_rounding));

        EvaluateRequest request;
        request.model = shop.root() / "out";
        request.reference = shop.root() / "model";
        request.sequence_length = 32;
        request.windows = 6;
        request.device = "cpu";
        request.threads = 2;
        FanOut nobody({});
        const Metrics metrics = load_engine().evaluate(request, nobody, {}).metrics;
        // The tiny model's logits hardly move: 2-bit weights are the worst.
        QVERIFY(metrics.kl_divergence.value > 0);
        QVERIFY2(metrics.kl_divergence.value < (scheme.weights.bits >= 8   ? 0.01
                                                : scheme.weights.bits >= 3 ? 0.1
                                                                           : 0.5),
                 qPrintable(QString::number(metrics.kl_divergence.value)));
    }

    void static_scales_are_shared() {
        for (const auto& [scheme, local] :
             {std::pair("FP8", "input_scale"), std::pair("NVFP4", "input_global_scale")}) {
            const Workshop shop(wide());
            shop.run("out", Recipe::for_scheme(preset(scheme)));
            const TensorMap tensors = tensors_in(shop.root() / "out");
            const std::string attention = "model.layers.1.self_attn.", mlp = "model.layers.1.mlp.";
            const auto scale = [&](const std::string& module) {
                return first_number(tensors.at(module + "." + local));
            };
            QVERIFY(scale(attention + "q_proj") > 0);
            QCOMPARE(scale(attention + "k_proj"), scale(attention + "q_proj"));
            QCOMPARE(scale(attention + "v_proj"), scale(attention + "q_proj"));
            QCOMPARE(scale(mlp + "up_proj"), scale(mlp + "gate_proj"));
            // The norm's output reaches further than the gated product of this model.
            QVERIFY(scale(mlp + "down_proj") != scale(mlp + "up_proj"));
        }
    }

    /// With a zero point and static scale the grid of the inputs reaches from the least to the greatest.
    void asymmetric_static_inputs() {
        Recipe recipe = Recipe::for_scheme(preset("W8A8"));
        recipe.scheme = with_static_input(recipe.scheme, false);
        recipe.smoothing.mode = SmoothingMode::off;
        const Workshop shop(wide());
        shop.run("out", recipe);
        const Run run = Run::open(shop.root() / "run-out");
        const TensorMap tensors = tensors_in(shop.root() / "out");
        const std::vector<float> low = run.statistics.get("model.layers.0.mlp_input", "min_before"),
                                 high = run.statistics.get("model.layers.0.mlp_input", "max_before");
        const float least = *std::min_element(low.begin(), low.end()),
                    most = *std::max_element(high.begin(), high.end());
        const auto& zero = tensors.at("model.layers.0.mlp.up_proj.input_zero_point");
        const double scale = values_of(tensors.at("model.layers.0.mlp.up_proj.input_scale")).at(0);
        QVERIFY(std::abs(scale / (double(most - least) / 255) - 1) < 0.01);
        QVERIFY(std::abs((-128 - values_of(zero).at(0)) * scale - double(least)) < 2 * scale);
        QVERIFY(std::abs((127 - values_of(zero).at(0)) * scale - double(most)) < 2 * scale);
    }

    /// The scale holds the percentile of the magnitudes, computed here from what the run kept of them.
    void percentile_of_static_inputs() {
        const Workshop shop(wide());
        Recipe recipe = Recipe::for_scheme(preset("FP8"));
        shop.run("all", recipe);
        recipe.activation_percentile = 75;
        shop.run("most", recipe);
        const TensorMap all = tensors_in(shop.root() / "all"), most = tensors_in(shop.root() / "most");
        const std::string name = "model.layers.0.self_attn.q_proj.input_scale";
        const Run run = Run::open(shop.root() / "run-all");
        // Signed values at 25 and 75 %: half of the magnitudes lie below about that; at 1 and 99 % nearly all do.
        const std::vector<float> seen = run.statistics.get("model.layers.0.attention_input", "percentiles_before");
        const double scale = values_of(most.at(name)).at(0), largest = values_of(all.at(name)).at(0);
        QVERIFY(scale < largest);
        QVERIFY(scale * 448 > double(std::max(-seen[2], seen[4])));
        QVERIFY(scale * 448 < double(std::max(-seen[1], seen[5])));
        recipe.scheme = preset("FP8_DYNAMIC");
        try {
            shop.run("none", recipe);
            QFAIL("a percentile without static activations was taken");
        } catch (const Error& error) {
            QVERIFY(error.message().english().find("percentile") != std::string::npos);
        }
    }
};

QTEST_APPLESS_MAIN(TestFormats)
#include "test_formats.moc"
