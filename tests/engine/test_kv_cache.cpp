// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "compressed_tensors/verifier.h"
#include "engine/engine.h"
#include "workshop.h"

using namespace octavo;

namespace {

/// Nothing but the cache.
Recipe cache_only(KvCache cache) {
    Recipe out = Recipe::for_scheme(preset("FP8_DYNAMIC"));
    out.ignore = {"Linear", "lm_head"};
    out.kv_cache = cache;
    return out;
}

std::vector<double> scales_of(const TensorMap& tensors, int layer, const std::string& name) {
    return values_of(tensors.at("model.layers." + std::to_string(layer) + ".self_attn." + name));
}

double divergence(const Workshop& shop, const char* name) {
    tiny::write_text(shop.root() / "text.txt",
                     std::string(400, 'x') + " some words and 123 numbers, again and again.\n");
    EvaluateRequest request;
    request.model = shop.root() / name;
    request.reference = shop.root() / "model";
    request.text = shop.root() / "text.txt";
    request.sequence_length = 32;
    request.device = "cpu";
    request.threads = 2;
    FanOut nobody({});
    return load_engine().evaluate(request, nobody, {}).metrics.kl_divergence.value;
}

/// The export as a model of 32-bit floats: every matrix dequantized.
void write_dequantized(const Workshop& shop, const tiny::fs::path& target) {
    const TensorMap tensors = tensors_in(shop.root() / "out");
    tiny::Tensors plain;
    for (const auto& [name, tensor] : tensors) {
        if (name.ends_with("_scale")) continue;
        const std::vector<double> values =
            name.ends_with(".weight") ? dequantized(tensors, name.substr(0, name.size() - 7)) : values_of(tensor);
        plain.push_back({name, {"F32", tensor.shape, tiny::bytes_of({values.begin(), values.end()}, "F32")}});
    }
    tiny::Options options = shop.options();
    options.dtype = "F32";
    tiny::fs::create_directories(target);
    tiny::write_text(target / "config.json", tiny::config(options).dump());
    tiny::write_safetensors(target / "model.safetensors", plain);
    tiny::write_tokenizer(target);
}

} // namespace

// Scales of keys and values: whether they are right is for tests/oracle/kv_cache_agrees.py; here, how they go with the
// rest of an export.
class TestKvCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_layer_has_the_largest_scale_of_its_heads() {
        const Workshop shop;
        shop.run("whole", cache_only(KvCache::fp8));
        shop.run("heads", cache_only(KvCache::fp8_per_head));
        const TensorMap whole = tensors_in(shop.root() / "whole"), heads = tensors_in(shop.root() / "heads");
        for (int layer = 0; layer < 2; ++layer)
            for (const char* name : {"k_scale", "v_scale"}) {
                const std::vector<double> all = scales_of(whole, layer, name), each = scales_of(heads, layer, name);
                QCOMPARE(all.size(), 1u);
                QCOMPARE(each.size(), 2u);
                QVERIFY(all[0] > 0);
                QCOMPARE(all[0], *std::max_element(each.begin(), each.end()));
                QVERIFY(each[0] != each[1]);
            }
        const auto config = tiny::Json::parse(tiny::read_text(shop.root() / "heads" / "config.json"));
        QCOMPARE(config["quantization_config"]["kv_cache_scheme"]["strategy"].get<std::string>(), "attn_head");
        QCOMPARE(config["quantization_config"]["format"].get<std::string>(), "dense");
    }

    /// Weights are as they were: what is left is the rounding of the cache.
    void evaluation_rounds_keys_and_values() {
        const Workshop shop;
        for (const auto& [name, cache] :
             {std::pair("whole", KvCache::fp8), std::pair("heads", KvCache::fp8_per_head)}) {
            shop.run(name, cache_only(cache));
            const double kl = divergence(shop, name);
            QVERIFY2(kl > 0 && kl < 1e-3, qPrintable(QString::number(kl)));
        }
    }

    void goes_with_every_scheme_data() {
        QTest::addColumn<QString>("scheme");
        for (const char* scheme : {"W8A8", "FP8_DYNAMIC", "W4A16", "FP8"}) QTest::newRow(scheme) << scheme;
    }
    void goes_with_every_scheme() {
        QFETCH(QString, scheme);
        const Workshop shop;
        Recipe recipe = Recipe::for_scheme(preset(scheme.toStdString()));
        recipe.group_fit = GroupFit::common;
        recipe.kv_cache = KvCache::fp8;
        QVERIFY(recipe.needs_data());
        shop.run("out", recipe);
        for (const Check& check : verify_export(shop.root() / "out"))
            QVERIFY2(check.status == Check::Status::pass, check.message.english().c_str());
        QVERIFY(divergence(shop, "out") > 0);
    }

    /// Smoothing v → o divides the values that are cached; the scales must be those of what is exported.
    void scales_are_those_of_the_smoothed_values() {
        const Workshop shop({.attention_bias = true});
        Recipe recipe = recipe_of("W8A8", SmoothingMode::fixed, SolverMethod::round_to_nearest);
        recipe.quantize_activations = false;
        recipe.kv_cache = KvCache::fp8_per_head;
        shop.run("out", recipe);
        write_dequantized(shop, shop.root() / "plain");
        QuantizeRequest request = shop.request("again", cache_only(KvCache::fp8_per_head));
        request.model = shop.root() / "plain";
        FanOut nobody({});
        octavo::quantize(request, nobody, {});
        const TensorMap found = tensors_in(shop.root() / "out"), expected = tensors_in(shop.root() / "again");
        for (int layer = 0; layer < 2; ++layer)
            for (const char* name : {"k_scale", "v_scale"}) {
                const std::vector<double> own = scales_of(found, layer, name), other = scales_of(expected, layer, name);
                for (std::size_t i = 0; i < own.size(); ++i)
                    QVERIFY2(
                        std::abs(own[i] / other[i] - 1) < 0.01,
                        qPrintable(QString("%1 of layer %2: %3, %4").arg(name).arg(layer).arg(own[i]).arg(other[i])));
            }
    }
};

QTEST_APPLESS_MAIN(TestKvCache)
#include "test_kv_cache.moc"
