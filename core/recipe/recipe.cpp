// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/recipe.h"

#include <algorithm>

#include "base/files.h"
#include "recipe/llm_compressor.h"
#include "recipe/reader.h"

namespace octavo {

namespace {

constexpr int schema_version = 1;
const std::vector<std::string> mode_names{"off", "fixed", "automatic"};
const std::vector<std::string> rule_names{"smoothquant", "awq"};
const std::vector<std::string> statistic_names{"range", "absmax"};
const std::vector<std::string> method_names{"round_to_nearest", "gptq"};
const std::vector<std::string> scale_method_names{"extremes", "least_squares", "weighted_least_squares"};
const std::vector<std::string> correction_names{"none", "inputs", "residual"};
const std::vector<std::string> group_fit_names{"as_given", "common", "per_matrix"};
const std::vector<std::string> cache_names{"", "fp8", "fp8_per_head"};

// FP8 codes gain nothing from smoothing, and rounding costs them little: no data needed. Integers
// need both, 4-bit numbers the solver and scales that are searched for.
Recipe defaults_for(const Scheme& scheme) {
    Recipe out;
    out.scheme = scheme;
    const bool integer = scheme.weights.type == NumberType::integer;
    const bool integer_input = scheme.input && scheme.input->type == NumberType::integer;
    const bool coarse = scheme.weights.bits <= 4;
    // Fixed scales of the inputs need data in any case, so FP8 takes what it gives as well (docs/quality.md).
    const bool static_fp8 = scheme.needs_data && !integer && !coarse;
    const bool smooth = static_fp8 || (integer && integer_input);
    out.smoothing.mode = smooth ? SmoothingMode::automatic : SmoothingMode::off;
    out.solver.method = integer || coarse || static_fp8 ? SolverMethod::gptq : SolverMethod::round_to_nearest;
    out.solver.activation_order = static_fp8;
    // Pairs of channels count by two thirds: calibration text is never quite what will come (docs/quality.md).
    if (out.solver.method == SolverMethod::gptq) out.solver.shrinkage = 0.5;
    if (coarse) {
        out.solver.scales = ScaleMethod::weighted_least_squares;
        out.solver.activation_order = true;
    }
    // GPTQ behind AWQ's scaling lost less than alone, whatever the numbers (docs/quality.md); INT8 inputs need scales
    // that serve them.
    if (coarse && !integer_input) {
        out.smoothing.mode = SmoothingMode::automatic;
        out.smoothing.rule = SmoothingRule::awq;
    }
    return out;
}

/// Is it what its name says? One whose groups were chosen apart from the name is not.
bool is_named_so(const Scheme& scheme) {
    try {
        return preset(scheme.name) == scheme;
    } catch (const Error&) {
        return false;
    }
}

Json scheme_json(const Scheme& scheme) { return is_named_so(scheme) ? Json(scheme.name) : to_json(scheme); }

Json smoothing_json(const SmoothingOptions& options) {
    Json strengths = Json::object();
    for (const auto& [group, strength] : options.strengths) strengths[group] = strength;
    return {{"rule", rule_names[static_cast<std::size_t>(options.rule)]},
            {"mode", mode_names[static_cast<std::size_t>(options.mode)]},
            {"strength", options.strength},
            {"statistic", statistic_names[static_cast<std::size_t>(options.statistic)]},
            {"balance", options.balance},
            {"norms", options.norms},
            {"up_down", options.up_down},
            {"value_output", options.value_output},
            {"rotate_values", options.rotate_values},
            {"rotate_residual", options.rotate_residual},
            {"strengths", strengths}};
}

SmoothingOptions read_smoothing(const Json& json, SmoothingOptions out, const std::string& file) {
    const StrictObject object(json, "smoothing", file,
                              {"rule", "mode", "strength", "statistic", "balance", "norms", "up_down", "value_output",
                               "rotate_values", "rotate_residual", "strengths"});
    out.rule = static_cast<SmoothingRule>(object.choice("rule", static_cast<std::size_t>(out.rule), rule_names));
    out.mode = static_cast<SmoothingMode>(object.choice("mode", static_cast<std::size_t>(out.mode), mode_names));
    out.strength = object.number("strength", out.strength, 0, 1);
    out.statistic = static_cast<SmoothingStatistic>(
        object.choice("statistic", static_cast<std::size_t>(out.statistic), statistic_names));
    out.balance = object.flag("balance", out.balance);
    out.norms = object.flag("norms", out.norms);
    out.up_down = object.flag("up_down", out.up_down);
    out.value_output = object.flag("value_output", out.value_output);
    out.rotate_values = object.flag("rotate_values", out.rotate_values);
    out.rotate_residual = object.flag("rotate_residual", out.rotate_residual);
    if (!object.has("strengths")) return out;
    const Json& strengths = object.at("strengths");
    if (!strengths.is_object()) object.refuse("strengths", msg("an object of group names and strengths"));
    for (const auto& [group, value] : strengths.items()) {
        const double strength = value.is_number() ? value.get<double>() : -1;
        if (!(strength >= 0 && strength <= 1)) object.refuse("strengths." + group, msg("a number from 0 to 1"));
        out.strengths.emplace_back(group, strength);
    }
    return out;
}

/// The options of the solver that an object sets.
SolverChanges read_changes(const StrictObject& object) {
    SolverChanges out;
    if (object.has("method")) out.method = static_cast<SolverMethod>(object.choice("method", 0, method_names));
    if (object.has("scales")) out.scales = static_cast<ScaleMethod>(object.choice("scales", 0, scale_method_names));
    if (object.has("damping")) out.damping = object.number("damping", 0, 0, 1);
    if (object.has("shrinkage")) out.shrinkage = object.number("shrinkage", 0, 0, 100);
    if (object.has("block_size")) out.block_size = static_cast<int>(object.integer("block_size", 1, 1, 65536));
    if (object.has("sweeps")) out.sweeps = static_cast<int>(object.integer("sweeps", 0, 0, 100));
    if (object.has("activation_order")) out.activation_order = object.flag("activation_order", false);
    return out;
}

Json changes_json(const SolverChanges& changes) {
    Json out = Json::object();
    if (changes.method) out["method"] = method_names[static_cast<std::size_t>(*changes.method)];
    if (changes.scales) out["scales"] = scale_method_names[static_cast<std::size_t>(*changes.scales)];
    if (changes.damping) out["damping"] = *changes.damping;
    if (changes.shrinkage) out["shrinkage"] = *changes.shrinkage;
    if (changes.block_size) out["block_size"] = *changes.block_size;
    if (changes.sweeps) out["sweeps"] = *changes.sweeps;
    if (changes.activation_order) out["activation_order"] = *changes.activation_order;
    return out;
}

SolverOptions read_solver(const Json& json, SolverOptions out, const std::string& file) {
    const StrictObject object(json, "solver", file,
                              {"method", "scales", "damping", "shrinkage", "block_size", "correction", "relative",
                               "sweeps", "activation_order"});
    read_changes(object).apply_to(out);
    out.correction = static_cast<Correction>(
        object.choice("correction", static_cast<std::size_t>(out.correction), correction_names));
    out.relative = object.flag("relative", out.relative);
    return out;
}

Json solver_json(const SolverOptions& solver) {
    Json out = changes_json(SolverChanges::all_of(solver));
    out["correction"] = correction_names[static_cast<std::size_t>(solver.correction)];
    out["relative"] = solver.relative;
    return out;
}

Override read_override(const Json& json, const std::string& path, const std::string& file) {
    const StrictObject object(json, path, file, {"targets", "except", "scheme", "solver"});
    Override one{.targets = object.texts("targets", {})};
    if (one.targets.empty()) object.refuse("targets", msg("a list of at least one name, class or re: pattern"));
    one.except = object.texts("except", {});
    if (object.has("solver"))
        one.solver = read_changes(
            StrictObject(object.at("solver"), object.path_of("solver"), file,
                         {"method", "scales", "damping", "shrinkage", "block_size", "sweeps", "activation_order"}));
    // Null has to be written: "keep in 16 bit" is never meant by leaving something out.
    one.changes_scheme = one.solver.empty() || json.contains("scheme");
    if (one.changes_scheme) object.at("scheme");
    if (object.has("scheme")) one.scheme = scheme_from_json(object.at("scheme"), file);
    return one;
}

std::vector<Override> read_overrides(const StrictObject& recipe) {
    std::vector<Override> out;
    if (!recipe.has("overrides")) return out;
    const Json& list = recipe.at("overrides");
    if (!list.is_array()) recipe.refuse("overrides", msg("a list"));
    for (std::size_t i = 0; i < list.size(); ++i)
        out.push_back(read_override(list[i], "overrides." + std::to_string(i), recipe.file()));
    return out;
}

Json override_json(const Override& one) {
    Json out{{"targets", one.targets}};
    if (!one.except.empty()) out["except"] = one.except;
    if (one.changes_scheme) out["scheme"] = one.scheme ? scheme_json(*one.scheme) : Json(nullptr);
    if (!one.solver.empty()) out["solver"] = changes_json(one.solver);
    return out;
}

std::uint64_t read_seed(const StrictObject& object, std::uint64_t otherwise) {
    if (!object.has("seed")) return otherwise;
    const Json& json = object.at("seed");
    if (!json.is_number_integer() || (!json.is_number_unsigned() && json.get<std::int64_t>() < 0))
        object.refuse("seed", msg("a whole number that is not negative"));
    return json.get<std::uint64_t>();
}

void check_schema(const Json& json, const std::string& file) {
    if (!json.is_object() || !json.contains("schema")) return; // a hand-written recipe may leave it out
    const Json& schema = json.at("schema");
    if (!schema.is_number_integer() || schema.get<double>() < 1)
        throw Error(ErrorCode::unusable_recipe, msg("The value of \"schema\" is not a whole number from 1"),
                    msg("Write \"schema\": 1."), {.file = file});
    if (schema.get<double>() > schema_version)
        throw Error(ErrorCode::unusable_recipe,
                    msg("The recipe was written by a newer version of Octavo (schema %1; this version reads %2)",
                        schema.dump(), schema_version),
                    msg("Update Octavo, or write the recipe again with this version."), {.file = file});
}

} // namespace

Recipe Recipe::for_scheme(const Scheme& scheme) { return defaults_for(scheme); }

void require_implemented(const Recipe& recipe) {
    require_implemented(recipe.scheme);
    for (const Override& one : recipe.overrides)
        if (one.scheme) require_implemented(*one.scheme);
}

SolverChanges SolverChanges::all_of(const SolverOptions& options) {
    return {options.method,     options.scales, options.damping,         options.shrinkage,
            options.block_size, options.sweeps, options.activation_order};
}

bool SolverChanges::need_data() const {
    return method == SolverMethod::gptq || scales == ScaleMethod::weighted_least_squares || sweeps.value_or(0) > 0;
}

void SolverChanges::fill(const SolverChanges& weaker) {
    if (!method) method = weaker.method;
    if (!scales) scales = weaker.scales;
    if (!damping) damping = weaker.damping;
    if (!shrinkage) shrinkage = weaker.shrinkage;
    if (!block_size) block_size = weaker.block_size;
    if (!sweeps) sweeps = weaker.sweeps;
    if (!activation_order) activation_order = weaker.activation_order;
}

void SolverChanges::apply_to(SolverOptions& options) const {
    options.method = method.value_or(options.method);
    options.scales = scales.value_or(options.scales);
    options.damping = damping.value_or(options.damping);
    options.shrinkage = shrinkage.value_or(options.shrinkage);
    options.block_size = block_size.value_or(options.block_size);
    options.sweeps = sweeps.value_or(options.sweeps);
    options.activation_order = activation_order.value_or(options.activation_order);
}

bool Recipe::needs_data() const {
    if (smoothing.mode != SmoothingMode::off || smoothing.rotate_values || smoothing.rotate_residual ||
        scheme.needs_data || SolverChanges::all_of(solver).need_data() || solver.correction != Correction::none ||
        kv_cache != KvCache::as_is)
        return true;
    return std::any_of(overrides.begin(), overrides.end(), [](const Override& one) {
        return (one.scheme && one.scheme->needs_data) || one.solver.need_data();
    });
}

Json to_json(const Recipe& recipe) {
    Json overrides = Json::array();
    for (const Override& one : recipe.overrides) overrides.push_back(override_json(one));
    Json out;
    out["schema"] = schema_version;
    out["scheme"] = scheme_json(recipe.scheme);
    out["ignore"] = recipe.ignore;
    out["overrides"] = std::move(overrides);
    out["smoothing"] = smoothing_json(recipe.smoothing);
    out["group_fit"] = group_fit_names[static_cast<std::size_t>(recipe.group_fit)];
    out["solver"] = solver_json(recipe.solver);
    out["kv_cache"] =
        recipe.kv_cache == KvCache::as_is ? Json() : Json(cache_names[static_cast<std::size_t>(recipe.kv_cache)]);
    out["activation_percentile"] = recipe.activation_percentile;
    out["quantize_activations"] = recipe.quantize_activations;
    out["seed"] = recipe.seed;
    return out;
}

Recipe recipe_from_json(const Json& json, const std::string& file) {
    check_schema(json, file);
    const StrictObject object(json, {}, file,
                              {"schema", "scheme", "ignore", "overrides", "group_fit", "smoothing", "solver",
                               "kv_cache", "activation_percentile", "quantize_activations", "seed"});
    Recipe out = defaults_for(scheme_from_json(object.at("scheme"), file));
    out.ignore = object.texts("ignore", out.ignore);
    out.overrides = read_overrides(object);
    out.group_fit =
        static_cast<GroupFit>(object.choice("group_fit", static_cast<std::size_t>(out.group_fit), group_fit_names));
    if (object.has("smoothing")) out.smoothing = read_smoothing(object.at("smoothing"), out.smoothing, file);
    if (object.has("solver")) out.solver = read_solver(object.at("solver"), out.solver, file);
    if (object.has("kv_cache")) {
        const std::vector<std::string> choices(cache_names.begin() + 1, cache_names.end());
        out.kv_cache = static_cast<KvCache>(1 + object.choice("kv_cache", 0, choices));
    }
    out.activation_percentile = object.number("activation_percentile", out.activation_percentile, 50, 100);
    out.quantize_activations = object.flag("quantize_activations", out.quantize_activations);
    out.seed = read_seed(object, out.seed);
    return out;
}

Recipe read_recipe(const std::filesystem::path& file) {
    constexpr std::size_t limit = 4u << 20;
    if (file.extension() == ".yaml" || file.extension() == ".yml")
        return recipe_from_yaml(read_file(file, limit), file.string());
    return recipe_from_json(read_json(file, ErrorCode::unusable_recipe, limit), file.string());
}

} // namespace octavo
