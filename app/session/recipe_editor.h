// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QUndoStack>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "recipe/recipe.h"

namespace octavo::gui {

/// The recipe of the next run, edited in named, undoable steps. Fused partners (q/k/v, gate/up) always change together.
class RecipeEditor : public QObject {
    Q_OBJECT

public:
    explicit RecipeEditor(QObject* parent = nullptr);

    const Recipe& recipe() const { return m_recipe; }
    QUndoStack& undoStack() { return m_undo; }

    /// Modules of the open model or run; what patterns and fused sets refer to.
    void setModules(std::vector<Module> modules);
    const std::vector<Module>& modules() const { return m_modules; }
    /// The recipe applied to the modules; empty with a message in `problem()` when it does not fit.
    std::shared_ptr<const ResolvedRecipe> resolved() const { return m_resolved; }
    std::optional<Error> problem() const { return m_problem; }
    /// Scheme of a module under the current recipe; null = 16 bit, or the recipe does not fit.
    const Scheme* plan(const QString& module) const;
    QString schemeOf(const QString& module) const; ///< its name; empty = 16 bit

    void reset(const Recipe& recipe); ///< a new document: the history of steps is forgotten
    /// Everything to Recipe::for_scheme, overrides, ignore list and KV cache kept. Throws octavo::Error for a scheme
    /// that is not is_implemented().
    void setPreset(const Scheme& scheme);
    /// With `merges`, steps of this name that follow each other (a drag) become one.
    void replace(const Recipe& recipe, const QString& step, bool merges = false);
    void keepIn16Bit(const QStringList& modules);
    void setScheme(const QStringList& modules, const std::optional<Scheme>& scheme); ///< none = 16 bit
    /// How matrices are solved; those in 16 bit are left out. Partners keep their own: each row is solved by itself.
    void setMethod(const QStringList& modules, SolverMethod method);
    void clearOverride(const QStringList& modules); ///< back to the recipe's scheme and solver
    void setSmoothing(const SmoothingOptions& smoothing);
    void setSmoothingStrength(const QString& site, double strength); ///< α of one group
    void setSmoothingStrengthForAll(double strength);
    void setSolver(const SolverOptions& solver);
    void setKvCache(KvCache cache);
    void setIgnore(const QStringList& patterns);

    /// `modules` and everything that shares a matrix with them in vLLM, in execution order.
    QStringList withPartners(const QStringList& modules) const;

    QString toJson() const;
    void pasteJson(const QString& text); ///< throws octavo::Error when it is no recipe

Q_SIGNALS:
    void changed();

private:
    friend class RecipeStep;
    void push(const QString& step, Recipe recipe, int mergeId = -1);
    void apply(const Recipe& recipe);
    void resolveAgain();

    Recipe m_recipe;
    QUndoStack m_undo;
    std::vector<Module> m_modules;
    std::shared_ptr<const ResolvedRecipe> m_resolved;
    QHash<QString, std::size_t> m_places; ///< of the names in m_resolved
    std::optional<Error> m_problem;
};

} // namespace octavo::gui
