// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "allocate/allocate.h"

namespace octavo::gui {

/// A scheme per group of matrices within a budget: the table it is chosen from, what is pinned, and the choice.
class Mix {
public:
    /// Null or an unusable one leaves nothing to choose; pins of groups that it lacks are forgotten.
    void setTable(std::shared_ptr<const SensitivityTable> table, const std::optional<TargetGpu>& target);
    const SensitivityTable* table() const { return m_table.get(); }
    /// Null when there is nothing to choose from; `problem()` then says why.
    const Allocator* allocator() const { return m_allocator.get(); }
    const std::optional<Error>& problem() const { return m_problem; }

    /// The best within this size of the whole model; the nearest that there is when it cannot be met.
    void choose(double bytes);
    /// The optimum for the size that is chosen, by dynamic programming.
    void chooseExactly();
    /// The next point of the front with more (+1) or fewer (−1) bytes.
    void step(int direction);
    const std::optional<Allocation>& chosen() const { return m_chosen; }
    double budget() const { return m_budget; } ///< bytes
    /// Of a group under the scheme that was chosen for it, scales included; and its bytes on disk and its damage.
    double bits(std::size_t group) const;
    std::uint64_t bytes(std::size_t group) const;
    double damage(std::size_t group) const;

    /// Keeps a group at the scheme that it has now, or lets it go again. False when nothing would be left to choose.
    bool togglePin(std::size_t group);
    void clearPins();
    std::size_t pins() const { return m_pins.size(); }

    /// Throws Error(unusable_recipe) when everything stays in 16 bit.
    Recipe recipe() const { return recipe_of(m_allocator->groups(), *m_chosen); }

private:
    void rebuild();
    void indexRows();
    const SensitivityRow* row(std::size_t group) const; ///< of the chosen scheme, any for 16 bit

    std::shared_ptr<const SensitivityTable> m_table;
    std::optional<TargetGpu> m_target;
    std::map<std::string, std::string> m_pins; ///< group → scheme, "16" = none
    std::unique_ptr<Allocator> m_allocator;
    std::vector<std::map<std::string, const SensitivityRow*>> m_rows; ///< of each of its groups, by scheme
    std::optional<Error> m_problem;
    std::optional<Allocation> m_chosen;
    double m_budget = 0;
};

} // namespace octavo::gui
