// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "allocate/knapsack.h"
#include "hardware/hardware.h"
#include "recipe/recipe.h"
#include "report/sensitivity.h"

namespace octavo {

struct Budget {
    enum class Kind {
        bits_per_weight, ///< stored bits over the weights of the table's matrices, scales included
        bytes,           ///< of the whole model on disk: what the table does not choose counts too
        damage           ///< sum of the table's damages times its calibration, at most
    };
    Kind kind = Kind::bits_per_weight;
    double value = 0;
};

struct AllocationOptions {
    std::vector<std::string> schemes; ///< of those in the table; empty = all
    bool allow_16_bit = true;
    /// Group or module pattern (exact, "re:…") and the scheme that it gets, "16" for none; the first that matches wins.
    std::vector<std::pair<std::string, std::string>> pins;
    std::optional<TargetGpu> target; ///< schemes that vLLM cannot run there are left out
    int tier = -1;                   ///< of the damage; −1 = the most telling one that all rows have
};

/// A scheme per group.
struct Allocation {
    std::vector<std::string> schemes; ///< per group; empty = 16 bit
    std::uint64_t bytes = 0;          ///< of the whole model on disk
    double bits_per_weight = 0;       ///< over the table's matrices
    double damage = 0;                ///< predicted: Σ of the groups, times the table's calibration
    double bound = 0;                 ///< no allocation within the budget has less (more bytes, for a damage budget)
    bool exact = false;
};

/// Chooses schemes from a sensitivity table. Construction does the sorting; every question after it takes microseconds,
/// so that a slider can ask while it is dragged.
class Allocator {
public:
    /// Throws Error(unusable_recipe): an empty table, nothing left to choose from, every group pinned, a pin that
    /// matches nothing or names a scheme that was not measured for the group.
    Allocator(const SensitivityTable& table, const AllocationOptions& options);
    ~Allocator();
    Allocator(Allocator&&) noexcept;

    struct Group {
        std::string name, role;
        int layer = -1;
        std::vector<std::string> modules, schemes; ///< schemes: what may be chosen, empty text = 16 bit
        bool pinned = false;
    };
    const std::vector<Group>& groups() const;
    int tier() const; ///< what damage() means: 3 KL divergence in nats, 2 its forecast, 1 relative error, 0 noise of
                      ///< the weights

    struct Point {
        std::uint64_t bytes = 0;
        double bits_per_weight = 0, damage = 0;
    };
    /// The convex front by growing size: what is optimal for its own size.
    const std::vector<Point>& front() const;
    Allocation at(std::size_t front_point) const;
    /// Everything in one scheme ("" = 16 bit) but for what is pinned or cannot have it (16 bit then): a point to
    /// compare with.
    Allocation uniform(const std::string& scheme) const;

    /// Within the budget: from the front, or exactly by dynamic programming. Throws Error(unusable_recipe) saying what
    /// can be reached when the budget cannot.
    Allocation solve(const Budget& budget, bool exactly = false) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The recipe with exact module names: the scheme of most matrices for all, overrides for the others (16 bit included).
/// Smoothing and solver as the schemes that need them like best.
Recipe recipe_of(const std::vector<Allocator::Group>& groups, const Allocation& allocation);

} // namespace octavo
