// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "recipe/llm_compressor.h"

using namespace octavo;

namespace {

/// "line: message" of the refusal.
std::string refusal(const std::string& text) {
    try {
        recipe_from_yaml(text, "recipe.yaml");
    } catch (const Error& error) {
        if (error.code() != ErrorCode::unusable_recipe || error.place().file != "recipe.yaml")
            return "wrong kind of error";
        return std::to_string(error.place().line) + ": " + error.message().english();
    }
    return "no error";
}

std::string stage(const std::string& modifiers) {
    std::string out = "default_stage:\n  default_modifiers:\n";
    std::size_t start = 0;
    while (start < modifiers.size()) {
        const std::size_t end = modifiers.find('\n', start);
        out += "    " + modifiers.substr(start, end - start) + "\n";
        start = end + 1;
    }
    return out;
}

} // namespace

// recipe.yaml of llm-compressor: the texts are as it writes them or its examples have them.
class TestLlmCompressor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// As save_pretrained() writes it for SmoothQuant and GPTQ.
    void smoothquant_and_gptq() {
        const Recipe recipe = recipe_from_yaml(R"(default_stage:
  default_modifiers:
    SmoothQuantModifier:
      requires_calibration_data: true
      smoothing_strength: 0.8
      mappings:
      - - ['re:.*q_proj', 're:.*k_proj', 're:.*v_proj']
        - re:.*input_layernorm
      - - ['re:.*gate_proj', 're:.*up_proj']
        - re:.*post_attention_layernorm
      ignore: []
      algorithm: smoothquant
    GPTQModifier:
      requires_calibration_data: true
      targets: [Linear]
      ignore: [lm_head]
      scheme: W8A8
      bypass_divisibility_checks: false
      block_size: 64
      dampening_frac: 0.05
      actorder: static
      offload_hessians: false
)",
                                               "recipe.yaml");
        QVERIFY(recipe.scheme == preset("W8A8"));
        QCOMPARE(recipe.ignore, std::vector<std::string>{"lm_head"});
        QVERIFY(recipe.overrides.empty());
        QVERIFY(recipe.smoothing.mode == SmoothingMode::fixed &&
                recipe.smoothing.statistic == SmoothingStatistic::range);
        QCOMPARE(recipe.smoothing.strength, 0.8);
        QVERIFY(recipe.smoothing.norms && !recipe.smoothing.up_down && !recipe.smoothing.value_output);
        QVERIFY(recipe.solver.method == SolverMethod::gptq && recipe.solver.scales == ScaleMethod::extremes);
        QVERIFY(recipe.solver.activation_order);
        QCOMPARE(recipe.solver.block_size, 64);
        QCOMPARE(recipe.solver.damping, 0.05);
        QVERIFY(!recipe.quantize_activations);
    }

    void rounding_with_a_cache() {
        const Recipe recipe = recipe_from_yaml(stage(R"(QuantizationModifier:
  targets: Linear
  ignore: ["lm_head", "re:.*mlp.gate$"]
  scheme: FP8_DYNAMIC
  weight_observer: mse
  kv_cache_scheme: {num_bits: 8, type: float, strategy: attn_head, dynamic: false, symmetric: true, observer: static_minmax}
)"),
                                               "recipe.yaml");
        QVERIFY(recipe.scheme == preset("FP8_DYNAMIC"));
        QVERIFY(recipe.solver.method == SolverMethod::round_to_nearest &&
                recipe.solver.scales == ScaleMethod::least_squares);
        QVERIFY(recipe.kv_cache == KvCache::fp8_per_head);
        QVERIFY(recipe.smoothing.mode == SmoothingMode::off);
        QCOMPARE(recipe.ignore.size(), 2u);
    }

    /// Scaling and rounding as one modifier up to version 0.8, as two from 0.9 on.
    void awq_alone_and_before_gptq() {
        const Recipe old = recipe_from_yaml(stage(R"(AWQModifier:
  scheme: W4A16_ASYM
  targets: [Linear]
  ignore: [lm_head]
  duo_scaling: both
  n_grid: 20
  mappings:
  - {smooth_layer: 're:.*input_layernorm$', balance_layers: ['re:.*q_proj$', 're:.*k_proj$', 're:.*v_proj$']}
  - {smooth_layer: 're:.*v_proj$', balance_layers: ['re:.*o_proj$'], activation_hook_target: null}
  - {smooth_layer: 're:.*post_attention_layernorm$', balance_layers: ['re:.*gate_proj$', 're:.*up_proj$']}
)"),
                                            "recipe.yaml");
        QVERIFY(old.scheme == preset("W4A16_ASYM"));
        QVERIFY(old.smoothing.rule == SmoothingRule::awq && old.smoothing.mode == SmoothingMode::automatic);
        QVERIFY(old.smoothing.norms && old.smoothing.value_output && !old.smoothing.up_down);
        QVERIFY(old.solver.method == SolverMethod::round_to_nearest);
        QCOMPARE(old.ignore, std::vector<std::string>{"lm_head"});
        const Recipe split = recipe_from_yaml(
            stage("AWQModifier:\n  duo_scaling: true\nGPTQModifier:\n  scheme: W4A16\n  ignore: [lm_head]\n"),
            "recipe.yaml");
        QVERIFY(split.smoothing.rule == SmoothingRule::awq && split.solver.method == SolverMethod::gptq);
        QVERIFY(split.smoothing.norms && split.smoothing.up_down && split.smoothing.value_output);
    }

    /// compressed-tensors asks exact names first, then expressions, then classes; what nothing targets stays in 16 bit.
    void groups_by_precedence() {
        const Recipe recipe = recipe_from_yaml(R"(quant_stage:
  quant_modifiers:
    GPTQModifier:
      actorder: null
      config_groups:
        group_0:
          targets: ["re:.*self_attn.*"]
          weights: {num_bits: 4, type: int, symmetric: true, strategy: group, group_size: 128}
        group_1:
          targets: [model.layers.0.mlp.down_proj]
          weights: {num_bits: 8, type: int, symmetric: true, strategy: channel}
          input_activations: {num_bits: 8, type: int, symmetric: false, strategy: tensor, dynamic: false}
)",
                                               "recipe.yaml");
        QCOMPARE(recipe.overrides.size(), 3u);
        QCOMPARE(recipe.overrides[0].targets, std::vector<std::string>{"model.layers.0.mlp.down_proj"});
        QVERIFY(recipe.overrides[0].scheme->input && !recipe.overrides[0].scheme->input->symmetric);
        QCOMPARE(recipe.overrides[1].targets, std::vector<std::string>{"re:.*self_attn.*"});
        QCOMPARE(recipe.overrides[1].scheme->name, std::string("W4A16"));
        QCOMPARE(recipe.overrides[2].targets, std::vector<std::string>{"Linear"});
        QVERIFY(!recipe.overrides[2].scheme);
        QVERIFY(!recipe.solver.activation_order);
    }

    /// As in its example of several modifiers: each matrix is solved by the last that targets it.
    void modifiers_with_targets_of_their_own() {
        const Recipe recipe = recipe_from_yaml(stage(R"(GPTQModifier:
  targets: ["re:.*self_attn\\.(q|k|v|o)_proj$", "re:.*mlp\\.down_proj$"]
  scheme: W8A8
  dampening_frac: 0.05
  ignore: [lm_head, "re:.*layers\\.1\\..*o_proj"]
QuantizationModifier:
  targets: ["re:.*mlp\\.(down|gate|up)_proj$"]
  scheme: W8A16
  weight_observer: mse
  ignore: [lm_head]
)"),
                                               "recipe.yaml");
        QCOMPARE(recipe.ignore, std::vector<std::string>{"lm_head"});
        QVERIFY(recipe.needs_data());
        std::vector<Module> modules;
        for (const int layer : {0, 1})
            for (const char* name : {"self_attn.q_proj", "self_attn.o_proj", "mlp.down_proj", "mlp.gate_proj", "other"})
                modules.push_back({.name = "model.layers." + std::to_string(layer) + "." + name,
                                   .rows = 64,
                                   .columns = 128,
                                   .layer = layer});
        const ResolvedRecipe resolved = resolve(recipe, modules);
        const auto is = [&](const std::string& name, const char* scheme, SolverMethod method) {
            const std::size_t place = resolved.find("model.layers." + name).value();
            const SolverOptions& solver = resolved.solvers[place];
            const bool gptq = method == SolverMethod::gptq;
            return resolved.schemes[place] == preset(scheme) && solver.method == method &&
                   solver.damping == (gptq ? 0.05 : 0.01) && solver.activation_order == gptq &&
                   solver.scales == (gptq ? ScaleMethod::extremes : ScaleMethod::least_squares);
        };
        QVERIFY(is("0.self_attn.q_proj", "W8A8", SolverMethod::gptq));
        QVERIFY(is("0.self_attn.o_proj", "W8A8", SolverMethod::gptq));
        QVERIFY(is("0.mlp.down_proj", "W8A16", SolverMethod::round_to_nearest));
        QVERIFY(is("1.mlp.gate_proj", "W8A16", SolverMethod::round_to_nearest));
        for (const char* kept : {"model.layers.1.self_attn.o_proj", "model.layers.0.other"})
            QVERIFY2(!resolved.scheme_of(kept), kept);
    }

    void a_later_modifier_takes_the_rest() {
        const Recipe recipe = recipe_from_yaml(
            stage("GPTQModifier: {scheme: W4A16, targets: ['re:.*down_proj']}\n"
                  "QuantizationModifier: {scheme: FP8_DYNAMIC, targets: [Linear], ignore: ['re:.*down_proj']}\n"),
            "recipe.yaml");
        const ResolvedRecipe resolved =
            resolve(recipe, {{.name = "a.down_proj", .rows = 64, .columns = 128, .layer = 0},
                             {.name = "a.up_proj", .rows = 64, .columns = 128, .layer = 0}});
        QVERIFY(resolved.schemes[0] == preset("W4A16") && resolved.solvers[0].method == SolverMethod::gptq);
        QVERIFY(resolved.schemes[1] == preset("FP8_DYNAMIC") &&
                resolved.solvers[1].method == SolverMethod::round_to_nearest);
        const Recipe same = recipe_from_yaml(
            stage("GPTQModifier: {scheme: W8A8}\nQuantizationModifier: {scheme: W4A16}\n"), "recipe.yaml");
        QVERIFY_EXCEPTION_THROWN(resolve(same, resolved.modules), Error);
    }

    void a_file_is_told_by_its_extension() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("recipe.yaml").toStdString();
        std::ofstream(file) << stage("QuantizationModifier: {scheme: FP8_BLOCK, ignore: [lm_head]}\n");
        QVERIFY(read_recipe(file).scheme == preset("FP8_BLOCK"));
    }

    void refused_by_name_and_line_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const std::string& text, const char* said) {
            QTest::newRow(name) << QString::fromStdString(text) << said;
        };
        row("no YAML", "a: [1", "is not valid YAML");
        row("no map", "- a\n", "1: The file holds no recipe");
        row("no stage", "recipe: {}\n", "1: \"recipe\" is not a stage");
        row("no modifiers", "a_stage:\n  things: {}\n", "\"things\" is not a group of modifiers");
        row("unknown modifier", stage("SparseGPTModifier:\n  sparsity: 0.5\n"), "counterpart of SparseGPTModifier");
        row("its line", stage("QuantizationModifier:\n  scheme: W8A8\n  targetz: [Linear]\n"),
            "5: Octavo does not know the option \"targetz\" of QuantizationModifier");
        row("unknown scheme", stage("GPTQModifier:\n  scheme: W9A9\n"), "4: There is no scheme called \"W9A9\"");
        row("nothing quantized", stage("SmoothQuantModifier: {smoothing_strength: 0.5}\n"), "quantizes nothing");
        row("strength", stage("SmoothQuantModifier:\n  smoothing_strength: 1.5\n"),
            "4: The value of \"smoothing_strength\"");
        row("both", stage("GPTQModifier:\n  scheme: W8A8\n  config_groups: {}\n"),
            "both \"scheme\" and \"config_groups\"");
        row("neither", stage("GPTQModifier:\n  ignore: [lm_head]\n"), "neither");
        row("smoothing behind",
            stage("GPTQModifier:\n  scheme: W8A8\nSmoothQuantModifier:\n  smoothing_strength: 0.5\n"),
            "5: SmoothQuantModifier stands behind");
        row("dynamic order", stage("GPTQModifier:\n  scheme: W4A16\n  actorder: group\n"),
            "5: The value of \"actorder\"");
        row("half of the mappings",
            stage("SmoothQuantModifier:\n  mappings:\n  - [['re:.*q_proj', 're:.*k_proj', 're:.*v_proj'], "
                  "'re:.*input_layernorm']\n"),
            "but not both");
        row("option of nobody", stage("AWQModifier:\n  strength: 1\n"),
            "4: Octavo does not know the option \"strength\"");
        row("AWQ behind", stage("GPTQModifier:\n  scheme: W4A16\nAWQModifier:\n  n_grid: 20\n"),
            "5: AWQModifier stands behind");
        row("half a mapping", stage("AWQModifier:\n  mappings:\n  - {smooth_layer: 're:.*up_proj$'}\n"),
            "5: The value of \"mappings\"");
        row("mapping of nobody",
            stage("SmoothQuantModifier:\n  mappings:\n  - [['re:.*fc1'], 're:.*final_layer_norm']\n"),
            "5: Octavo does not know this mapping");
        row("integer cache",
            stage("QuantizationModifier:\n  kv_cache_scheme: {num_bits: 8, type: int, symmetric: true, strategy: "
                  "tensor}\n"),
            "4: The value of \"kv_cache_scheme\"");
        row("output activations",
            stage("QuantizationModifier:\n  config_groups:\n    a:\n      targets: [Linear]\n      weights: {num_bits: "
                  "8, "
                  "type: int, strategy: channel}\n      output_activations: {num_bits: 8}\n"),
            "outputs of matrices");
        row("unserved",
            stage("QuantizationModifier:\n  config_groups:\n    a:\n      targets: [Linear]\n      weights: "
                  "{num_bits: 8, type: int, strategy: group, group_size: 16}\n      input_activations: "
                  "{num_bits: 8, type: int, strategy: token, dynamic: true}\n"),
            "not one that vLLM serves");
        row("embeddings", stage("QuantizationModifier:\n  scheme: W4A16\n  targets: [Linear, Embedding]\n"),
            "\"Embedding\"");
        row("twice", stage("GPTQModifier:\n  scheme: W8A8\n  scheme: W4A16\n"),
            "5: The name \"scheme\" stands here twice");
        row("schedule", stage("QuantizationModifier:\n  scheme: W8A8\n  start: 0.5\n"), "5: \"start\" schedules");
        std::string bomb = "a0: &a0 [1, 1]\n";
        for (int i = 1; i < 40; ++i) {
            const std::string last = std::to_string(i - 1), own = std::to_string(i);
            bomb += "a" + own + ": &a" + own + " [*a" + last + ", *a" + last + "]\n";
        }
        row("aliases of aliases", bomb, "too deeply or too large");
        row("deep", "a_stage: " + std::string(200, '[') + std::string(200, ']') + "\n", "too deeply or too large");
    }
    void refused_by_name_and_line() {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const std::string found = refusal(text.toStdString());
        QVERIFY2(found.find(said.toStdString()) != std::string::npos, found.c_str());
    }
};

QTEST_APPLESS_MAIN(TestLlmCompressor)
#include "test_llm_compressor.moc"
