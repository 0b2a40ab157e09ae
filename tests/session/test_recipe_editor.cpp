// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "session/modules.h"
#include "session/recipe_editor.h"

using namespace octavo;
using namespace octavo::gui;

// The recipe that the window edits, step by step.
class TestRecipeEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fusedPartnersChangeTogetherAndUndo() {
        RecipeEditor editor;
        editor.setModules(modules(2));
        editor.reset(Recipe::for_scheme(preset("W8A8")));
        const std::string before = to_json(editor.recipe()).dump();
        QVERIFY(editor.resolved() != nullptr);
        editor.keepIn16Bit({matrix(1, "self_attn.k_proj")});
        for (const char* name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"})
            QCOMPARE(editor.schemeOf(matrix(1, name)), QString());
        QCOMPARE(editor.schemeOf(matrix(0, "self_attn.q_proj")), QStringLiteral("W8A8"));
        QCOMPARE(editor.undoStack().undoText(), QStringLiteral("Keep 1 · self_attn.k_proj in 16 bit"));
        editor.setScheme({matrix(1, "self_attn.q_proj")}, preset("FP8_DYNAMIC"));
        QCOMPARE(editor.schemeOf(matrix(1, "self_attn.v_proj")), QStringLiteral("FP8_DYNAMIC"));
        QCOMPARE(editor.recipe().overrides.size(), std::size_t(1));
        editor.undoStack().undo();
        editor.undoStack().undo();
        QCOMPARE(to_json(editor.recipe()).dump(), before);
        editor.undoStack().redo();
        QCOMPARE(editor.schemeOf(matrix(1, "self_attn.v_proj")), QString());
    }

    void aMatrixKeepsItsAlgorithmWithAnotherScheme() {
        RecipeEditor editor;
        editor.setModules(modules(2));
        editor.reset(Recipe::for_scheme(preset("W8A8")));
        const QString down = matrix(0, "mlp.down_proj");
        const auto method = [&](const QString& name) {
            const ResolvedRecipe& resolved = *editor.resolved();
            return resolved.solvers[resolved.find(name.toStdString()).value()].method;
        };
        editor.setMethod({down, matrix(0, "self_attn.q_proj")}, SolverMethod::round_to_nearest);
        QVERIFY(method(down) == SolverMethod::round_to_nearest);
        QVERIFY(method(matrix(0, "self_attn.q_proj")) == SolverMethod::round_to_nearest);
        QVERIFY(method(matrix(0, "self_attn.k_proj")) == SolverMethod::gptq);
        QCOMPARE(editor.undoStack().undoText(), QStringLiteral("2 matrices rounded to nearest"));
        editor.setScheme({down}, preset("FP8_DYNAMIC"));
        QCOMPARE(editor.schemeOf(down), QStringLiteral("FP8_DYNAMIC"));
        QVERIFY(method(down) == SolverMethod::round_to_nearest);
        editor.setScheme({down}, preset("W8A8"));
        QVERIFY(method(down) == SolverMethod::round_to_nearest);
        editor.setMethod({down}, SolverMethod::gptq);
        QVERIFY(method(down) == SolverMethod::gptq);
        editor.keepIn16Bit({down}); // what stays is not solved
        QVERIFY2(editor.resolved() != nullptr, "a solver for what stays in 16 bit");
        editor.setMethod({down}, SolverMethod::round_to_nearest);
        QCOMPARE(editor.schemeOf(down), QString());
        editor.clearOverride({matrix(0, "self_attn.q_proj")});
        QVERIFY(method(matrix(0, "self_attn.q_proj")) == SolverMethod::gptq);
    }

    void aSliderIsOneStep() {
        RecipeEditor editor;
        editor.setModules(modules(1));
        editor.reset(Recipe::for_scheme(preset("W8A8")));
        for (const double strength : {0.3, 0.4, 0.55})
            editor.setSmoothingStrength(QStringLiteral("model.layers.0.mlp_input"), strength);
        QCOMPARE(editor.undoStack().count(), 1);
        QCOMPARE(editor.recipe().smoothing.strengths.size(), std::size_t(1));
        QCOMPARE(editor.recipe().smoothing.strengths.front().second, 0.55);
    }

    void recipesTravelAsText() {
        RecipeEditor from, to;
        from.setModules(modules(1));
        to.setModules(modules(1));
        from.keepIn16Bit({matrix(0, "mlp.down_proj")});
        to.pasteJson(from.toJson());
        QCOMPARE(to.toJson(), from.toJson());
        QVERIFY_EXCEPTION_THROWN(to.pasteJson(QStringLiteral("{ no recipe")), Error);
        QCOMPARE(to.toJson(), from.toJson());
    }
};

QTEST_GUILESS_MAIN(TestRecipeEditor)
#include "test_recipe_editor.moc"
