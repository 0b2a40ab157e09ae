// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recipe_editor.h"

#include <QSet>
#include <QUndoCommand>

#include <algorithm>

#include "session/format.h"

namespace octavo::gui {

/// One named step: the whole recipe before and after. Steps with the same merge id that follow each other (a slider)
/// become one.
class RecipeStep : public QUndoCommand {
public:
    RecipeStep(RecipeEditor& editor, const QString& text, Recipe before, Recipe after, int mergeId)
        : QUndoCommand(text), m_editor(editor), m_before(std::move(before)), m_after(std::move(after)),
          m_mergeId(mergeId) {}

    void undo() override { m_editor.apply(m_before); }
    void redo() override { m_editor.apply(m_after); }
    int id() const override { return m_mergeId; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const RecipeStep*>(other);
        if (next->text() != text()) return false;
        m_after = next->m_after;
        return true;
    }

private:
    RecipeEditor& m_editor;
    Recipe m_before, m_after;
    int m_mergeId;
};

namespace {

constexpr int smoothingMerge = 1, replacementMerge = 2;

/// What an override says about a matrix.
enum Statement { TheScheme = 1, TheSolver = 2, Everything = 3 };

/// Takes exact names out of what the recipe says so far, so that a new statement about them is the only one.
void forgetNames(Recipe& recipe, const QStringList& modules, Statement statement) {
    QSet<QString> names(modules.begin(), modules.end());
    const auto named = [&](const std::string& target) { return names.contains(QString::fromStdString(target)); };
    std::vector<Override> kept;
    for (Override& one : recipe.overrides) {
        Override rest = one; // what stays true of the names
        std::erase_if(rest.targets, [&](const std::string& target) { return !named(target); });
        std::erase_if(one.targets, named);
        if (!one.targets.empty()) kept.push_back(one);
        if (statement & TheScheme) {
            rest.scheme.reset();
            rest.changes_scheme = false;
        }
        if (statement & TheSolver) rest.solver = {};
        if (!rest.targets.empty() && (rest.changes_scheme || !rest.solver.empty())) kept.push_back(std::move(rest));
    }
    recipe.overrides = std::move(kept);
    if (statement & TheScheme) std::erase_if(recipe.ignore, named);
}

void addOverride(Recipe& recipe, const QStringList& modules, Override made) {
    std::vector<std::string> targets;
    for (const QString& module : modules) targets.push_back(module.toStdString());
    // Next to an equal statement instead of a new one for each click, unless an expression before it would win.
    const auto expression = [](const std::string& target) { return target.starts_with("re:"); };
    for (Override& one : recipe.overrides) {
        if (std::any_of(one.targets.begin(), one.targets.end(), expression)) break;
        if (one.changes_scheme != made.changes_scheme || one.scheme != made.scheme || !(one.solver == made.solver) ||
            !one.except.empty())
            continue;
        one.targets.insert(one.targets.end(), targets.begin(), targets.end());
        return;
    }
    made.targets = std::move(targets);
    recipe.overrides.insert(recipe.overrides.begin(), std::move(made));
}

QString what(const QStringList& modules, const QString& many) {
    return modules.size() == 1 ? layerLabel(modules.front()) : many;
}

} // namespace

RecipeEditor::RecipeEditor(QObject* parent) : QObject(parent), m_recipe(Recipe::for_scheme(preset("W8A8"))) {
    m_undo.setUndoLimit(200);
}

void RecipeEditor::setModules(std::vector<Module> modules) {
    m_modules = std::move(modules);
    resolveAgain();
    Q_EMIT changed();
}

const Scheme* RecipeEditor::plan(const QString& module) const {
    const auto place = m_places.constFind(module);
    if (place == m_places.constEnd()) return nullptr;
    const std::optional<Scheme>& scheme = m_resolved->schemes[*place];
    return scheme ? &*scheme : nullptr;
}

QString RecipeEditor::schemeOf(const QString& module) const {
    const Scheme* scheme = plan(module);
    return scheme ? QString::fromStdString(scheme->name) : QString();
}

void RecipeEditor::apply(const Recipe& recipe) {
    m_recipe = recipe;
    resolveAgain();
    Q_EMIT changed();
}

void RecipeEditor::resolveAgain() {
    m_problem.reset();
    m_resolved.reset();
    m_places.clear();
    if (m_modules.empty()) return;
    try {
        m_resolved = std::make_shared<const ResolvedRecipe>(resolve(m_recipe, m_modules));
        for (std::size_t i = 0; i < m_resolved->modules.size(); ++i)
            m_places.insert(QString::fromStdString(m_resolved->modules[i].name), i);
    } catch (const Error& error) {
        m_problem.emplace(error);
    }
}

void RecipeEditor::push(const QString& step, Recipe recipe, int mergeId) {
    if (to_json(recipe) == to_json(m_recipe)) return;
    m_undo.push(new RecipeStep(*this, step, m_recipe, std::move(recipe), mergeId));
}

void RecipeEditor::reset(const Recipe& recipe) {
    m_undo.clear();
    apply(recipe);
}

void RecipeEditor::setPreset(const Scheme& scheme) {
    Recipe next = Recipe::for_scheme(scheme);
    // A list of schemes offers no group sizes: take what fits the model.
    if (has_free_group_size(scheme)) next.group_fit = GroupFit::common;
    next.ignore = m_recipe.ignore;
    next.overrides = m_recipe.overrides;
    next.seed = m_recipe.seed;
    next.kv_cache = m_recipe.kv_cache;
    push(tr("Scheme %1").arg(QString::fromStdString(scheme.name)), std::move(next));
}

void RecipeEditor::replace(const Recipe& recipe, const QString& step, bool merges) {
    push(step, recipe, merges ? replacementMerge : -1);
}

QStringList RecipeEditor::withPartners(const QStringList& modules) const {
    const QSet<QString> wanted(modules.begin(), modules.end());
    QSet<QString> sets;
    for (const Module& module : m_modules)
        if (!module.fused_set.empty() && wanted.contains(QString::fromStdString(module.name)))
            sets.insert(QString::fromStdString(module.fused_set));
    QStringList out;
    for (const Module& module : m_modules) {
        const QString name = QString::fromStdString(module.name);
        if (wanted.contains(name) || sets.contains(QString::fromStdString(module.fused_set))) out.append(name);
    }
    return out;
}

void RecipeEditor::keepIn16Bit(const QStringList& modules) {
    const QStringList all = withPartners(modules);
    if (all.isEmpty()) return;
    Recipe next = m_recipe;
    forgetNames(next, all, Everything);
    addOverride(next, all, Override());
    push(tr("Keep %1 in 16 bit").arg(what(modules, tr("%n matrices", nullptr, static_cast<int>(modules.size())))),
         std::move(next));
}

void RecipeEditor::setScheme(const QStringList& modules, const std::optional<Scheme>& scheme) {
    if (!scheme) {
        keepIn16Bit(modules);
        return;
    }
    const QStringList all = withPartners(modules);
    if (all.isEmpty()) return;
    Recipe next = m_recipe;
    forgetNames(next, all, TheScheme);
    if (scheme->name != next.scheme.name) {
        Override made;
        made.scheme = scheme;
        addOverride(next, all, std::move(made));
    }
    push(tr("%1 to %2", "%1 = layer, %2 = scheme")
             .arg(what(modules, tr("%n matrices", nullptr, static_cast<int>(modules.size()))),
                  QString::fromStdString(scheme->name)),
         std::move(next));
}

void RecipeEditor::setMethod(const QStringList& modules, SolverMethod method) {
    QStringList solved;
    for (const QString& module : modules)
        if (plan(module)) solved << module;
    if (solved.isEmpty()) return;
    Recipe next = m_recipe;
    forgetNames(next, solved, TheSolver);
    const bool others = std::any_of(next.overrides.begin(), next.overrides.end(),
                                    [](const Override& one) { return one.solver.method.has_value(); });
    if (others || method != next.solver.method) {
        Override made;
        made.changes_scheme = false;
        made.solver.method = method;
        addOverride(next, solved, std::move(made));
    }
    const QString layers = what(solved, tr("%n matrices", nullptr, static_cast<int>(solved.size())));
    push(method == SolverMethod::gptq ? tr("%1 solved by GPTQ").arg(layers) : tr("%1 rounded to nearest").arg(layers),
         std::move(next));
}

void RecipeEditor::clearOverride(const QStringList& modules) {
    Recipe next = m_recipe;
    forgetNames(next, withPartners(modules), Everything);
    push(tr("%1 as the recipe says").arg(what(modules, tr("%n matrices", nullptr, static_cast<int>(modules.size())))),
         std::move(next));
}

void RecipeEditor::setSmoothing(const SmoothingOptions& smoothing) {
    Recipe next = m_recipe;
    next.smoothing = smoothing;
    push(tr("Smoothing"), std::move(next), smoothingMerge);
}

void RecipeEditor::setSmoothingStrength(const QString& site, double strength) {
    Recipe next = m_recipe;
    const std::string name = site.toStdString();
    auto& strengths = next.smoothing.strengths;
    const auto it =
        std::find_if(strengths.begin(), strengths.end(), [&](const auto& one) { return one.first == name; });
    if (it == strengths.end())
        strengths.emplace_back(name, strength);
    else
        it->second = strength;
    push(tr("Smoothing strength of %1").arg(layerLabel(site)), std::move(next), smoothingMerge);
}

void RecipeEditor::setSmoothingStrengthForAll(double strength) {
    Recipe next = m_recipe;
    next.smoothing.mode = SmoothingMode::fixed;
    next.smoothing.strength = strength;
    next.smoothing.strengths.clear();
    push(tr("Smoothing strength of all layers"), std::move(next), smoothingMerge);
}

void RecipeEditor::setSolver(const SolverOptions& solver) {
    Recipe next = m_recipe;
    next.solver = solver;
    push(tr("Solver options"), std::move(next));
}

void RecipeEditor::setKvCache(KvCache cache) {
    Recipe next = m_recipe;
    next.kv_cache = cache;
    push(tr("KV cache"), std::move(next));
}

void RecipeEditor::setIgnore(const QStringList& patterns) {
    Recipe next = m_recipe;
    next.ignore.clear();
    for (const QString& pattern : patterns)
        if (!pattern.trimmed().isEmpty()) next.ignore.push_back(pattern.trimmed().toStdString());
    push(tr("Ignore list"), std::move(next));
}

QString RecipeEditor::toJson() const { return QString::fromStdString(to_json(m_recipe).dump(2)); }

void RecipeEditor::pasteJson(const QString& text) {
    const std::string source = tr("clipboard").toStdString();
    push(tr("Paste recipe"),
         recipe_from_json(parse_json(text.toStdString(), source, ErrorCode::unusable_recipe), source));
}

} // namespace octavo::gui
