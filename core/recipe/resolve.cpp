// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "recipe/near.h"
#include "recipe/pattern.h"
#include "recipe/recipe.h"

namespace octavo {

namespace {

/// Patterns, and which of them anything matched.
class Watched {
public:
    explicit Watched(const std::vector<std::string>& texts) : patterns_(texts), used_(texts.size()) {}

    bool matches(const Module& module) {
        std::optional<std::size_t> hit = patterns_.plain(module.name);
        if (!hit) hit = patterns_.plain(module.class_name);
        if (!hit) hit = patterns_.expression(module);
        if (hit) used_[*hit] = true;
        return hit.has_value();
    }

    const PatternSet& patterns() const { return patterns_; }
    bool used(std::size_t place) const { return used_[place]; }

private:
    PatternSet patterns_;
    std::vector<bool> used_;
};

// What the user may have meant by a pattern that matches nothing.
Message advice_for(const std::string& pattern, const std::vector<Module>& modules) {
    if (pattern.starts_with("re:")) {
        if (modules.empty()) return msg("Correct the expression or remove it.");
        return msg(
            "It has to match from the start of a name, for example of \"%1\"; write re:.* in front to match anywhere.",
            modules.front().name);
    }
    if (pattern.find_first_of("*[|^$\\") != std::string::npos)
        return msg("Write \"re:\" in front if it is a regular expression.");
    std::vector<std::string> names;
    for (const Module& module : modules) {
        names.push_back(module.name);
        names.push_back(module.class_name);
    }
    if (const std::string near = nearest(pattern, names); !near.empty()) return msg("Did you mean \"%1\"?", near);
    for (const Module& module : modules)
        if (module.name.find(pattern) != std::string::npos)
            return msg("\"%1\" contains it: write the whole name, or \"re:.*%2\" for all that do.", module.name,
                       pattern);
    return msg("Correct the name or remove it.");
}

// Later patterns are not asked about modules that an earlier one decided, so look again before saying that one is idle.
void require_used(const Watched& watched, const std::vector<Module>& modules, const char* forgiven) {
    std::set<std::string_view> names;
    const auto matches_any = [&](const Pattern& pattern) {
        if (pattern.text().starts_with("re:"))
            return std::ranges::any_of(modules, [&](const Module& module) { return pattern.matches(module); });
        if (names.empty())
            for (const Module& module : modules) names.insert({module.name, module.class_name});
        return names.contains(pattern.text());
    };
    for (std::size_t i = 0; i < watched.patterns().size(); ++i) {
        const Pattern& pattern = watched.patterns()[i];
        if (watched.used(i) || pattern.text() == forgiven || matches_any(pattern)) continue;
        throw Error(ErrorCode::unusable_recipe,
                    msg("The pattern \"%1\" of the recipe matches no matrix of this model", pattern.text()),
                    advice_for(pattern.text(), modules));
    }
}

/// An override with its patterns compiled.
struct Ready {
    const Override& override_;
    Watched targets, except;

    explicit Ready(const Override& one) : override_(one), targets(one.targets), except(one.except) {}
    bool means(const Module& module) { return targets.matches(module) && !except.matches(module); }
};

struct Assignment {
    std::vector<std::optional<Scheme>> schemes;
    std::vector<SolverOptions> solvers;
};

Assignment assign(const Recipe& recipe, const std::vector<Module>& modules) {
    Watched ignored(recipe.ignore);
    std::vector<Ready> overrides(recipe.overrides.begin(), recipe.overrides.end());
    Assignment out{std::vector<std::optional<Scheme>>(modules.size()),
                   std::vector<SolverOptions>(modules.size(), recipe.solver)};
    for (std::size_t i = 0; i < modules.size(); ++i) {
        if (ignored.matches(modules[i])) continue;
        bool decided = false;
        SolverChanges changes;
        for (Ready& one : overrides) {
            const bool asked = (one.override_.changes_scheme && !decided) || !one.override_.solver.empty();
            if (!asked || !one.means(modules[i])) continue;
            changes.fill(one.override_.solver);
            if (one.override_.changes_scheme && !std::exchange(decided, true)) out.schemes[i] = one.override_.scheme;
        }
        changes.apply_to(out.solvers[i]);
        if (!decided && modules[i].class_name == "Linear") out.schemes[i] = recipe.scheme;
    }
    require_used(ignored, modules, "lm_head"); // ignored by default, but not every model has one
    for (const Ready& one : overrides) {
        require_used(one.targets, modules, "");
        require_used(one.except, modules, "lm_head");
    }
    return out;
}

/// Only schemes have to agree: a server runs the set as one matrix with one kind of codes and scales, but every row was
/// solved by itself. How is its own affair, the order of its columns too, because groups stay in place.
void check_fused(const std::vector<Module>& modules, const std::vector<std::optional<Scheme>>& schemes) {
    std::map<std::string, std::vector<std::size_t>> sets;
    for (std::size_t i = 0; i < modules.size(); ++i)
        if (!modules[i].fused_set.empty()) sets[modules[i].fused_set].push_back(i);
    for (const auto& [name, members] : sets) {
        const auto& first = schemes[members.front()];
        if (std::all_of(members.begin(), members.end(), [&](std::size_t i) { return schemes[i] == first; })) continue;
        std::string listing;
        for (const std::size_t i : members)
            listing += (listing.empty() ? "" : ", ") + modules[i].name + " (" +
                       (schemes[i] ? schemes[i]->name : std::string("16 bit")) + ")";
        const bool ignored = std::any_of(members.begin(), members.end(), [&](std::size_t i) { return !schemes[i]; });
        throw Error(
            ErrorCode::unusable_recipe, msg("vLLM runs these matrices as one, so they need one scheme: %1", listing),
            ignored ? msg("Ignore all of them or none.") : msg("Give all of them the same scheme."), {.layer = name});
    }
}

std::string working_sizes(std::int64_t columns) {
    std::string out;
    for (const int size : group_sizes())
        if (columns % size == 0) out += (out.empty() ? "" : ", ") + std::to_string(size);
    return out;
}

[[noreturn]] void refuse_groups(const Scheme& scheme, const Module& module, const QuantizationArgs& args) {
    // NVFP4 is 16, MX is 32, FP8_BLOCK is 128 by definition.
    const bool free = &args == &scheme.weights && has_free_group_size(scheme);
    const std::string working = free ? working_sizes(module.columns) : std::string();
    throw Error(
        ErrorCode::unusable_recipe,
        msg("The scheme %1 needs input sizes divisible by %2, but %3 has %4", scheme.name, args.group_size, module.name,
            module.columns),
        !free ? msg("Ignore this matrix (and those fused with it) or choose a scheme without groups.")
        : working.empty()
            ? msg("Use one scale per channel (--group-size channel), or ignore this matrix and those fused with it.")
            : msg("Group sizes that would work: %1; or one scale per channel. --group-size auto finds the largest.",
                  working),
        {.layer = module.name});
}

/// vLLM divides sizes by the number of codes in 32 bits: along the input, and along the output for zero points.
void check_packing(const Scheme& scheme, const Module& module) {
    if (scheme.format != Format::pack_quantized) return;
    const std::int64_t unit = 32 / std::gcd(scheme.weights.bits, 32);
    if (module.columns % unit == 0 && (scheme.weights.symmetric || module.rows % unit == 0)) return;
    throw Error(ErrorCode::unusable_recipe,
                msg("The scheme %1 packs %2 codes at a time, which does not divide the sizes of %3 (%4 × %5)",
                    scheme.name, unit, module.name, module.rows, module.columns),
                msg("Ignore this matrix (and those fused with it) or choose a scheme that is not packed."),
                {.layer = module.name});
}

/// Matrices with groups of a size that may be chosen.
bool is_fitted(const std::optional<Scheme>& scheme) {
    return scheme && scheme->weights.strategy == Strategy::group && has_free_group_size(*scheme);
}

void fit_groups(GroupFit fit, const std::vector<Module>& modules, std::vector<std::optional<Scheme>>& schemes) {
    if (fit == GroupFit::as_given) return;
    std::int64_t common = 0; // greatest common divisor of all input sizes
    for (std::size_t i = 0; i < modules.size(); ++i)
        if (is_fitted(schemes[i])) common = std::gcd(common, modules[i].columns);
    for (std::size_t i = 0; i < modules.size(); ++i)
        if (is_fitted(schemes[i]))
            schemes[i] = with_fitting_groups(*schemes[i], fit == GroupFit::common ? common : modules[i].columns);
}

} // namespace

void check_cache(KvCache cache, const std::vector<Module>& modules) {
    if (cache == KvCache::as_is) return;
    const Message advice = msg("Leave the KV cache in 16 bit (\"kv_cache\": null, --kv-cache none).");
    bool cached = false;
    for (const Module& module : modules) {
        if (module.layer < 0) continue;
        if (module.role == "kv_a_proj_with_mqa")
            throw Error(ErrorCode::unusable_recipe,
                        msg("The recipe asks for an FP8 KV cache, but the attention of %1 keeps a latent, for which "
                            "there are no scales",
                            module.name),
                        advice, {.layer = module.name});
        cached = cached || module.role == "k_proj" || module.role == "qkv_proj";
    }
    if (!cached)
        throw Error(ErrorCode::unusable_recipe,
                    msg("The recipe asks for an FP8 KV cache, but the model has no attention that keeps one"), advice);
}

namespace {

/// Options that both set, and not alike.
bool disagree(const SolverChanges& a, const SolverChanges& b) {
    SolverChanges one = a, other = b;
    one.fill(b);
    other.fill(a);
    return !(one == other);
}

/// The same pattern with two meanings: whichever came first would win without a word.
void check_contradictions(const Recipe& recipe) {
    using Key = std::pair<std::string, std::vector<std::string>>; // pattern and exceptions
    std::map<Key, std::optional<Scheme>> schemes;
    std::map<Key, SolverChanges> solvers;
    for (const std::string& pattern : recipe.ignore) schemes.emplace(Key(pattern, {}), std::nullopt);
    const auto name = [](const std::optional<Scheme>& scheme) { return scheme ? scheme->name : "16 bit"; };
    for (const Override& one : recipe.overrides)
        for (const std::string& pattern : one.targets) {
            const Key key(pattern, one.except);
            if (one.changes_scheme) {
                const auto [before, added] = schemes.emplace(key, one.scheme);
                if (!added && before->second != one.scheme)
                    throw Error(ErrorCode::unusable_recipe,
                                msg("The recipe contradicts itself: the pattern \"%1\" stands for %2 and for %3",
                                    pattern, name(before->second), name(one.scheme)),
                                msg("Remove one of the two."));
            }
            if (one.solver.empty()) continue;
            SolverChanges& known = solvers[key];
            if (disagree(known, one.solver))
                throw Error(
                    ErrorCode::unusable_recipe,
                    msg("The recipe contradicts itself: the pattern \"%1\" has two values of one option of the solver",
                        pattern),
                    msg("Remove one of the two."));
            known.fill(one.solver);
        }
    for (const auto& [key, solver] : solvers)
        if (const auto scheme = schemes.find(key); scheme != schemes.end() && !scheme->second)
            throw Error(ErrorCode::unusable_recipe,
                        msg("The recipe says how to solve \"%1\", but also to leave it in 16 bit", key.first),
                        msg("Remove one of the two."));
}

void check_percentile(const Recipe& recipe, const std::vector<std::optional<Scheme>>& schemes) {
    const auto fixed = [](const std::optional<Scheme>& scheme) {
        return scheme && scheme->input && scheme->input->dynamic == Dynamic::no;
    };
    if (recipe.activation_percentile >= 100 || std::any_of(schemes.begin(), schemes.end(), fixed)) return;
    throw Error(ErrorCode::unusable_recipe,
                msg("The recipe clips static activations at a percentile, but no scheme in it has any"),
                msg("Use FP8 or static activations (--activations static), or remove \"activation_percentile\"."));
}

} // namespace

void check_shape(const Scheme& scheme, const Module& module) {
    if (module.rows < 1 || module.columns < 1)
        throw Error(
            ErrorCode::unusable_recipe,
            msg("%1 has the shape %2 × %3, which cannot be quantized", module.name, module.rows, module.columns),
            msg("Ignore it in the recipe."), {.layer = module.name});
    const auto grouped = [](const QuantizationArgs& args) {
        return args.strategy == Strategy::group || args.strategy == Strategy::tensor_group;
    };
    for (const QuantizationArgs* args : {&scheme.weights, scheme.input ? &*scheme.input : nullptr})
        if (args && grouped(*args) && (args->group_size < 1 || module.columns % args->group_size != 0))
            refuse_groups(scheme, module, *args);
    check_packing(scheme, module);
    const bool split_rows =
        scheme.weights.strategy == Strategy::block && scheme.weights.block && !module.fused_set.empty();
    if (split_rows && module.rows % (*scheme.weights.block)[0] != 0)
        throw Error(ErrorCode::unusable_recipe,
                    msg("The scheme %1 needs output sizes divisible by %2 where vLLM fuses matrices, but %3 has %4",
                        scheme.name, (*scheme.weights.block)[0], module.name, module.rows),
                    msg("Ignore this matrix and those fused with it, or choose a scheme with one scale per channel."),
                    {.layer = module.name});
}

ResolvedRecipe resolve(const Recipe& recipe, std::vector<Module> modules) {
    check_contradictions(recipe);
    auto [schemes, solvers] = assign(recipe, modules);
    fit_groups(recipe.group_fit, modules, schemes);
    check_fused(modules, schemes);
    check_cache(recipe.kv_cache, modules);
    check_percentile(recipe, schemes);
    for (std::size_t i = 0; i < modules.size(); ++i)
        if (schemes[i]) check_shape(*schemes[i], modules[i]);
    const bool none =
        std::none_of(schemes.begin(), schemes.end(), [](const auto& scheme) { return scheme.has_value(); });
    if (none && recipe.kv_cache == KvCache::as_is)
        throw Error(ErrorCode::unusable_recipe, msg("The recipe leaves every matrix of this model in 16 bit"),
                    msg("Ignore less."));
    return {recipe, std::move(modules), std::move(schemes), std::move(solvers)};
}

ResolvedRecipe::ResolvedRecipe(Recipe given, std::vector<Module> linears, std::vector<std::optional<Scheme>> found,
                               std::vector<SolverOptions> options)
    : recipe(std::move(given)), modules(std::move(linears)), schemes(std::move(found)), solvers(std::move(options)) {
    for (std::size_t i = 0; i < modules.size(); ++i) places.emplace(modules[i].name, i);
}

std::optional<std::size_t> ResolvedRecipe::find(std::string_view module) const {
    const auto place = places.find(module);
    return place == places.end() ? std::nullopt : std::optional(place->second);
}

const std::optional<Scheme>& ResolvedRecipe::scheme_of(std::string_view module) const {
    if (const std::optional<std::size_t> place = find(module)) return schemes[*place];
    throw Error(ErrorCode::internal, msg("The recipe was not resolved for %1", module));
}

} // namespace octavo
