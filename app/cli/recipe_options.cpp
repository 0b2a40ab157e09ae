// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe_options.h"

#include <CLI/CLI.hpp>

#include <charconv>

namespace octavo::cli {

namespace {

std::optional<double> strength_from(const std::string& text) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [rest, status] = std::from_chars(text.data(), end, value);
    if (status != std::errc() || rest != end || !(value >= 0 && value <= 1)) return {};
    return value;
}

std::string check_smoothing(const std::string& text) {
    return text == "auto" || text == "off" || strength_from(text)
               ? ""
               : "must be auto, off or a strength between 0 and 1, not " + text;
}

} // namespace

std::string scheme_names() {
    std::string out;
    for (const Scheme& scheme : presets()) out += (out.empty() ? "" : ", ") + scheme.name;
    return out;
}

void RecipeOptions::add_source(CLI::App& command, const std::string& default_scheme) {
    scheme = default_scheme;
    auto* by_scheme =
        command.add_option("--scheme", scheme, "Scheme by name, with the defaults that suit it: " + scheme_names());
    if (!default_scheme.empty()) by_scheme->capture_default_str();
    auto* by_recipe =
        command.add_option("--recipe", recipe, "Recipe instead of a scheme: JSON, or recipe.yaml of llm-compressor");
    by_recipe->type_name("FILE")->excludes(by_scheme);
    by_scheme->type_name("NAME");
    std::string sizes;
    for (const int size : group_sizes()) sizes += std::to_string(size) + "|";
    command
        .add_option(
            "--group-size", group_size,
            "Columns of an integer weight that share a scale; auto takes the largest that divides every matrix, "
            "per-matrix the largest for each, channel one scale per row")
        ->type_name(sizes + "channel|auto|per-matrix");
    command
        .add_option("--activations", activations,
                    "W8A8 with one scale for the activations of all tokens, fixed by calibration, instead of one per "
                    "token; asymmetric: with a zero point")
        ->type_name("static|static-asymmetric")
        ->check(CLI::IsMember({"static", "static-asymmetric"}));
    command
        .add_option("--activation-percentile", activation_percentile,
                    "Clip static activations (those of FP8 too) beyond this percentile of their magnitudes")
        ->type_name("50..100")
        ->check(CLI::Range(50.0, 100.0));
    command
        .add_option(
            "--kv-cache", kv_cache,
            "Calibrated scales for keys and values in FP8 while serving, one per layer (fp8) or per head; needs "
            "calibration data with any scheme")
        ->type_name("none|fp8|fp8-per-head")
        ->check(CLI::IsMember({"none", "fp8", "fp8-per-head"}));
    command
        .add_option(
            "--ignore", ignore,
            "Keep these layers in 16 bit besides lm_head: exact name, re:PATTERN or class name; may be repeated")
        ->type_name("PATTERN")
        ->allow_extra_args(false);
    command
        .add_option(
            "--override", overrides,
            "For the layers that PATTERN matches, a scheme or 16bit, and how they are solved: rtn, gptq, minmax, "
            "mse, weighted-mse, act-order, no-act-order, damping=FRACTION, shrinkage=FRACTION, sweeps=N, block=N; "
            "several with commas, as in 're:.*down_proj=FP8_DYNAMIC,rtn'; may be repeated, the first that matches wins")
        ->type_name("PATTERN=WHAT")
        ->allow_extra_args(false);
}

void RecipeOptions::add_tuning(CLI::App& command) {
    const auto group = [&command](CLI::Option* option) {
        option->group("Smoothing and solving");
        return option;
    };
    group(command.add_option("--algorithm", algorithm,
                             "How weights are solved: rounding to nearest, GPTQ, or either after AWQ's scaling of the "
                             "channels that carry much"))
        ->check(CLI::IsMember({"rtn", "gptq", "awq", "awq+gptq"}));
    group(command.add_option("--smoothing", smoothing,
                             "auto searches a strength per group and then a scale per channel, 0.5 is what "
                             "llm-compressor does, off smooths nothing"))
        ->type_name("auto|0.5|off")
        ->check(CLI::Validator(check_smoothing, ""));
    group(command.add_option("--smoothing-statistic", smoothing_statistic,
                             "Activation range as max - min (llm-compressor) or as largest magnitude (paper)"))
        ->check(CLI::IsMember({"range", "absmax"}));
    group(command.add_flag("--no-balance", no_balance, "With --smoothing auto: stay with one strength per group"));
    group(command.add_flag("--no-smooth-down", no_smooth_down, "Leave out the group up_proj -> down_proj"));
    group(command.add_flag("--no-smooth-value-output", no_smooth_value_output, "Leave out the group v_proj -> o_proj"));
    group(command.add_flag("--rotate-values", rotate_values,
                           "Turn each head's values by a random orthogonal matrix, and back in o_proj"));
    group(command.add_flag("--rotate-residual", rotate_residual,
                           "Turn the residual stream by a random orthogonal matrix, and back in all that reads it; a "
                           "head that shares the embedding's weights gets its own"));
    group(command.add_option("--solver", solver, "Error-correcting solve or plain rounding to nearest"))
        ->check(CLI::IsMember({"gptq", "rtn"}));
    group(command.add_option("--scales", scales,
                             "Scales from the extremes of the weights, by least squared error (mse), or by the same "
                             "weighted with the activations' mean square (weighted-mse)"))
        ->check(CLI::IsMember({"minmax", "mse", "weighted-mse"}));
    group(command.add_option("--correction", correction,
                             "Solve for the outputs that the original model has on its own activations (inputs), and "
                             "also for what was lost before (residual): runs the original model beside the other"))
        ->check(CLI::IsMember({"none", "inputs", "residual"}));
    group(command.add_option("--sweeps", sweeps,
                             "After the solve, times that every code and scale is moved to where the error is least"))
        ->type_name("N")
        ->check(CLI::Range(0, 100));
    group(command.add_flag("--relative,!--no-relative", relative,
                           "Count errors of o and down relative to the residual stream, token by token"));
    group(command.add_flag("--act-order,!--no-act-order", activation_order,
                           "Solve the columns with the largest activations first (static act-order)"));
    group(command.add_option(
              "--damping", damping,
              "Added to the Hessian's diagonal, fraction of its mean; raised tenfold and reported where needed"))
        ->type_name("FRACTION")
        ->check(CLI::Range(1e-12, 1.0));
    group(command.add_option("--shrinkage", shrinkage,
                             "Fraction of itself that each number of the Hessian's diagonal grows by: makes less of "
                             "what channels have in common, which few tokens tell little about"))
        ->type_name("FRACTION")
        ->check(CLI::Range(0.0, 100.0));
    group(command.add_flag(
        "--no-quantize-activations", no_quantize_activations,
        "Propagate 16-bit activations from layer to layer while calibrating (as llm-compressor does)"));
    command.add_option("--seed", seed, "Shuffles the calibration data; 42 unless the recipe says otherwise")
        ->type_name("N");
}

namespace {

void set_algorithm(Recipe& recipe, const std::string& name) {
    recipe.solver.method = name.ends_with("gptq") ? SolverMethod::gptq : SolverMethod::round_to_nearest;
    const bool scales = name.starts_with("awq"), scaled = recipe.smoothing.rule == SmoothingRule::awq;
    if (scales)
        recipe.smoothing.mode = SmoothingMode::automatic;
    else if (scaled) // by the scheme's defaults
        recipe.smoothing.mode = SmoothingMode::off;
    recipe.smoothing.rule = scales ? SmoothingRule::awq : SmoothingRule::smoothquant;
}

void set_group_size(Recipe& recipe, const std::string& text) {
    if (text == "auto" || text == "per-matrix") {
        if (!has_free_group_size(recipe.scheme)) with_group_size(recipe.scheme, 0); // says why not
        recipe.group_fit = text == "auto" ? GroupFit::common : GroupFit::per_matrix;
        return;
    }
    int size = 0;
    const char* end = text.data() + text.size();
    const auto [rest, status] = std::from_chars(text.data(), end, size);
    if (text != "channel" && (status != std::errc() || rest != end || size < 1))
        throw Error(ErrorCode::usage, msg("\"%1\" is not a group size", text),
                    msg("Use a number of columns, channel, auto or per-matrix."));
    recipe.scheme = with_group_size(recipe.scheme, text == "channel" ? 0 : size);
    recipe.group_fit = GroupFit::as_given;
}

} // namespace

Recipe RecipeOptions::build() const {
    if (recipe.empty() && scheme.empty())
        throw Error(ErrorCode::usage, msg("Either --scheme or --recipe is needed"), msg("For example: --scheme W8A8"));
    Recipe out = recipe.empty() ? Recipe::for_scheme(preset(scheme)) : read_recipe(recipe);
    if (!activations.empty()) out.scheme = with_static_input(out.scheme, activations == "static");
    if (activation_percentile) out.activation_percentile = *activation_percentile;
    if (!kv_cache.empty())
        out.kv_cache = kv_cache == "none" ? KvCache::as_is : kv_cache == "fp8" ? KvCache::fp8 : KvCache::fp8_per_head;
    if (!group_size.empty()) set_group_size(out, group_size);
    out.ignore.insert(out.ignore.end(), ignore.begin(), ignore.end());
    std::vector<Override> own;
    for (const std::string& text : overrides) own.push_back(override_from_text(text));
    out.overrides.insert(out.overrides.begin(), own.begin(), own.end());
    if (!algorithm.empty()) set_algorithm(out, algorithm);
    if (smoothing == "auto")
        out.smoothing.mode = SmoothingMode::automatic;
    else if (smoothing == "off")
        out.smoothing.mode = SmoothingMode::off;
    else if (const auto strength = strength_from(smoothing)) {
        out.smoothing.mode = SmoothingMode::fixed;
        out.smoothing.strength = *strength;
    }
    if (!smoothing_statistic.empty())
        out.smoothing.statistic =
            smoothing_statistic == "absmax" ? SmoothingStatistic::absmax : SmoothingStatistic::range;
    if (no_balance) out.smoothing.balance = false;
    if (no_smooth_down) out.smoothing.up_down = false;
    if (rotate_values) out.smoothing.rotate_values = true;
    if (rotate_residual) out.smoothing.rotate_residual = true;
    if (no_smooth_value_output) out.smoothing.value_output = false;
    if (!solver.empty()) out.solver.method = solver == "gptq" ? SolverMethod::gptq : SolverMethod::round_to_nearest;
    if (!scales.empty())
        out.solver.scales = scales == "minmax" ? ScaleMethod::extremes
                            : scales == "mse"  ? ScaleMethod::least_squares
                                               : ScaleMethod::weighted_least_squares;
    if (!correction.empty())
        out.solver.correction = correction == "none"     ? Correction::none
                                : correction == "inputs" ? Correction::inputs
                                                         : Correction::residual;
    if (sweeps) out.solver.sweeps = *sweeps;
    if (relative) out.solver.relative = *relative;
    if (activation_order) out.solver.activation_order = *activation_order;
    if (damping) out.solver.damping = *damping;
    if (shrinkage) out.solver.shrinkage = *shrinkage;
    if (no_quantize_activations) out.quantize_activations = false;
    if (seed) out.seed = *seed;
    return out;
}

} // namespace octavo::cli
