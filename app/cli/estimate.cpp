// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimate/estimate.h"

#include <CLI/CLI.hpp>

#include <cmath>

#include "common_options.h"
#include "estimate/speed.h"
#include "output.h"
#include "recipe_options.h"

namespace octavo::cli {

namespace {

struct Options {
    std::string model, target, kv_cache = "auto";
    RecipeOptions recipe;
    EstimateRequest request;
    std::int64_t samples = 512;
};

std::string text(const Forecast& forecast, const Options& options, const Recipe& recipe) {
    std::vector<std::vector<std::string>> rows{{"", "before", recipe.scheme.name}};
    for (const auto& [kind, bytes] : forecast.by_kind_before) {
        const auto after = forecast.by_kind_after.find(kind);
        rows.push_back(
            {kind, bytes_text(bytes), bytes_text(after == forecast.by_kind_after.end() ? 0 : after->second)});
    }
    rows.push_back({"all weights", bytes_text(forecast.weight_bytes_before), bytes_text(forecast.weight_bytes_after)});
    std::string out = "Estimated, nothing was run.\n\nWeights\n" + table(rows);
    out += "  " + fixed(forecast.bits_per_weight, 3) + " bits per quantized weight; " +
           bytes_text(forecast.disk_bytes) + " on disk\n\nQuantizing on this machine's processor\n";
    out += "  about " + duration_text(forecast.run_seconds) + ", " + bytes_text(forecast.run_peak_bytes) + " of memory";
    if (recipe.needs_data())
        out += ", with " + std::to_string(options.request.calibration_tokens) +
               " calibration tokens, whose activations (" + bytes_text(forecast.run_stream_bytes) +
               ") may lie on the disk instead (--activation-memory)";
    out += "\n\nServing\n  KV cache: " + bytes_text(forecast.kv_bytes_per_token) + " per token\n";
    if (!options.request.target) return out + "  --target NAME says how many sequences fit a GPU.\n";
    const TargetGpu& target = *options.request.target;
    const ServingRules& rules = ServingRules::instance();
    const SchemeSupport support = rules.support(recipe.scheme.name, target.capability);
    out += "  " + target.name + ": " + name_of(support.support) + ". " + support.reason.english() + " (as of " +
           rules.as_of() + ")\n";
    if (target.memory_bytes == 0)
        return out + "  Its memory is not known: give a GPU by name to see how many sequences fit.\n";
    if (!forecast.fits_target)
        return out + "  Does not fit: not even one sequence of " + std::to_string(options.request.context) +
               " tokens.\n";
    return out + "  " + bytes_text(forecast.activation_bytes) + " of workspace, " +
           bytes_text(forecast.kv_cache_bytes) + " left for the KV cache: about " + fixed(forecast.concurrency, 1) +
           " sequences of " + std::to_string(options.request.context) + " tokens at once (good to some 10 %)\n";
}

/// Roofline before and after, side by side, and what cannot be split over the cards.
struct Speeds {
    std::optional<ServingSpeed> before, after;
    std::vector<Message> problems;
};

Speeds speeds(const ModelConfig& config, const ResolvedRecipe& resolved, const Forecast& found,
              const EstimateRequest& request) {
    Speeds out;
    if (!request.target) return out;
    const TargetGpu& target = *request.target;
    const auto speed = [&](const ResolvedRecipe* recipe) {
        return serving_speed(
            serving_load(config, recipe, target, request.tensor_parallel, request.kv_bytes_per_element), target,
            std::floor(found.concurrency), request.context);
    };
    out.before = speed(nullptr);
    out.after = speed(&resolved);
    out.problems = tensor_parallel_problems(config, resolved, request.tensor_parallel);
    return out;
}

std::string speed_text(const Speeds& speeds, const Forecast& found) {
    std::string out;
    for (const Message& problem : speeds.problems) out += "  Warning: " + problem.english() + "\n";
    if (!speeds.after || !speeds.before) return out;
    const auto line = [&](const char* name, double before, double after) {
        return std::vector<std::string>{name, fixed(before, 0), fixed(after, 0), fixed(after / before, 2) + "x"};
    };
    std::vector<std::vector<std::string>> rows{{"tokens/s per card at the roofline", "before", "after", ""}};
    rows.push_back(line("decode, one sequence", speeds.before->decode_alone, speeds.after->decode_alone));
    if (found.concurrency >= 2)
        rows.push_back(line("decode, all sequences", speeds.before->decode_full, speeds.after->decode_full));
    rows.push_back(line("prefill", speeds.before->prefill, speeds.after->prefill));
    return out + "\nSpeed (an upper bound from the card's bandwidth and arithmetic, nothing was run)\n" + table(rows);
}

Json speed_json(const ServingSpeed& speed) {
    return {{"decode_alone", speed.decode_alone},
            {"decode_full", speed.decode_full},
            {"decode_full_bound_by", speed.full_is_arithmetic ? "arithmetic" : "memory"},
            {"prefill", speed.prefill}};
}

int estimate(Options& options, bool json) {
    const Recipe recipe = options.recipe.build();
    EstimateRequest& request = options.request;
    if (!options.target.empty()) request.target = target_from(options.target);
    if (options.kv_cache == "fp8") request.kv_bytes_per_element = 1;
    request.calibration_tokens = options.samples * request.calibration_length;
    const ModelFolder folder(options.model);
    if (folder.quantization_config())
        throw Error(ErrorCode::unusable_model, msg("The model is quantized already"),
                    msg("Give the original model folder."), {.file = folder.path().string()});
    const ModelConfig config = read_model_config(folder);
    const ResolvedRecipe resolved = resolve(recipe, linear_modules(config));
    const Forecast found = forecast(folder, config, resolved, request);
    const Speeds speed = speeds(config, resolved, found, request);
    if (!json) {
        print(text(found, options, recipe) + speed_text(speed, found));
        return 0;
    }
    Json out = to_json(found);
    out["scheme"] = recipe.scheme.name;
    out["context"] = request.context;
    if (request.target) {
        const SchemeSupport support = ServingRules::instance().support(recipe.scheme.name, request.target->capability);
        out["target"] = {{"name", request.target->name},
                         {"capability", to_text(request.target->capability)},
                         {"memory_bytes", request.target->memory_bytes},
                         {"support", name_of(support.support)},
                         {"reason", support.reason.english()},
                         {"as_of", ServingRules::instance().as_of()},
                         {"tensor_parallel", request.tensor_parallel}};
        if (speed.before && speed.after)
            out["roofline_tokens_per_second"] = {{"before", speed_json(*speed.before)},
                                                 {"after", speed_json(*speed.after)}};
        for (const Message& problem : speed.problems) out["warnings"].push_back(problem.english());
    }
    print_json(out);
    return 0;
}

} // namespace

void add_estimate(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("estimate", "What quantizing a model would give and cost, without running anything");
    command->add_option("MODEL", options->model, "Model folder")->required();
    options->recipe.add_source(*command, "");
    command->add_option("--target", options->target, "GPU to serve on: a name (L4), a compute capability (8.9) or cpu")
        ->type_name("NAME|CC");
    command->add_option("--context", options->request.context, "Tokens per sequence when serving")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1 << 28));
    command->add_option("--kv-cache-dtype", options->kv_cache, "KV cache in 16 bit (auto) or fp8")
        ->capture_default_str()
        ->check(CLI::IsMember({"auto", "fp8"}));
    command->add_option("--tensor-parallel", options->request.tensor_parallel, "GPUs that share the model")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1024));
    command
        ->add_option("--gpu-memory-utilization", options->request.gpu_memory_utilization,
                     "Share of the GPU's memory that vLLM takes")
        ->capture_default_str()
        ->check(CLI::Range(0.05, 1.0));
    command->add_option("--samples", options->samples, "Calibration samples")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1 << 24));
    command->add_option("--sequence-length", options->request.calibration_length, "Tokens per calibration sample")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(2, 1 << 20));
    command->add_option("--threads", options->request.threads, "CPU threads of the quantization; all unless given")
        ->type_name("N")
        ->check(CLI::Range(1, 4096));
    add_json(*command, session);
    command->callback(
        [options, &session] { session.action = [options, &session] { return estimate(*options, session.json); }; });
}

} // namespace octavo::cli
