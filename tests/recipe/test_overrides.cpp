// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "recipes.h"

using namespace octavo;

// Matrices that are solved in a way of their own.
class TestOverrides : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOptionOfTheSolverHasItsOverride() {
        const Json json = Json::parse(R"({"scheme": "W8A8", "overrides": [
            {"targets": ["re:.*down_proj"], "solver": {"method": "round_to_nearest", "scales": "least_squares"}},
            {"targets": ["re:.*_proj"], "except": ["re:.*o_proj"], "scheme": "W4A16",
             "solver": {"method": "gptq", "damping": 0.05, "shrinkage": 0.5, "block_size": 64, "sweeps": 3, "activation_order": true}}]})");
        const Recipe recipe = recipe_from_json(json);
        QCOMPARE(to_json(recipe)["overrides"].dump(), json["overrides"].dump());
        const ResolvedRecipe resolved = resolve(recipe, {linear("a.down_proj", 0, "down_proj", "", 64, 128),
                                                         linear("a.up_proj", 0, "up_proj", "", 64, 128),
                                                         linear("a.o_proj", 0, "o_proj", "", 64, 128)});
        const SolverOptions &down = resolved.solvers[0], &up = resolved.solvers[1], &out = resolved.solvers[2];
        // The first that says anything decides it; what it leaves open comes from the second, and then from the recipe.
        QVERIFY(down.method == SolverMethod::round_to_nearest && down.scales == ScaleMethod::least_squares);
        QVERIFY(down.damping == 0.05 && down.shrinkage == 0.5 && down.sweeps == 3 && down.activation_order &&
                down.block_size == 64);
        QVERIFY(up.method == SolverMethod::gptq && up.scales == recipe.solver.scales && up.sweeps == 3);
        QVERIFY(SolverChanges::all_of(out) == SolverChanges::all_of(recipe.solver));
        QCOMPARE(scheme_name(resolved, "a.down_proj"), std::string("W4A16"));
        QCOMPARE(scheme_name(resolved, "a.o_proj"), std::string("W8A8"));
    }

    void aFusedSetMayBeSolvedInSeveralWays() {
        Recipe recipe = w8a8();
        recipe.overrides = {override_from_text("re:.*q_proj=rtn")};
        const ResolvedRecipe resolved = resolve(recipe, model(1));
        QVERIFY(resolved.solvers[0].method == SolverMethod::round_to_nearest);
        QVERIFY(resolved.solvers[1].method == SolverMethod::gptq && resolved.schemes[1] == resolved.schemes[0]);
    }

    void overridesThatNeedData() {
        Recipe recipe = Recipe::for_scheme(preset("FP8_DYNAMIC"));
        for (const char* free :
             {"re:.*=rtn", "re:.*=mse", "re:.*=damping=0.1", "re:.*=shrinkage=0.5", "re:.*=sweeps=0", "re:.*=W8A16"}) {
            recipe.overrides = {override_from_text(free)};
            QVERIFY2(!recipe.needs_data(), free);
        }
        for (const char* asking : {"re:.*=gptq", "re:.*=weighted-mse", "re:.*=sweeps=1", "re:.*=FP8"}) {
            recipe.overrides = {override_from_text(asking)};
            QVERIFY2(recipe.needs_data(), asking);
        }
    }

    void overridesAsText() {
        const Override all = override_from_text(
            "re:.*(?=down)down_proj=W4A16,gptq,weighted-mse,act-order,damping=0.05,shrinkage=0.5,sweeps=3,block=64");
        QCOMPARE(all.targets, std::vector<std::string>{"re:.*(?=down)down_proj"});
        QVERIFY(all.scheme == preset("W4A16") && all.changes_scheme);
        QVERIFY(all.solver ==
                (SolverChanges{SolverMethod::gptq, ScaleMethod::weighted_least_squares, 0.05, 0.5, 64, 3, true}));
        const Override kept = override_from_text("lm_head=16bit"), rounded = override_from_text("a.b=rtn,no-act-order");
        QVERIFY(kept.changes_scheme && !kept.scheme && kept.solver.empty());
        QVERIFY(!rounded.changes_scheme && rounded.solver.activation_order == false);
        for (const char* wrong : {"rtn", "=rtn", "a=", "a=rtn,", "a=W9A9", "a=rtn,gptq", "a=W8A8,16bit", "a=sweeps=101",
                                  "a=damping=x", "a=damping=0", "a=block=0", "a=mse,minmax"})
            QVERIFY_EXCEPTION_THROWN(override_from_text(wrong), Error);
        QVERIFY(contains(refusal([] { override_from_text("a=W8A8,foo"); }), "\"foo\" in \"a=W8A8,foo\""));
        QVERIFY(contains(refusal([] { override_from_text("a=W8A8,16bit"); }), "two things"));
    }

    void contradictingSolvers() {
        Recipe recipe = w8a8();
        recipe.overrides = {override_from_text("re:.*down_proj=rtn"), override_from_text("re:.*down_proj=damping=0.1")};
        QVERIFY(refusal([&] { resolve(recipe, model(1)); }).empty());
        recipe.overrides.push_back(override_from_text("re:.*down_proj=gptq"));
        QVERIFY(contains(refusal([&] { resolve(recipe, model(1)); }), "two values of one option"));
        recipe.overrides = {override_from_text("lm_head=rtn")}; // ignored by default
        QVERIFY(contains(refusal([&] { resolve(recipe, model(1)); }), "also to leave it in 16 bit"));
        recipe.overrides = {override_from_text("re:.*down_proj=rtn")};
        recipe.overrides.front().except = {"model.layers.7.mlp.down_proj"};
        QVERIFY(contains(refusal([&] { resolve(recipe, model(1)); }), "matches no matrix"));
    }

    /// As many names as DeepSeek-V3 has experts' matrices, each asked about: no list may be walked for every one.
    void thousandsOfNames() {
        std::vector<Module> modules;
        Recipe recipe = Recipe::for_scheme(preset("FP8_DYNAMIC"));
        Override named{.targets = {}, .scheme = preset("W8A16")}, rounded{.targets = {}};
        rounded.changes_scheme = false;
        rounded.solver.damping = 0.5;
        recipe.ignore.clear();
        constexpr int count = 46000;
        for (int i = 0; i < count; ++i) {
            const std::string name = "model.layers.7.mlp.experts." + std::to_string(i) + ".down_proj";
            modules.push_back(linear(name, 7, "down_proj", "", 64, 128));
            (i % 3 == 0 ? recipe.ignore : i % 3 == 1 ? named.targets : rounded.targets).push_back(name);
        }
        recipe.overrides = {named, rounded};
        const ResolvedRecipe resolved = resolve(recipe, modules);
        for (int i = 0; i < count; ++i) {
            const std::string& name = modules[std::size_t(i)].name;
            const char* wanted = i % 3 == 0 ? "16 bit" : i % 3 == 1 ? "W8A16" : "FP8_DYNAMIC";
            if (scheme_name(resolved, name) != wanted || *resolved.find(name) != std::size_t(i)) QFAIL(name.c_str());
            QVERIFY((resolved.solvers[std::size_t(i)].damping == 0.5) == (i % 3 == 2));
        }
    }
};

QTEST_APPLESS_MAIN(TestOverrides)
#include "test_overrides.moc"
