// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

#include "common_options.h"
#include "job/job.h"
#include "output.h"
#include "progress.h"
#include "quantize_summary.h"
#include "recipe_options.h"
#include "signals.h"

namespace octavo::cli {

namespace {

struct Options {
    QuantizeRequest request;
    RecipeOptions recipe;
    std::string events, columns;
    std::vector<std::string> data;
};

// "." and "model/" have a name too.
std::string folder_name(const std::filesystem::path& folder) {
    std::error_code status;
    std::filesystem::path whole = std::filesystem::weakly_canonical(folder, status);
    if (status) whole = folder;
    return whole.filename().string();
}

/// What an interrupted run was started with, where only its folder is named; else what the options say.
void complete(QuantizeRequest& request, const RecipeOptions& recipe) {
    if (request.resume && request.model.empty() && request.output.empty() && !request.run_directory.empty()) {
        request = resumable_request(request.run_directory);
        return;
    }
    if (request.model.empty() || request.output.empty())
        throw Error(ErrorCode::usage, msg("The model and --output are missing"),
                    msg("quantize MODEL --output DIR, or --resume --run-directory DIR for an interrupted run."));
    request.recipe = recipe.build();
    request.calibration_options.seed = request.recipe.seed;
    if (!request.run_directory.empty()) return;
    if (!request.resume) {
        request.run_directory = default_run_folder(folder_name(request.model), request.recipe.scheme.name);
        return;
    }
    const std::optional<std::filesystem::path> interrupted = find_interrupted_run(request);
    if (!interrupted)
        throw Error(ErrorCode::unusable_run,
                    msg("There is no interrupted run of this model with this recipe and output"),
                    msg("Name its folder with --run-directory, or start the job again without --resume."));
    request.run_directory = *interrupted;
}

int run(Options& options, const Session& session) {
    if (session.json && options.events == "-")
        throw Error(ErrorCode::usage, msg("--json and --events - both want standard output"),
                    msg("Write the events into a file: --events FILE"));
    QuantizeRequest& request = options.request;
    for (const std::string& part : options.data) request.mixture.push_back(data_source(part));
    if (!options.columns.empty()) request.columns = column_names(options.columns);
    complete(request, options.recipe);

    RunRecord record;
    {
        const StopScope scope;
        std::unique_ptr<EventWriter> events;
        ProgressPrinter progress;
        std::vector<Sink*> sinks{&progress};
        if (!options.events.empty()) {
            events = std::make_unique<EventWriter>(options.events);
            sinks.push_back(events.get());
        }
        FanOut all(sinks);
        record = quantize(request, all, session.stop.get_token());
    }
    const ComputeCapability target = this_machine(detect_hardware());
    if (session.json)
        print_json(quantize_json(request, record, target));
    else if (options.events != "-")
        print(quantize_summary(request, record, target));
    return 0;
}

void add_data(CLI::App& command, Options& options) {
    QuantizeRequest& request = options.request;
    const auto group = [](CLI::Option* option) { return option->group("Calibration data"); };
    CalibrationOptions& calibration = request.calibration_options;
    auto* text = group(command.add_option("--calibration", request.calibration,
                                          "Chats or texts: JSONL, JSON, Parquet or .txt; built-in chats unless given"))
                     ->type_name("FILE");
    auto* mixture =
        group(command.add_option("--data", options.data,
                                 "The same, from several files with their shares, from the built-in chats or from text "
                                 "that the model itself writes; may be repeated"))
            ->type_name("FILE[:WEIGHT]|builtin|self")
            ->allow_extra_args(false)
            ->excludes(text);
    group(command.add_option("--columns", options.columns,
                             "What the datasets call messages, conversations, prompt, response, completion, text, "
                             "system, and role, content, from and value within messages"))
        ->type_name("NAME=COLUMN,..");
    group(command.add_option("--calibration-ids", request.calibration_ids,
                             "Token ids taken as they are: a JSON list of lists"))
        ->type_name("FILE")
        ->excludes(text)
        ->excludes(mixture);
    group(command.add_option("--samples", calibration.samples, "Samples at most"))
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1 << 24));
    group(command.add_option("--sequence-length", calibration.sequence_length, "Tokens per sample at most"))
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(2, 1 << 20));
    group(command.add_flag("--packing", calibration.packing,
                           "Join samples into full rows instead of one sample per row"));
}

} // namespace

void add_quantize(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    QuantizeRequest& request = options->request;
    CLI::App* command =
        app.add_subcommand("quantize", "Quantize a model folder and export a checkpoint that vLLM serves");
    command->add_option("MODEL", request.model, "Hugging Face model folder (config.json and safetensors)");
    command->add_option("--output", request.output, "Folder for the quantized model; appears whole or not at all")
        ->type_name("DIR");
    options->recipe.add_source(*command, "W8A8");
    command->add_flag("--overwrite", request.overwrite, "Replace the output folder if it exists");
    add_data(*command, *options);
    options->recipe.add_tuning(*command);
    add_device(*command, request.device, request.threads);
    command
        ->add_option("--activation-memory", request.activation_memory,
                     "Of the activations of all calibration tokens, this much stays in memory and the rest goes to a "
                     "file in the run folder; as much as fits unless given")
        ->type_name("SIZE")
        ->transform(CLI::AsSizeValue(false));
    command
        ->add_option("--run-directory", request.run_directory,
                     "Where statistics and the record of this run go; a new folder below ~/.local/share/octavo/runs "
                     "unless given")
        ->type_name("DIR");
    command->add_flag("--resume", request.resume,
                      "Go on with an interrupted run: the one in --run-directory (MODEL and --output may then be left "
                      "out), or the newest with the same model, recipe and output");
    command->add_option("--events", options->events, "Everything that happens, as JSON lines; - is standard output")
        ->type_name("FILE|-");
    add_json(*command, session);
    command->footer(
        "Examples:\n"
        "  octavo-cli quantize SmolLM2-135M-Instruct --output SmolLM2-W8A8\n"
        "  octavo-cli quantize Llama-3.1-8B --output Llama-FP8 --scheme FP8_DYNAMIC\n"
        "  octavo-cli quantize Llama-3.1-8B --output Llama-W8A8 --calibration chats.jsonl --samples 256\n"
        "  octavo-cli quantize Llama-3.1-8B --output Llama-W8A8 --data chats.jsonl:3 --data code.parquet:1\n"
        "  octavo-cli quantize --resume --run-directory RUN\n"
        "Interrupting (Ctrl+C) leaves nothing half-written; layers that were finished need not be solved again.");
    command->callback([options, &session] { session.action = [options, &session] { return run(*options, session); }; });
}

} // namespace octavo::cli
