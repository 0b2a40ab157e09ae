// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "base/files.h"
#include "recipe/pattern.h"
#include "recipes.h"

using namespace octavo;

class TestRecipe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsPerScheme() {
        const Recipe integer = w8a8();
        QVERIFY(integer.smoothing.mode == SmoothingMode::automatic && integer.solver.method == SolverMethod::gptq &&
                integer.needs_data());
        Recipe fp8 = Recipe::for_scheme(preset("FP8_DYNAMIC"));
        QVERIFY(fp8.smoothing.mode == SmoothingMode::off && fp8.solver.method == SolverMethod::round_to_nearest &&
                !fp8.needs_data());
        fp8.overrides.push_back({{"lm_head"}, preset("FP8")});
        QVERIFY(fp8.needs_data());
        // Four bits are too few to be rounded without looking at data.
        const Recipe eight = Recipe::for_scheme(preset("W4A8"));
        QVERIFY(eight.smoothing.rule == SmoothingRule::smoothquant && eight.solver.method == SolverMethod::gptq &&
                eight.solver.scales == ScaleMethod::weighted_least_squares && eight.needs_data());
        for (const char* name : {"W4A16", "W4A16_ASYM", "W3A16", "W4AFP8", "NVFP4", "NVFP4A16", "MXFP4A16"}) {
            const Recipe four = Recipe::for_scheme(preset(name));
            QVERIFY(four.smoothing.rule == SmoothingRule::awq && four.smoothing.mode == SmoothingMode::automatic &&
                    four.solver.method == SolverMethod::gptq && four.solver.activation_order &&
                    four.solver.scales == ScaleMethod::weighted_least_squares && four.needs_data());
        }
        QVERIFY(!Recipe::for_scheme(preset("MXFP8")).needs_data());
    }

    void calibratedFp8IsAShortRecipe() {
        const Recipe recipe =
            recipe_from_json(Json::parse(R"({"scheme": "FP8_DYNAMIC", "solver": {"method": "gptq"}})"));
        QVERIFY(recipe.solver.method == SolverMethod::gptq && recipe.smoothing.mode == SmoothingMode::off &&
                recipe.needs_data());
    }

    void survivesJson() {
        Recipe recipe = w8a8();
        recipe.ignore = {"lm_head", "re:.*layers\\.0\\..*"};
        Scheme custom = preset("W8A8");
        custom.name = "custom";
        recipe.overrides = {{{"re:.*down_proj"}, preset("FP8_DYNAMIC")}, {{"a", "b"}, std::nullopt}, {{"c"}, custom}};
        recipe.smoothing = {.mode = SmoothingMode::fixed,
                            .strength = 0.8,
                            .statistic = SmoothingStatistic::absmax,
                            .norms = false,
                            .up_down = false,
                            .value_output = false,
                            .strengths = {{"model.layers.3.mlp_input", 0.65}}};
        recipe.solver = {.method = SolverMethod::round_to_nearest,
                         .damping = 0.05,
                         .shrinkage = 0.25,
                         .block_size = 64,
                         .activation_order = true};
        recipe.quantize_activations = false;
        recipe.seed = 18446744073709551615ull;
        const Json json = to_json(recipe);
        const Recipe again = recipe_from_json(Json::parse(json.dump()));
        QCOMPARE(to_json(again).dump(), json.dump());
        QVERIFY(again.overrides[0].scheme == preset("FP8_DYNAMIC") && !again.overrides[1].scheme &&
                again.overrides[2].scheme == custom);
        QCOMPARE(again.smoothing.strengths.at(0).second, 0.65);
        QCOMPARE(again.seed, recipe.seed);
        QVERIFY(again.solver.activation_order && !again.quantize_activations &&
                again.smoothing.statistic == SmoothingStatistic::absmax);
        QVERIFY(json["schema"] == Json(1));
    }

    void refusesWhatItDoesNotUnderstand_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("named");
        QTest::newRow("no scheme") << R"({})"
                                   << "\"scheme\" is missing";
        QTest::newRow("unknown key") << R"({"scheme": "W8A8", "ignores": []})"
                                     << "Did you mean \"ignore\"";
        QTest::newRow("nested key") << R"({"scheme": "W8A8", "solver": {"damp": 1}})"
                                    << "solver.damp";
        QTest::newRow("strength") << R"({"scheme": "W8A8", "smoothing": {"strength": 1.5}})"
                                  << "smoothing.strength";
        QTest::newRow("mode") << R"({"scheme": "W8A8", "smoothing": {"mode": "on"}})"
                              << "off, fixed, automatic";
        QTest::newRow("strengths") << R"({"scheme": "W8A8", "smoothing": {"strengths": {"x": "0.5"}}})"
                                   << "strengths.x";
        QTest::newRow("block") << R"({"scheme": "W8A8", "solver": {"block_size": 0}})"
                               << "solver.block_size";
        QTest::newRow("ignore") << R"({"scheme": "W8A8", "ignore": "lm_head"})"
                                << "ignore";
        QTest::newRow("override's solver")
            << R"({"scheme": "W8A8", "overrides": [{"targets": ["x"], "solver": {"relative": true}}]})"
            << "overrides.0.solver.relative";
        QTest::newRow("override's range")
            << R"({"scheme": "W8A8", "overrides": [{"targets": ["x"], "solver": {"damping": 2}}]})"
            << "damping";
        QTest::newRow("empty solver") << R"({"scheme": "W8A8", "overrides": [{"targets": ["x"], "solver": {}}]})"
                                      << "overrides.0.scheme";
        QTest::newRow("override") << R"({"scheme": "W8A8", "overrides": [{"targets": ["x"]}]})"
                                  << "overrides.0.scheme";
        QTest::newRow("cache") << R"({"scheme": "W8A8", "kv_cache": "int8"})"
                               << "kv_cache";
        QTest::newRow("seed") << R"({"scheme": "W8A8", "seed": -1})"
                              << "seed";
        QTest::newRow("newer") << R"({"schema": 2, "scheme": "W8A8", "new": 1})"
                               << "newer version";
        QTest::newRow("no object") << R"("W8A8")"
                                   << "not a JSON object";
    }
    void refusesWhatItDoesNotUnderstand() {
        QFETCH(QString, json);
        QFETCH(QString, named);
        const std::string text = refusal([&] { recipe_from_json(Json::parse(json.toStdString()), "r.json"); });
        QVERIFY2(contains(text, named.toStdString()) && contains(text, "r.json"), text.c_str());
    }

    void readsAFile() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("r.json").toStdString();
        QVERIFY(contains(refusal([&] { read_recipe(file); }), "missing"));
        write_file_atomically(file, "{\n \"scheme\": \"W8A8\",\n oops\n}");
        QVERIFY(contains(refusal([&] { read_recipe(file); }), "line 3"));
        write_file_atomically(file, to_json(w8a8()).dump());
        QCOMPARE(read_recipe(file).scheme.name, std::string("W8A8"));
    }

    void patternsMatchAsPythonsReMatchDoes() {
        const Module q = model(1)[0];
        QVERIFY(matches("model.layers.0.self_attn.q_proj", q));
        QVERIFY(matches("Linear", q));
        QVERIFY(!matches("model.layers.0", q));
        QVERIFY(!matches("q_proj", q));
        QVERIFY(matches("re:model\\.layers\\.0", q)); // not anchored at the end
        QVERIFY(!matches("re:q_proj", q));            // anchored at the start
        QVERIFY(matches("re:.*q_proj$", q));
        QVERIFY(matches("re:.*(k|q)_proj", q));
        QVERIFY(matches("re:.*k_proj|.*q_proj", q));
        QVERIFY(matches("re:.*self_attns?\\.", q));
        QVERIFY(matches("re:.*layers\\.[0-9]{1,2}\\.", q));
        QVERIFY(matches("re:(?!.*mlp).*", q));
        QVERIFY(!matches("re:.*(?:gate|up)_proj", q));
        QVERIFY(matches("re:.*se+lf", q));
    }

    void badPatternsAreRefusedAndNoneRunsAway() {
        const Module q = model(1)[0];
        QVERIFY(contains(refusal([&] { matches("re:.*(q_proj", q); }), "re:.*(q_proj"));
        QVERIFY(contains(refusal([&] { matches("re:", q); }), "empty"));
        QVERIFY(contains(refusal([&] { matches("re:(a{100}){100}", q); }), "too large"));
        QVERIFY(contains(refusal([&] { matches("re:a{99999999999999999999999}", q); }), "too large"));
        QVERIFY(contains(refusal([&] { matches("re:" + std::string(100000, '('), q); }), "too large"));
        Module hostile = q;
        hostile.name = std::string(500, 'a') + "!";
        QVERIFY(!matches("re:(a*)*b", hostile)); // exponential for a backtracking matcher
        QVERIFY(matches("re:(a|aa)*!", hostile));
        hostile.name = std::string(100000, 'a');
        QVERIFY(contains(refusal([&] { matches("re:.*", hostile); }), "longer than"));
    }

    void precedence() {
        Recipe recipe = w8a8();
        recipe.ignore = {"lm_head", "re:.*layers\\.0\\.mlp\\.down_proj"};
        recipe.overrides = {{{"re:.*mlp\\.down_proj"}, preset("FP8_DYNAMIC")},
                            {{"model.layers.1.mlp.down_proj", "model.layers.2.self_attn.o_proj"}, std::nullopt}};
        const ResolvedRecipe resolved = resolve(recipe, model(3));
        QCOMPARE(scheme_name(resolved, "lm_head"), std::string("16 bit"));
        QCOMPARE(scheme_name(resolved, "model.layers.0.mlp.down_proj"), std::string("16 bit")); // ignore wins
        QCOMPARE(scheme_name(resolved, "model.layers.1.mlp.down_proj"),
                 std::string("FP8_DYNAMIC")); // the first override wins
        QCOMPARE(scheme_name(resolved, "model.layers.2.self_attn.o_proj"), std::string("16 bit"));
        QCOMPARE(scheme_name(resolved, "model.layers.0.self_attn.q_proj"), std::string("W8A8"));
        QCOMPARE(resolved.schemes.size(), model(3).size());
        try {
            resolved.scheme_of("nobody");
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::internal);
        }
    }

    void otherClassesOnlyWhenNamed() {
        std::vector<Module> modules = model(1);
        modules.push_back({.name = "model.embed_tokens", .class_name = "Embedding", .rows = 100, .columns = 64});
        QCOMPARE(scheme_name(resolve(w8a8(), modules), "model.embed_tokens"), std::string("16 bit"));
        Recipe recipe = w8a8();
        recipe.overrides = {{{"Embedding"}, preset("FP8_DYNAMIC")}};
        QCOMPARE(scheme_name(resolve(recipe, modules), "model.embed_tokens"), std::string("FP8_DYNAMIC"));
    }

    void patternsThatMatchNothing() {
        resolve(w8a8(), model(1, false)); // the default "lm_head" without a head is fine
        const auto with_ignore = [](const std::string& pattern) {
            Recipe recipe = w8a8();
            recipe.ignore.push_back(pattern);
            return refusal([&] { resolve(recipe, model(2)); });
        };
        QVERIFY(contains(with_ignore("model.layer.0.mlp.down_proj"), "Did you mean \"model.layers.0.mlp.down_proj\""));
        QVERIFY(contains(with_ignore("down_proj"), "re:.*down_proj"));
        QVERIFY(contains(with_ignore("model.layers.0.*"), "\"re:\" in front"));
        QVERIFY(contains(with_ignore("re:down_proj"), "re:.* in front"));
        Recipe recipe = w8a8();
        recipe.overrides = {{{"re:.*experts.*"}, std::nullopt}};
        QVERIFY(contains(refusal([&] { resolve(recipe, model(2)); }), "re:.*experts.*"));
        // Shadowed by an earlier pattern is not the same as matching nothing.
        recipe.ignore = {"re:.*layers\\.0\\..*", "model.layers.0.mlp.up_proj"};
        recipe.overrides.clear();
        QVERIFY(refusal([&] { resolve(recipe, model(2)); }).empty());
        recipe.ignore = {"Linear"};
        QVERIFY(contains(refusal([&] { resolve(recipe, model(2)); }), "leaves every matrix"));
    }

    void fusedSetsStayTogether() {
        Recipe recipe = w8a8();
        recipe.ignore.push_back("model.layers.0.self_attn.v_proj");
        std::string text = refusal([&] { resolve(recipe, model(2)); });
        QVERIFY(contains(text, "v_proj (16 bit)") && contains(text, "q_proj (W8A8)") &&
                contains(text, "Ignore all of them"));
        recipe = w8a8();
        recipe.overrides = {{{"re:.*gate_proj"}, preset("FP8_DYNAMIC")}};
        text = refusal([&] { resolve(recipe, model(2)); });
        QVERIFY(contains(text, "gate_proj (FP8_DYNAMIC), model.layers.0.mlp.up_proj (W8A8)") &&
                contains(text, "the same scheme"));
        recipe.overrides = {{{"re:.*(gate|up)_proj"}, preset("FP8_DYNAMIC")}};
        QCOMPARE(scheme_name(resolve(recipe, model(2)), "model.layers.1.mlp.up_proj"), std::string("FP8_DYNAMIC"));
    }

    void shapes() {
        const Module odd = linear("model.layers.0.mlp.down_proj", 0, "down_proj", "", 576, 1536 + 32);
        const std::string text = refusal([&] { check_shape(preset("W4A16"), odd); });
        QVERIFY2(contains(text, "model.layers.0.mlp.down_proj has 1568") && contains(text, "would work: 32;"),
                 text.c_str());
        QVERIFY(refusal([&] { check_shape(preset("MXFP4"), odd); }).empty());
        QVERIFY(contains(refusal([&] { check_shape(preset("FP8_BLOCK"), odd); }),
                         "divisible by 128")); // its input is grouped by 128
        const Module narrow = linear("m", 0, "q_proj", "set", 192, 256);
        QVERIFY(contains(refusal([&] { check_shape(preset("FP8_BLOCK"), narrow); }), "output sizes"));
        QVERIFY(refusal([&] { check_shape(preset("W8A8"), odd); }).empty());
        QVERIFY(contains(refusal([&] { check_shape(preset("W8A8"), linear("m", 0, "", "", 0, 5)); }),
                         "cannot be quantized"));
    }

    void packedSizes() {
        const auto shape = [](std::int64_t rows, std::int64_t columns) {
            return linear("model.layers.0.mlp.down_proj", 0, "down_proj", "", rows, columns);
        };
        const Scheme channel = with_group_size(preset("W4A16"), 0), zeros = with_group_size(preset("W4A16_ASYM"), 0);
        QVERIFY(refusal([&] { check_shape(channel, shape(5, 40)); }).empty());
        QVERIFY(contains(refusal([&] { check_shape(channel, shape(5, 36)); }), "packs 8 codes at a time"));
        QVERIFY(contains(refusal([&] { check_shape(zeros, shape(12, 40)); }), "packs 8 codes at a time"));
        QVERIFY(refusal([&] { check_shape(with_group_size(preset("W3A16"), 32), shape(5, 96)); }).empty());
    }

    void aBrokenExpressionLeavesNothingInASet() {
        PatternSet set;
        set.add("lm_head");
        QVERIFY(contains(refusal([&] { set.add("re:("); }), "re:("));
        QCOMPARE(set.size(), std::size_t(1));
        const Module module = model(1).front();
        QVERIFY(!set.expression(module));
        set.add("re:.*q_proj");
        QCOMPARE(set.expression(module).value_or(9), std::size_t(1));
        QCOMPARE(set.plain("lm_head").value_or(9), std::size_t(0));
    }

    void groupsThatFit() {
        Recipe recipe = Recipe::for_scheme(preset("W4A16"));
        std::vector<Module> modules = model(1);
        for (Module& module : modules) module.columns = module.role == "down_proj" ? 1536 : 576;
        const auto sizes = [&] {
            const ResolvedRecipe resolved = resolve(recipe, modules);
            return std::pair(resolved.scheme_of("model.layers.0.self_attn.q_proj")->weights.group_size,
                             resolved.scheme_of("model.layers.0.mlp.down_proj")->weights.group_size);
        };
        const std::string text = refusal([&] { resolve(recipe, modules); });
        QVERIFY2(contains(text, "model.layers.0.self_attn.q_proj has 576") && contains(text, "64, 32") &&
                     contains(text, "--group-size auto"),
                 text.c_str());
        recipe.group_fit = GroupFit::common;
        QCOMPARE(sizes(), std::pair(64, 64));
        recipe.group_fit = GroupFit::per_matrix;
        QCOMPARE(sizes(), std::pair(64, 128));
        const Recipe again = recipe_from_json(to_json(recipe));
        QVERIFY(again.group_fit == GroupFit::per_matrix && again.solver.scales == recipe.solver.scales);
        // No groups larger than the scheme's own.
        recipe.scheme = preset("W4A16_G32");
        QCOMPARE(sizes(), std::pair(32, 32));
        // Formats with groups of their own are left alone.
        recipe = Recipe::for_scheme(preset("FP8_BLOCK"));
        recipe.group_fit = GroupFit::common;
        QVERIFY(contains(refusal([&] { resolve(recipe, modules); }), "divisible by 128"));
    }

    void groupsInAName() {
        const Scheme narrow = preset("w4a16-g32");
        Scheme same = with_group_size(preset("W4A16"), 32);
        same.name = "W4A16_G32";
        QVERIFY(narrow == same && base_preset(narrow.name) == "W4A16");
        QVERIFY(preset("W4A8_CHANNEL").weights.strategy == Strategy::channel);
        QVERIFY(preset("fp8-dynamic") == preset("FP8_DYNAMIC") && base_preset("FP8_DYNAMIC") == "FP8_DYNAMIC");
        Recipe recipe = Recipe::for_scheme(narrow);
        QVERIFY(to_json(recipe).at("scheme") == "W4A16_G32");
        QVERIFY(recipe_from_json(to_json(recipe)).scheme == narrow);
        recipe.scheme = with_group_size(narrow, 64); // no longer what the name says
        QVERIFY(to_json(recipe).at("scheme").is_object() && recipe_from_json(to_json(recipe)).scheme == recipe.scheme);
        QVERIFY(contains(refusal([] { preset("W4A16_G48"); }), "groups of 48"));
        QVERIFY(contains(refusal([] { preset("W8A8_G32"); }), "no group size of its own choice"));
        for (const char* name : {"W4A16_G0", "W4A16_G99999999999", "W4A16_G", "_G32", "W5A5_G32"})
            QVERIFY2(contains(refusal([&] { preset(name); }), "no scheme called"), name);
    }

    void contradictions() {
        Recipe recipe = w8a8();
        recipe.overrides = {{{"re:.*down_proj"}, preset("FP8_DYNAMIC")}, {{"re:.*down_proj"}, preset("FP8_DYNAMIC")}};
        resolve(recipe, model(1)); // said twice, but the same
        recipe.overrides[1].scheme.reset();
        std::string text = refusal([&] { resolve(recipe, model(1)); });
        QVERIFY2(contains(text, "re:.*down_proj") && contains(text, "FP8_DYNAMIC and for 16 bit"), text.c_str());
        recipe.overrides.pop_back();
        recipe.ignore.push_back("re:.*down_proj");
        text = refusal([&] { resolve(recipe, model(1)); });
        QVERIFY2(contains(text, "16 bit and for FP8_DYNAMIC"), text.c_str());
    }

    void staticInputs() {
        const Scheme fixed = with_static_input(preset("W8A8"), false);
        QVERIFY(fixed.needs_data && !fixed.input->symmetric && fixed.input->strategy == Strategy::tensor);
        require_implemented(fixed);
        for (const char* name : {"FP8", "W4A16", "W4A8", "W4AFP8"})
            QVERIFY(contains(refusal([&] { with_static_input(preset(name), true); }), name));
        Recipe recipe = w8a8();
        recipe.activation_percentile = 99;
        QVERIFY(contains(refusal([&] { resolve(recipe, model(1)); }), "percentile"));
        recipe.scheme = fixed;
        resolve(recipe, model(1));
        QCOMPARE(recipe_from_json(to_json(recipe)).activation_percentile, 99.0);
    }

    /// Scales of the cache need data, attention, and keys and values that are cached as such.
    void cacheInFp8() {
        Recipe recipe = Recipe::for_scheme(preset("FP8_DYNAMIC"));
        QVERIFY(!recipe.needs_data());
        recipe.kv_cache = KvCache::fp8_per_head;
        QVERIFY(recipe.needs_data());
        QVERIFY(recipe_from_json(to_json(recipe)).kv_cache == KvCache::fp8_per_head);
        resolve(recipe, model(1));
        recipe.ignore = {"Linear", "lm_head"}; // the cache alone is enough
        resolve(recipe, model(1));
        std::vector<Module> latent = model(1);
        latent[1].role = "kv_a_proj_with_mqa";
        latent[1].name = "model.layers.0.self_attn.kv_a_proj_with_mqa";
        QVERIFY(contains(refusal([&] { resolve(recipe, latent); }), "self_attn.kv_a_proj_with_mqa keeps a latent"));
        const std::vector<Module> none{linear("backbone.layers.0.mixer.in_proj", 0, "in_proj", "")};
        QVERIFY(contains(refusal([&] { resolve(recipe, none); }), "no attention"));
    }

    void schemesThatNobodyServesAreRefused() {
        Recipe recipe = w8a8();
        recipe.overrides = {{{"re:.*down_proj"}, preset("W4A16")}};
        require_implemented(recipe);
        recipe.overrides[0].scheme->weights.strategy = Strategy::tensor;
        recipe.overrides[0].scheme->weights.group_size = 0;
        QVERIFY(contains(refusal([&] { require_implemented(recipe); }), "W4A16 is not one that vLLM serves"));
    }
};

QTEST_APPLESS_MAIN(TestRecipe)
#include "test_recipe.moc"
