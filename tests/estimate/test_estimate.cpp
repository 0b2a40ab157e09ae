// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>

#include "estimate/estimate.h"
#include "estimate/serving_memory.h"
#include "estimate/speed.h"

using namespace octavo;

namespace {

constexpr double gib = 1024.0 * 1024 * 1024;

ModelConfig llama(int layers, std::int64_t hidden, std::int64_t intermediate, std::int64_t vocabulary, int heads,
                  int kv_heads, int head_dim, bool tied = false) {
    ModelConfig config;
    config.architecture = "LlamaForCausalLM";
    config.model_type = "llama";
    config.layers = layers;
    config.hidden = hidden;
    config.intermediate = intermediate;
    config.vocabulary = vocabulary;
    config.heads = heads;
    config.kv_heads = kv_heads;
    config.head_dim = head_dim;
    config.tied_head = tied;
    config.context = 131072;
    config.windows.assign(static_cast<std::size_t>(layers), 0);
    return config;
}

ModelConfig llama_8b() { return llama(32, 4096, 14336, 128256, 32, 8, 128); }
ModelConfig llama_2_7b() { return llama(32, 4096, 11008, 32000, 32, 32, 128); }
ModelConfig smollm() { return llama(30, 576, 1536, 49152, 9, 3, 64, true); }

std::vector<TensorSpec> tensors_of(const ModelConfig& config, const std::vector<Module>& modules) {
    std::vector<TensorSpec> out{{"model.embed_tokens.weight", Dtype::bf16, {config.vocabulary, config.hidden}},
                                {"model.norm.weight", Dtype::bf16, {config.hidden}}};
    for (int layer = 0; layer < config.layers; ++layer)
        for (const char* norm : {"input_layernorm", "post_attention_layernorm"})
            out.push_back({config.layer_prefix(layer) + norm + ".weight", Dtype::bf16, {config.hidden}});
    for (const Module& module : modules)
        if (module.role != "lm_head" || !config.tied_head)
            out.push_back({module.name + ".weight", Dtype::bf16, {module.rows, module.columns}});
    return out;
}

Forecast estimate(const ModelConfig& config, const std::string& scheme, const EstimateRequest& request) {
    const std::vector<Module> modules = linear_modules(config);
    Recipe recipe = Recipe::for_scheme(preset(scheme));
    return forecast(tensors_of(config, modules), config, resolve(recipe, modules), request);
}

RunWork work(const ModelConfig& config, std::int64_t tokens, std::int64_t length) {
    return run_work(config, resolve(Recipe::for_scheme(preset("W8A8")), linear_modules(config)), tokens, length);
}

bool close(double value, double expected, double tolerance) {
    const bool ok = std::abs(value - expected) <= tolerance * std::abs(expected);
    if (!ok) qWarning("%g instead of %g", value, expected);
    return ok;
}

} // namespace

class TestEstimate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Worked by hand from vLLM's division of a card's memory for Llama-3.1-8B: utilisation 0.92, 2.1 GiB beside weights
    // and cache, 8192 tokens.
    void llama_8b_on_cards_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<double>("weights"); // GiB
        QTest::addColumn<int>("card");       // GiB
        QTest::addColumn<double>("cache");   // GiB
        QTest::addColumn<int>("kv_bytes");
        QTest::addColumn<double>("sequences");
        const auto row = [](const char* scheme, double weights, int card, double cache, int kv_bytes,
                            double sequences) {
            QTest::addRow("%s %d GiB, %d-byte cache", scheme, card, kv_bytes)
                << scheme << weights << card << cache << kv_bytes << sequences;
        };
        row("W8A8", 8.46, 24, 11.52, 2, 11.5);
        row("W8A8", 8.46, 24, 11.52, 1, 23.0);
        row("W8A8", 8.46, 80, 63.04, 2, 63.0);
        row("W8A8", 8.46, 80, 63.04, 1, 126);
        row("FP8_DYNAMIC", 8.46, 48, 33.6, 2, 33.6);
        row("FP8_DYNAMIC", 8.46, 48, 33.6, 1, 67.2);
        row("W4A16", 5.31, 16, 7.31, 2, 7.3);
        row("W4A16", 5.31, 24, 14.67, 1, 29.3);
        row("NVFP4", 5.61, 80, 65.9, 2, 65.9);
        row("NVFP4", 5.61, 48, 36.45, 1, 72.9);
    }
    void llama_8b_on_cards() {
        QFETCH(QString, scheme);
        QFETCH(double, weights);
        QFETCH(int, card);
        QFETCH(double, cache);
        QFETCH(int, kv_bytes);
        QFETCH(double, sequences);
        EstimateRequest request;
        request.context = 8192;
        request.kv_bytes_per_element = kv_bytes;
        request.workspace_bytes = static_cast<std::uint64_t>(2.1 * gib);
        request.target = TargetGpu{"card", {8, 9}, std::uint64_t(card) << 30, 0};
        const Forecast found = estimate(llama_8b(), scheme.toStdString(), request);
        QVERIFY(close(static_cast<double>(found.weight_bytes_before) / gib, 14.96, 0.01));
        QVERIFY(close(static_cast<double>(found.weight_bytes_after) / gib, weights, 0.01));
        QVERIFY(close(static_cast<double>(found.kv_cache_bytes) / gib, cache, 0.01));
        QVERIFY(close(found.concurrency, sequences, 0.01));
        QCOMPARE(found.kv_bytes_per_token, std::uint64_t(65536) * static_cast<std::uint64_t>(kv_bytes));
        QVERIFY(found.fits_target);
    }

    void too_large_for_the_card() {
        EstimateRequest request;
        request.target = TargetGpu{"card", {8, 9}, std::uint64_t(8) << 30, 0};
        const Forecast found = estimate(llama_8b(), "W8A8", request);
        QVERIFY(!found.fits_target);
        QCOMPARE(found.kv_cache_bytes, std::uint64_t(0));
        QCOMPARE(found.concurrency, 0.0);
    }

    void sliding_window_holds_fewer_blocks() {
        EstimateRequest request;
        request.context = 65536;
        request.target = TargetGpu{"card", {8, 9}, std::uint64_t(24) << 30, 0};
        ModelConfig config = llama_8b();
        const double full = estimate(config, "W8A8", request).concurrency;
        config.windows.assign(32, 4096);
        const double sliding = estimate(config, "W8A8", request).concurrency;
        // Blocks per sequence: 65536/16 = 4096 against ceil((4095 + 2048)/16) + 1 = 385.
        QVERIFY(close(sliding / full, 4096.0 / 385.0, 1e-3));
    }

    void sizes_by_kind_add_up() {
        const Forecast found = estimate(smollm(), "W8A8", {});
        const auto sum = [](const std::map<std::string, std::uint64_t>& kinds) {
            std::uint64_t out = 0;
            for (const auto& [kind, bytes] : kinds) out += bytes;
            return out;
        };
        QCOMPARE(sum(found.by_kind_before), found.weight_bytes_before);
        QCOMPARE(sum(found.by_kind_after), found.weight_bytes_after);
        QCOMPARE(found.by_kind_before.at("embeddings"), found.by_kind_after.at("embeddings"));
        // 134 515 008 parameters (the model's card), tied head, bf16.
        QCOMPARE(found.weight_bytes_before, std::uint64_t(134515008) * 2);
        // Per channel: one 16-bit scale per row. Rows of a layer: q, o and down 576 each, k and v 192, gate and up
        // 1536.
        const double elements = 30.0 * (2 * 576 * 576 + 2 * 576 * 192 + 3 * 576 * 1536),
                     rows = 30.0 * (3 * 576 + 2 * 192 + 2 * 1536);
        QVERIFY(close(found.bits_per_weight, 8 + 16 * rows / elements, 1e-9));
    }

    // Constants published for Llama-2-7B, 128 × 2048 tokens: forward of linears 3.40e15 + attention 1.41e14, triangle
    // of the Hessians 1.44e15, one Cholesky each 1.64e13, solve 3.65e13.
    void operations_of_llama_2_7b() {
        const RunWork found = work(llama_2_7b(), 262144, 2048);
        QVERIFY(close(found.forward, 3.395e15 + 1.41e14, 0.01));
        QVERIFY(close(found.hessian, 1.44e15, 0.01));
        QVERIFY(close(found.factorisation, 1.64e13, 0.01));
        QVERIFY(close(found.solve, 3.65e13, 0.01));
    }

    // SmolLM2-135M: 5.57e13 operations of linears for 262 144 tokens, Hessians 5.3e13 / 2.
    void operations_of_the_sample() {
        const RunWork found = work(smollm(), 262144, 512);
        QVERIFY(close(found.forward, 5.57e13 + 4.0 * 576 * 256 * 262144 * 30, 0.01));
        QVERIFY(close(found.hessian, 5.3e13 / 2, 0.01));
        QVERIFY(close(found.solve, 8.66e10, 0.01));
    }

    void what_is_rounded_is_not_solved() {
        Recipe recipe = Recipe::for_scheme(preset("W8A8"));
        recipe.overrides = {override_from_text("re:.*(down|up)_proj=rtn")};
        const ModelConfig config = smollm();
        const RunWork all = work(config, 262144, 512),
                      some = run_work(config, resolve(recipe, linear_modules(config)), 262144, 512);
        const double up = 1536.0 * 576 * 576, down = 576.0 * 1536 * 1536;
        QVERIFY(close(all.solve - some.solve, 30 * (up + down), 1e-9));
        // Up reads what gate is solved on.
        QVERIFY(close(all.factorisation - some.factorisation, 30 * 1536.0 * 1536 * 1536 / 3, 1e-9));
        QCOMPARE(some.forward, all.forward);
    }

    // The original model once more; per token and layer the products 576² (twice), 576 · 576 and 576 · 1536.
    void a_second_stream_counts() {
        Recipe recipe = Recipe::for_scheme(preset("W8A8"));
        recipe.solver.correction = Correction::residual;
        const ModelConfig config = smollm();
        const RunWork one = work(config, 262144, 512),
                      two = run_work(config, resolve(recipe, linear_modules(config)), 262144, 512);
        QCOMPARE(two.forward, 2 * one.forward);
        QVERIFY(close(two.hessian - one.hessian, 30 * 262144.0 * 2 * (3 * 576.0 * 576 + 576.0 * 1536), 1e-9));
        QVERIFY(close(two.solve, 3 * one.solve, 1e-9));
    }

    void data_free_runs_cost_no_arithmetic() {
        const ModelConfig config = smollm();
        QCOMPARE(
            run_work(config, resolve(Recipe::for_scheme(preset("FP8_DYNAMIC")), linear_modules(config)), 1 << 20, 2048)
                .total(),
            0.0);
        const Forecast free = estimate(config, "FP8_DYNAMIC", {}), calibrated = estimate(config, "W8A8", {});
        QVERIFY(free.run_seconds < calibrated.run_seconds);
        QVERIFY(free.run_peak_bytes < (std::uint64_t(512) << 20));
    }

    void peak_memory_grows_with_tokens_as_the_streams_do() {
        EstimateRequest small, large;
        small.calibration_tokens = 4096;
        large.calibration_tokens = 4096 + 32768;
        const auto difference =
            estimate(smollm(), "W8A8", large).run_peak_bytes - estimate(smollm(), "W8A8", small).run_peak_bytes;
        QCOMPARE(difference, std::uint64_t(32768) * (576 + 1536) * 4);
    }

    void faster_instruction_sets_count_for_more() {
        CpuInfo none, avx2, avx512;
        avx2.avx2 = avx512.avx2 = avx512.avx512f = true;
        QVERIFY(operations_per_core(none) < operations_per_core(avx2));
        QVERIFY(operations_per_core(avx2) < operations_per_core(avx512));
    }

    // Llama-3.1-8B, 6.979e9 weights in matrices and 0.525e9 in the head, on a card of 1 TB/s and 100 TFLOP/s.
    void roofline_of_llama_8b() {
        const ModelConfig config = llama_8b();
        const TargetGpu card{"card", {8, 9}, std::uint64_t(48) << 30, 1e12, 1e14};
        const ServingLoad before = serving_load(config, nullptr, card, 1, 2);
        QVERIFY(close(before.weight_bytes, 2 * (6.979e9 + 0.5254e9), 1e-3));
        QVERIFY(close(before.operations_per_token, 2 * (6.979e9 + 0.5254e9), 1e-3));
        QCOMPARE(before.rate, 1.0);
        const ResolvedRecipe int8 = resolve(Recipe::for_scheme(preset("W8A8")), linear_modules(config)),
                             int4 = resolve(Recipe::for_scheme(preset("W4A16")), linear_modules(config));
        const ServingLoad eight = serving_load(config, &int8, card, 1, 2),
                          four = serving_load(config, &int4, card, 1, 2);
        QVERIFY(close(eight.weight_bytes, 6.979e9 + 2 * 0.5254e9, 1e-3));
        QVERIFY(close(eight.rate, (6.979 + 0.5254) / (6.979 / 2 + 0.5254), 1e-3));
        QVERIFY(close(four.weight_bytes, 6.979e9 * 4.125 / 8 + 2 * 0.5254e9, 1e-3));
        QCOMPARE(four.rate, 1.0); // multiplies in 16 bit
        // One sequence of 1024 tokens: bytes decide; a prompt of 8192: arithmetic.
        const ServingSpeed alone = serving_speed(eight, card, 1, 1024).value();
        QVERIFY(close(alone.decode_alone, 1e12 / (eight.weight_bytes + 1024 * 131072.0), 1e-9));
        QVERIFY(!alone.full_is_arithmetic);
        const ServingSpeed prompt = serving_speed(four, card, 64, 8192).value();
        QVERIFY(close(prompt.prefill, 1e14 / four.operations_per_token, 1e-9));
        QVERIFY(close(serving_speed(eight, card, 64, 8192)->prefill / prompt.prefill, eight.rate, 1e-9));
        QVERIFY(!serving_speed(eight, {"bare", {8, 9}, 0, 0}, 1, 1024));
    }

    void cards_share_weights_and_heads() {
        const ModelConfig config = llama_8b();
        EstimateRequest one, four;
        one.target = four.target = TargetGpu{"card", {8, 9}, std::uint64_t(24) << 30, 0};
        one.workspace_bytes = four.workspace_bytes = std::uint64_t(2) << 30;
        four.tensor_parallel = 4;
        const Forecast alone = estimate(config, "W8A8", one), shared = estimate(config, "W8A8", four);
        QCOMPARE(shared.kv_bytes_per_token * 4, alone.kv_bytes_per_token);
        QVERIFY(close(static_cast<double>(shared.kv_cache_bytes - alone.kv_cache_bytes),
                      0.75 * static_cast<double>(alone.weight_bytes_after), 0.01));
        four.tensor_parallel = 16; // more cards than key/value heads: each keeps a whole one
        QCOMPARE(estimate(config, "W8A8", four).kv_bytes_per_token * 8, alone.kv_bytes_per_token);
    }

    /// The worked example of an 8B model on a 24 GiB card: 1 GiB of cache is one sequence of 8192 tokens.
    void a_card_is_divided_up() {
        const ModelConfig config = llama_8b();
        const std::map<std::string, std::uint64_t> weights{{"mlp", std::uint64_t(6) << 30},
                                                           {"embeddings", std::uint64_t(2) << 30}};
        ServingPlan plan;
        plan.target = TargetGpu{"card", {8, 9}, std::uint64_t(24) << 30, 0, 0};
        plan.context = 8192;
        plan.sequences = 3;
        const ServingMemory one = serving_memory(weights, config, plan);
        QCOMPARE(one.cache, std::uint64_t(3) << 30);
        QCOMPARE(one.weight_bytes(), std::uint64_t(8) << 30);
        QVERIFY(close(static_cast<double>(one.limit), 0.92 * 24 * gib, 1e-9));
        QVERIFY(close(static_cast<double>(one.graphs), 0.7 * gib, 1e-6));
        QVERIFY(static_cast<double>(one.activations) >= 0.5 * gib);
        QCOMPARE(one.total(), one.weight_bytes() + one.cache + one.activations + one.graphs);
        // What is left of the limit beside weights and workspace, one GiB a sequence, and the blocks that are reserved.
        const double left = static_cast<double>(one.limit - one.weight_bytes() - one.activations - one.graphs) / gib;
        QVERIFY(close(one.concurrency, left, 0.005));
        QVERIFY(one.concurrency < left);

        plan.kv_bytes_per_element = 1;
        const ServingMemory narrow = serving_memory(weights, config, plan);
        QCOMPARE(narrow.cache * 2, one.cache);
        QVERIFY(close(narrow.concurrency, 2 * one.concurrency, 0.005));
        plan.tensor_parallel = 4;
        const ServingMemory shared = serving_memory(weights, config, plan);
        QCOMPARE(shared.cache * 4, narrow.cache);
        QCOMPARE(shared.weights.at("mlp") * 4, weights.at("mlp"));
        plan.context = 8193; // the last block is begun
        QCOMPARE(serving_memory(weights, config, plan).cache, shared.cache + 3 * 16 * (32768 / 2));
        plan.target = TargetGpu{"processor", {}, std::uint64_t(64) << 30, 0, 0};
        QCOMPARE(serving_memory(weights, config, plan).graphs, std::uint64_t(0));
        plan.target.memory_bytes = std::uint64_t(2) << 30;
        QCOMPARE(serving_memory(weights, config, plan).concurrency, 0.0);
    }

    void what_cannot_be_split_is_said() {
        const auto problems = [](const ModelConfig& config, const char* scheme, int cards) {
            QStringList out;
            const ResolvedRecipe resolved = resolve(Recipe::for_scheme(preset(scheme)), linear_modules(config));
            for (const Message& one : tensor_parallel_problems(config, resolved, cards))
                out << QString::fromStdString(one.english());
            return out.join('\n');
        };
        QVERIFY(problems(llama_8b(), "W8A8", 8).isEmpty());
        QVERIFY(problems(llama_8b(), "W4A16", 8).isEmpty());
        QVERIFY(problems(llama_8b(), "W8A8", 16).contains("8 key/value heads are copied to 16 cards"));
        QVERIFY(problems(smollm(), "W8A8", 2).contains("9 attention heads cannot be split over 2 cards"));
        // 11008 / 8 = 1376 columns of down_proj, which is no multiple of 128.
        QVERIFY(problems(llama_2_7b(), "W4A16", 8).contains("down_proj has 11008 columns to split over 8 cards"));
    }
};

QTEST_APPLESS_MAIN(TestEstimate)
#include "test_estimate.moc"
