// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <numeric>

#include "recipe/near.h"
#include "recipe/pattern.h"
#include "recipe/recipe.h"

namespace octavo {

namespace {

/// A pattern and whether anything matched it.
struct Watched {
    Pattern pattern;
    bool used = false;

    bool matches(const Module& module) {
        const bool hit = pattern.matches(module);
        used = used || hit;
        return hit;
    }
};

std::vector<Watched> compile(const std::vector<std::string>& patterns) {
    std::vector<Watched> out;
    out.reserve(patterns.size());
    for (const std::string& pattern : patterns) out.push_back({Pattern(pattern)});
    return out;
}

bool any_matches(std::vector<Watched>& patterns, const Module& module) {
    return std::any_of(patterns.begin(), patterns.end(), [&](Watched& one) { return one.matches(module); });
}

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
void require_used(std::vector<Watched>& patterns, const std::vector<Module>& modules, const char* forgiven) {
    for (Watched& one : patterns) {
        if (one.used || one.pattern.text() == forgiven) continue;
        if (std::any_of(modules.begin(), modules.end(),
                        [&](const Module& module) { return one.pattern.matches(module); }))
            continue;
        throw Error(ErrorCode::unusable_recipe,
                    msg("The pattern \"%1\" of the recipe matches no matrix of this model", one.pattern.text()),
                    advice_for(one.pattern.text(), modules));
    }
}

std::vector<std::optional<Scheme>> assign(const Recipe& recipe, const std::vector<Module>& modules) {
    std::vector<Watched> ignored = compile(recipe.ignore);
    std::vector<std::vector<Watched>> targets;
    for (const Override& one : recipe.overrides) targets.push_back(compile(one.targets));
    std::vector<std::optional<Scheme>> out(modules.size());
    for (std::size_t i = 0; i < modules.size(); ++i) {
        if (any_matches(ignored, modules[i])) continue;
        const auto chosen = std::find_if(targets.begin(), targets.end(),
                                         [&](std::vector<Watched>& set) { return any_matches(set, modules[i]); });
        if (chosen != targets.end())
            out[i] = recipe.overrides[static_cast<std::size_t>(chosen - targets.begin())].scheme;
        else if (modules[i].class_name == "Linear")
            out[i] = recipe.scheme;
    }
    require_used(ignored, modules, "lm_head"); // ignored by default, but not every model has one
    for (std::vector<Watched>& set : targets) require_used(set, modules, "");
    return out;
}

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

/// The same pattern with two meanings: whichever came first would win without a word.
void check_contradictions(const Recipe& recipe) {
    std::map<std::string, std::optional<Scheme>> known;
    for (const std::string& pattern : recipe.ignore) known.emplace(pattern, std::nullopt);
    for (const Override& one : recipe.overrides)
        for (const std::string& pattern : one.targets) {
            const auto [before, added] = known.emplace(pattern, one.scheme);
            if (added || before->second == one.scheme) continue;
            const auto name = [](const std::optional<Scheme>& scheme) { return scheme ? scheme->name : "16 bit"; };
            throw Error(ErrorCode::unusable_recipe,
                        msg("The recipe contradicts itself: the pattern \"%1\" stands for %2 and for %3", pattern,
                            name(before->second), name(one.scheme)),
                        msg("Remove one of the two."));
        }
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
    std::vector<std::optional<Scheme>> schemes = assign(recipe, modules);
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
    return {recipe, std::move(modules), std::move(schemes)};
}

std::vector<std::string> fused_partners(const std::vector<Module>& modules, std::string_view module) {
    std::vector<std::string> out;
    const auto self =
        std::find_if(modules.begin(), modules.end(), [&](const Module& one) { return one.name == module; });
    if (self == modules.end() || self->fused_set.empty()) return out;
    for (const Module& one : modules)
        if (one.fused_set == self->fused_set && one.name != module) out.push_back(one.name);
    return out;
}

const std::optional<Scheme>& ResolvedRecipe::scheme_of(std::string_view module) const {
    for (std::size_t i = 0; i < modules.size(); ++i)
        if (modules[i].name == module) return schemes[i];
    throw Error(ErrorCode::internal, msg("The recipe was not resolved for %1", module));
}

} // namespace octavo
