// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "workshop.h"

using namespace octavo;

namespace {

/// What the run says it did to the model, done to the original by hand.
class Smoothed {
public:
    Smoothed(const Workshop& shop, const std::string& name)
        : options_(shop.options()), statistics_(Run::open(shop.root() / ("run-" + name)).statistics),
          original_(tensors_in(shop.root() / "model")), exported_(tensors_in(shop.root() / name)) {}

    /// Scale per input channel of a site; ones where it was left alone.
    std::vector<double> scale(const std::string& site, std::int64_t channels) const {
        const std::vector<float> stored = statistics_.get(site, "smoothing_scale");
        return stored.empty() ? std::vector<double>(static_cast<std::size_t>(channels), 1.0)
                              : std::vector<double>(stored.begin(), stored.end());
    }

    /// W · diag(input scales), rows divided by what the reader of its output multiplies by.
    std::vector<double> matrix(int layer, const std::string& role) const {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        const bool attention = role == "q" || role == "k" || role == "v" || role == "o";
        const char* site = role == "o"      ? "output_input"
                           : attention      ? "attention_input"
                           : role == "down" ? "down_input"
                                            : "mlp_input";
        std::vector<double> out =
            values_of(original_.at(prefix + (attention ? "self_attn." : "mlp.") + role + "_proj.weight"));
        const std::vector<double> rows = row_divisors(layer, role);
        const std::size_t columns = out.size() / rows.size();
        const std::vector<double> in = scale(prefix + site, static_cast<std::int64_t>(columns));
        for (std::size_t i = 0; i < out.size(); ++i) out[i] *= in[i % columns] / rows[i / columns];
        return out;
    }

    /// The smoothed model as a folder: matrices by hand, norms and biases as exported.
    void write(const tiny::fs::path& folder) const {
        tiny::write(folder, options_);
        tiny::Tensors tensors;
        for (const auto& [name, tensor] : original_) {
            tiny::Tensor copy =
                exported_.contains(name) && exported_.at(name).dtype == "F32" ? exported_.at(name) : tensor;
            for (int layer = 0; layer < options_.layers; ++layer)
                for (const char* role : {"q", "k", "v", "o", "gate", "up", "down"})
                    if (name.starts_with("model.layers." + std::to_string(layer) + ".") &&
                        name.ends_with(std::string(".") + role + "_proj.weight")) {
                        const std::vector<double> values = matrix(layer, role);
                        copy.bytes = tiny::bytes_of({values.begin(), values.end()}, "F32");
                    }
            tensors.push_back({name, std::move(copy)});
        }
        tiny::write_safetensors(folder / "model.safetensors", tensors);
    }

private:
    /// Channel d of kv head h feeds channel d of the query heads h·r … h·r + r − 1.
    std::vector<double> row_divisors(int layer, const std::string& role) const {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        if (role == "up") return scale(prefix + "down_input", options_.intermediate);
        if (role == "v") {
            const std::vector<double> all = scale(prefix + "output_input", options_.heads * options_.head_dim);
            std::vector<double> out;
            for (int head = 0; head < options_.kv_heads; ++head)
                for (int i = 0; i < options_.head_dim; ++i)
                    out.push_back(all[static_cast<std::size_t>(
                        head * (options_.heads / options_.kv_heads) * options_.head_dim + i)]);
            return out;
        }
        const std::int64_t rows = role == "q"      ? options_.heads * options_.head_dim
                                  : role == "k"    ? options_.kv_heads * options_.head_dim
                                  : role == "gate" ? options_.intermediate
                                                   : options_.hidden;
        return std::vector<double>(static_cast<std::size_t>(rows), 1.0);
    }

    tiny::Options options_;
    Statistics statistics_;
    TensorMap original_, exported_;
};

tiny::Options grouped() {
    tiny::Options options;
    options.heads = 6;
    options.kv_heads = 2;
    options.dtype = "F32";
    options.attention_bias = true;
    return options;
}

} // namespace

// Smoothing changes no output, an export holds the smoothed weights, and evaluation tells equal from different.
class TestExactness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smoothing_alone_changes_nothing() {
        const Workshop shop(grouped());
        shop.run("out", recipe_of("W8A8", SmoothingMode::fixed, SolverMethod::round_to_nearest));
        const Smoothed smoothed(shop, "out");
        for (const char* site : {"attention_input", "output_input", "mlp_input", "down_input"}) {
            double most = 0;
            for (const double scale : smoothed.scale(std::string("model.layers.1.") + site, 1))
                most = std::max(most, std::abs(std::log(scale)));
            QVERIFY2(most > 0.05, site); // a scale of ones would prove nothing
        }
        smoothed.write(shop.root() / "smoothed");
        const Metrics metrics = evaluate(shop.root() / "smoothed", shop.root() / "model").metrics;
        QVERIFY2(metrics.kl_max < 1e-6, qPrintable(QString::number(metrics.kl_max)));
        QVERIFY2(std::abs(metrics.perplexity_ratio.value - 1) < 1e-5,
                 qPrintable(QString::number(metrics.perplexity_ratio.value, 'g', 12)));
        QCOMPARE(metrics.same_top, 1.0);
    }

    void export_holds_the_smoothed_weights_data() {
        QTest::addColumn<QString>("dtype");
        QTest::addColumn<int>("mode");
        QTest::newRow("F32, fixed") << "F32" << int(SmoothingMode::fixed);
        QTest::newRow("BF16, searched") << "BF16" << int(SmoothingMode::automatic);
        QTest::newRow("F16, off") << "F16" << int(SmoothingMode::off);
    }
    void export_holds_the_smoothed_weights() {
        QFETCH(QString, dtype);
        QFETCH(int, mode);
        tiny::Options options = grouped();
        options.dtype = dtype.toStdString();
        const Workshop shop(options);
        shop.run("out", recipe_of("W8A8", SmoothingMode(mode), SolverMethod::round_to_nearest));
        const Smoothed smoothed(shop, "out");
        const TensorMap exported = tensors_in(shop.root() / "out");
        for (int layer = 0; layer < options.layers; ++layer)
            for (const std::string role : {"q", "k", "v", "o", "gate", "up", "down"}) {
                const std::string module =
                    "model.layers." + std::to_string(layer) +
                    (role == "gate" || role == "up" || role == "down" ? ".mlp." : ".self_attn.") + role + "_proj";
                const std::vector<double> expected = smoothed.matrix(layer, role),
                                          found = dequantized(exported, module),
                                          scales = values_of(exported.at(module + ".weight_scale"));
                const std::size_t columns = expected.size() / scales.size();
                for (std::size_t row = 0; row < scales.size(); ++row) {
                    double largest = 0;
                    for (std::size_t i = row * columns; i < (row + 1) * columns; ++i) {
                        // Half a step, and at 127.5 steps another half where the code is cut off at 127; the scale
                        // itself is rounded by at most 2⁻⁸.
                        QVERIFY2(std::abs(expected[i] - found[i]) <= scales[row] * 1.01, module.c_str());
                        largest = std::max(largest, std::abs(expected[i]));
                    }
                    // The row's scale is its largest magnitude over 127.5, rounded to the stored dtype once or (v and
                    // up) twice.
                    QVERIFY2(std::abs(scales[row] * 127.5 / largest - 1) < (dtype == "BF16" ? 0.009 : 0.002),
                             module.c_str());
                }
            }
    }

    void a_model_equals_itself() {
        for (const char* dtype : {"F32", "BF16"}) {
            tiny::Options options;
            options.dtype = dtype;
            const Workshop shop(options);
            const EvaluateResult result = evaluate(shop.root() / "model", shop.root() / "model");
            QCOMPARE(result.metrics.kl_max, 0.0);
            QCOMPARE(result.metrics.kl_divergence.value, 0.0);
            QCOMPARE(result.metrics.perplexity_ratio.value, 1.0);
            QCOMPARE(result.metrics.perplexity_ratio.standard_error, 0.0);
            QCOMPARE(result.metrics.same_top, 1.0);
            QCOMPARE(result.metrics.perplexity, *result.metrics.reference_perplexity);
            QCOMPARE(result.metrics.tokens, std::int64_t(6 * 31));
            QCOMPARE(result.tokens.loss.size(), std::size_t(6 * 31));
            QCOMPARE(result.tokens.kl.size(), std::size_t(6 * 31));
            QCOMPARE(evaluate(shop.root() / "model", {}).metrics.perplexity, result.metrics.perplexity);
        }
    }

    /// A zero embedding and no biases: all logits are equal, so the perplexity is the size of the vocabulary.
    void perplexity_of_a_model_that_knows_nothing() {
        tiny::Options options;
        options.tied = false;
        const Workshop shop(options);
        tiny::Tensors tensors = tiny::tensors(options);
        for (auto& [name, tensor] : tensors)
            if (name == "lm_head.weight") std::fill(tensor.bytes.begin(), tensor.bytes.end(), '\0');
        tiny::write_safetensors(shop.root() / "model/model.safetensors", tensors);
        const double perplexity = evaluate(shop.root() / "model", {}).metrics.perplexity;
        QVERIFY2(std::abs(perplexity / double(options.vocabulary) - 1) < 1e-5, qPrintable(QString::number(perplexity)));
    }

    void an_export_differs_a_little() {
        const Workshop shop;
        shop.run("w8a8", recipe_of("W8A8", SmoothingMode::automatic));
        shop.run("fp8", recipe_of("FP8_DYNAMIC", SmoothingMode::off, SolverMethod::round_to_nearest));
        for (const char* name : {"w8a8", "fp8"}) {
            const EvaluateResult result = evaluate(shop.root() / name, shop.root() / "model");
            QVERIFY(result.metrics.kl_divergence.value > 0);
            QVERIFY2(result.metrics.kl_divergence.value < 0.01,
                     qPrintable(QString::number(result.metrics.kl_divergence.value)));
            double loss = 0, reference = 0;
            for (const float value : result.tokens.loss) loss += double(value);
            for (const float value : result.tokens.reference_loss) reference += double(value);
            QVERIFY(std::abs(result.metrics.perplexity / std::exp(loss / double(result.tokens.loss.size())) - 1) <
                    1e-9);
            QVERIFY(std::abs(result.metrics.perplexity_ratio.value /
                                 std::exp((loss - reference) / double(result.tokens.loss.size())) -
                             1) < 1e-9);
        }
    }
};

QTEST_APPLESS_MAIN(TestExactness)
#include "test_exactness.moc"
