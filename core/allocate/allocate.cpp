// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/allocate.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/json.h"
#include "recipe/near.h"

namespace octavo {

namespace {

struct Choice {
    std::string scheme;
    double bytes = 0, damage = 0;
};

struct Class {
    std::vector<Choice> choices;
    std::int64_t parameters = 0;
};

std::string shown(const std::string& scheme) { return scheme.empty() ? "16 bit" : scheme; }

bool pin_matches(const std::string& pattern, const Allocator::Group& group) {
    if (pattern == group.name) return true;
    for (const std::string& name : group.modules)
        if (matches(pattern, Module{.name = name})) return true;
    return pattern.starts_with("re:") && matches(pattern, Module{.name = group.name});
}

std::string rounded(double value) {
    const double scale = value > 0 ? std::pow(10.0, 3 - std::floor(std::log10(value))) : 1;
    return number_text(std::round(value * scale) / scale);
}

} // namespace

struct Allocator::State {
    std::vector<Group> groups;
    std::vector<Class> classes;
    KnapsackClasses by_bytes, by_damage; ///< limit on bytes, and limit on damage
    std::unique_ptr<KnapsackFront> front, damage_front;
    std::vector<Point> points;
    double other_bytes = 0, parameters = 0, calibration = 1;
    int tier = -1;

    void add(const SensitivityRow& row, const AllocationOptions& options);
    void pin(const AllocationOptions& options);
    void finish();
    Allocation allocation(const KnapsackSolution& solution, bool by_damage) const;
    [[noreturn]] void refuse(const Budget& budget) const;
};

void Allocator::State::add(const SensitivityRow& row, const AllocationOptions& options) {
    if (groups.empty() || groups.back().name != row.group) {
        groups.push_back({row.group, row.role, row.layer, row.modules, {}, false});
        Class one;
        one.parameters = row.parameters;
        if (options.allow_16_bit) one.choices.push_back({"", static_cast<double>(row.bytes_before), 0});
        classes.push_back(std::move(one));
    }
    const double damage = row.damage(tier);
    if (!std::isfinite(damage)) return;
    const auto wanted = [&](const std::vector<std::string>& list) {
        return list.empty() || std::find(list.begin(), list.end(), row.scheme) != list.end();
    };
    const bool runs =
        !options.target ||
        ServingRules::instance().support(row.scheme, options.target->capability).support != Support::unsupported;
    if (wanted(options.schemes) && runs)
        classes.back().choices.push_back({row.scheme, static_cast<double>(row.bytes), std::max(damage, 0.0)});
}

void Allocator::State::pin(const AllocationOptions& options) {
    std::vector<char> used(options.pins.size(), 0);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (std::size_t p = 0; p < options.pins.size(); ++p) {
            const auto& [pattern, name] = options.pins[p];
            if (!pin_matches(pattern, groups[i])) continue;
            used[p] = 1;
            if (groups[i].pinned) continue;
            const std::string scheme = name == "16" ? "" : preset(name).name;
            std::vector<Choice>& choices = classes[i].choices;
            std::erase_if(choices, [&](const Choice& choice) { return choice.scheme != scheme; });
            if (choices.empty())
                throw Error(
                    ErrorCode::unusable_recipe,
                    msg("%1 cannot be pinned to %2: the table does not allow that", groups[i].name, shown(scheme)),
                    msg("Pin it to a scheme that was measured and that the target runs, or to 16."),
                    {.layer = groups[i].name});
            groups[i].pinned = true;
        }
    }
    std::vector<std::string> names;
    for (const Group& group : groups) names.push_back(group.name);
    for (std::size_t p = 0; p < used.size(); ++p) {
        if (used[p]) continue;
        const std::string near = nearest(options.pins[p].first, names);
        throw Error(ErrorCode::unusable_recipe,
                    msg("The pin \"%1\" matches no group of the table", options.pins[p].first),
                    near.empty() ? msg("Give a group's or a matrix's whole name, or re: and an expression.")
                                 : msg("Did you mean \"%1\"?", near));
    }
    const auto free = [](const Group& group) { return !group.pinned; };
    if (std::none_of(groups.begin(), groups.end(), free))
        throw Error(ErrorCode::unusable_recipe, msg("Every group is pinned: nothing is left to choose"),
                    msg("Remove a pin, or write the recipe directly."));
}

void Allocator::State::finish() {
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::vector<Choice>& choices = classes[i].choices;
        if (choices.empty())
            throw Error(ErrorCode::unusable_recipe, msg("%1 can have none of the schemes", groups[i].name),
                        msg("Allow 16 bit, or measure more schemes."), {.layer = groups[i].name});
        std::vector<KnapsackItem>& light = by_bytes.emplace_back();
        std::vector<KnapsackItem>& harmless = by_damage.emplace_back();
        for (const Choice& choice : choices) {
            groups[i].schemes.push_back(choice.scheme);
            light.push_back({choice.bytes, choice.damage});
            harmless.push_back({choice.damage, choice.bytes});
        }
        parameters += static_cast<double>(classes[i].parameters);
    }
    front = std::make_unique<KnapsackFront>(by_bytes);
    damage_front = std::make_unique<KnapsackFront>(by_damage);
    for (const KnapsackFront::Point& point : front->points())
        points.push_back({static_cast<std::uint64_t>(point.weight + other_bytes), 8 * point.weight / parameters,
                          std::max(point.value, 0.0) * calibration});
}

Allocation Allocator::State::allocation(const KnapsackSolution& solution, bool limited_damage) const {
    Allocation out;
    double bytes = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const Choice& choice = classes[i].choices[solution.chosen[i]];
        out.schemes.push_back(choice.scheme);
        bytes += choice.bytes;
        out.damage += choice.damage * calibration;
    }
    out.bytes = static_cast<std::uint64_t>(bytes + other_bytes);
    out.bits_per_weight = 8 * bytes / parameters;
    out.bound = limited_damage ? solution.bound + other_bytes : solution.bound * calibration;
    out.exact = solution.exact;
    return out;
}

void Allocator::State::refuse(const Budget& budget) const {
    const Point &lightest = points.front(), &best = points.back();
    switch (budget.kind) {
    case Budget::Kind::bits_per_weight:
        throw Error(ErrorCode::unusable_recipe,
                    msg("%1 bits per weight cannot be met: the least that these schemes and pins allow is %2",
                        number_text(budget.value), rounded(lightest.bits_per_weight)),
                    msg("Raise the budget, remove a pin, or measure a smaller scheme."));
    case Budget::Kind::bytes:
        throw Error(ErrorCode::unusable_recipe,
                    msg("%1 bytes cannot be met: the least that these schemes and pins allow is %2",
                        number_text(budget.value), lightest.bytes),
                    msg("Raise the budget, remove a pin, or measure a smaller scheme."));
    case Budget::Kind::damage: break;
    }
    throw Error(ErrorCode::unusable_recipe,
                msg("A damage of at most %1 cannot be met: the least that these schemes and pins allow is %2",
                    number_text(budget.value), rounded(best.damage)),
                msg("Allow more, remove a pin, or allow 16 bit."));
}

Allocator::Allocator(const SensitivityTable& table, const AllocationOptions& options)
    : state_(std::make_unique<State>()) {
    state_->tier = options.tier < 0 ? table.tier() : options.tier;
    if (table.rows.empty() || state_->tier < 0)
        throw Error(ErrorCode::unusable_recipe, msg("The sensitivity table is empty or has gaps"),
                    msg("Measure again; a measurement that was interrupted can be continued."));
    state_->other_bytes = static_cast<double>(table.other_bytes);
    state_->calibration = state_->tier >= 2 && table.calibration > 0 ? table.calibration : 1;
    for (const SensitivityRow& row : table.rows) state_->add(row, options);
    const bool any = std::any_of(state_->classes.begin(), state_->classes.end(),
                                 [](const Class& one) { return one.choices.size() > 1; });
    if (!any)
        throw Error(ErrorCode::unusable_recipe, msg("There is nothing to choose between"),
                    options.target
                        ? msg("The target %1 runs none of the schemes; measure others.", options.target->name)
                        : msg("Allow more than one scheme, or 16 bit."));
    state_->pin(options);
    state_->finish();
}

Allocator::~Allocator() = default;
Allocator::Allocator(Allocator&&) noexcept = default;

const std::vector<Allocator::Group>& Allocator::groups() const { return state_->groups; }
int Allocator::tier() const { return state_->tier; }
const std::vector<Allocator::Point>& Allocator::front() const { return state_->points; }

Allocation Allocator::at(std::size_t front_point) const {
    return state_->allocation(state_->front->at(front_point), false);
}

Allocation Allocator::uniform(const std::string& scheme) const {
    KnapsackSolution solution;
    for (const Class& one : state_->classes) {
        std::size_t pick = 0;
        for (std::size_t i = 0; i < one.choices.size(); ++i)
            if (one.choices[i].scheme == scheme) pick = i;
        solution.chosen.push_back(pick);
    }
    return state_->allocation(solution, false);
}

Allocation Allocator::solve(const Budget& budget, bool exactly) const {
    const bool limited_damage = budget.kind == Budget::Kind::damage;
    double limit = budget.value;
    if (budget.kind == Budget::Kind::bits_per_weight) limit = budget.value * state_->parameters / 8;
    if (budget.kind == Budget::Kind::bytes) limit -= state_->other_bytes;
    if (limited_damage) limit /= state_->calibration;
    const std::optional<KnapsackSolution> solution =
        exactly ? solve_knapsack(limited_damage ? state_->by_damage : state_->by_bytes, limit)
                : (limited_damage ? state_->damage_front : state_->front)->within(limit);
    if (!solution) state_->refuse(budget);
    return state_->allocation(*solution, limited_damage);
}

namespace {

/// Where several schemes are mixed, the recipe's solver and smoothing are those of the most demanding one.
int demand(const Scheme& scheme) {
    const bool integer = scheme.weights.type == NumberType::integer;
    return integer && scheme.input && scheme.input->type == NumberType::integer ? 2 : integer ? 1 : 0;
}

} // namespace

Recipe recipe_of(const std::vector<Allocator::Group>& groups, const Allocation& allocation) {
    std::map<std::string, std::size_t> matrices;
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (!allocation.schemes[i].empty()) matrices[allocation.schemes[i]] += groups[i].modules.size();
    if (matrices.empty())
        throw Error(ErrorCode::unusable_recipe, msg("Within this budget nothing is quantized"),
                    msg("Lower the budget: at this one the model can stay as it is."));
    std::string most, hardest;
    for (const auto& [name, count] : matrices) {
        if (most.empty() || count > matrices[most]) most = name;
        if (hardest.empty() || demand(preset(name)) > demand(preset(hardest))) hardest = name;
    }
    Recipe out = Recipe::for_scheme(preset(hardest));
    out.scheme = preset(most);
    out.group_fit = GroupFit::per_matrix; // as the table's groups were
    std::map<std::string, std::vector<std::string>> others;
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (allocation.schemes[i] != most)
            for (const std::string& name : groups[i].modules) others[allocation.schemes[i]].push_back(name);
    for (auto& [name, targets] : others) {
        Override one{.targets = std::move(targets)};
        if (!name.empty()) one.scheme = preset(name);
        out.overrides.push_back(std::move(one));
    }
    return out;
}

} // namespace octavo
