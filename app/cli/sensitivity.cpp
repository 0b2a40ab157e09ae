// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

#include <algorithm>

#include "base/resources.h"
#include "common_options.h"
#include "engine/engine.h"
#include "output.h"
#include "progress.h"
#include "sensitivity_text.h"
#include "signals.h"

namespace octavo::cli {

namespace {

struct Options {
    SensitivityRequest request;
    std::vector<std::string> schemes{"W8A8", "FP8_DYNAMIC"};
    std::string preset = "quick";
    int windows = 0, sequence_length = 0;
    std::vector<std::string> tiers{"kl"};
    bool weights_only = false;
};

/// A place of its own for every model and protocol, unless the user names one.
std::filesystem::path default_file(const SensitivityRequest& request) {
    if (!request.runs.empty()) return request.runs.front() / sensitivity_file_name;
    const ModelFolder folder(request.model);
    return data_home() / "sensitivity" /
           (folder.name() + "-" + folder.fingerprint().substr(0, 8) + "-" + std::to_string(request.windows) + "x" +
            std::to_string(request.sequence_length) + ".json");
}

void prepare(Options& options) {
    SensitivityRequest& request = options.request;
    for (const std::string& name : options.schemes) request.schemes.push_back(preset(name));
    request.set_preset(options.preset);
    const auto wanted = [&](const char* tier) {
        return !options.weights_only &&
               std::find(options.tiers.begin(), options.tiers.end(), tier) != options.tiers.end();
    };
    request.gradient = wanted("gradient");
    request.divergence = wanted("kl");
    if (options.windows > 0) request.windows = options.windows;
    if (options.sequence_length > 0) request.sequence_length = options.sequence_length;
    if (request.file.empty()) request.file = default_file(request);
    if (request.file.has_parent_path()) std::filesystem::create_directories(request.file.parent_path());
}

int sensitivity(Options& options, const Session& session) {
    const StopScope scope;
    SensitivityTable table;
    prepare(options);
    const SensitivityRequest& request = options.request;
    {
        ProgressPrinter progress;
        if (!request.gradient && !request.divergence) {
            table = start_table(request, progress, session.stop.get_token());
            take_known(request, table);
            write_sensitivity(request.file, table);
        } else {
            table = load_engine().measure_sensitivity(request, progress, session.stop.get_token());
        }
    }
    if (session.json) {
        Json out = to_json(table);
        out["file"] = request.file.string();
        print_json(out);
    } else {
        print(sensitivity_text(table) + "Saved: " + request.file.string() + "\n");
    }
    return 0;
}

void add_protocol(CLI::App& command, Options& options) {
    const auto group = [](CLI::Option* option) { return option->group("Text and protocol"); };
    SensitivityRequest& request = options.request;
    auto* text = group(command.add_option("--text", request.text, "Text to score; a built-in text unless given"))
                     ->type_name("FILE");
    group(command.add_option("--calibration", request.calibration,
                             "Chats or texts to score instead: JSONL, JSON or .txt, packed into full windows"))
        ->type_name("FILE")
        ->excludes(text);
    group(command.add_option("--preset", options.preset, "quick: 8 windows of 256 tokens; thorough: 32 of 512"))
        ->capture_default_str()
        ->check(CLI::IsMember({"quick", "thorough"}));
    group(command.add_option("--windows", options.windows, "Windows, instead of the preset's"))
        ->type_name("N")
        ->check(CLI::Range(1, 1 << 20));
    group(
        command.add_option("--sequence-length", options.sequence_length, "Tokens per window, instead of the preset's"))
        ->type_name("N")
        ->check(CLI::Range(2, 1 << 20));
    group(command.add_option("--bos", request.bos, "As in `octavo-cli evaluate`"))
        ->capture_default_str()
        ->check(CLI::IsMember({"auto", "window", "start", "none"}));
    group(command.add_option("--seed", request.seed, "Of the intervals, and of the order of --calibration"))
        ->type_name("N")
        ->capture_default_str();
}

} // namespace

void add_sensitivity(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    SensitivityRequest& request = options->request;
    CLI::App* command = app.add_subcommand(
        "sensitivity", "Measure what each group of matrices costs in each scheme: which layers hurt");
    command->add_option("MODEL", request.model, "Model folder in 16 bit")->required();
    command
        ->add_option("--schemes", options->schemes,
                     "Schemes to try, separated by commas; W4A16_G32 is W4A16 in groups of 32")
        ->delimiter(',')
        ->type_name("A,B,..")
        ->capture_default_str();
    command
        ->add_option("--run", request.runs,
                     "Run folder of a calibrated run of this model: adds its errors, and its smoothing is applied; "
                     "may be repeated, with runs of other schemes")
        ->type_name("DIR")
        ->allow_extra_args(false);
    command->add_flag("--solved", request.solved,
                      "Measure the matrices that the runs solved, from their checkpoints, instead of rounded ones; "
                      "every scheme needs a run");
    auto* tier = command
                     ->add_option("--tier", options->tiers,
                                  "What to measure, separated by commas. weights: only what the weights tell, without "
                                  "text, in seconds; gradient: a forecast of the KL divergence of all groups and "
                                  "schemes from one walk through the model and back; kl: the KL divergence itself, one "
                                  "group and scheme at a time")
                     ->delimiter(',')
                     ->type_name("A,B,..")
                     ->capture_default_str()
                     ->check(CLI::IsMember({"weights", "gradient", "kl"}));
    command->add_flag("--weights-only", options->weights_only, "The same as --tier weights")->excludes(tier);
    command
        ->add_option("--output", request.file,
                     "Table to write, and to go on with; sensitivity.json in the --run folder, else a file below "
                     "~/.local/share/octavo/sensitivity unless given")
        ->type_name("FILE");
    command->add_flag("--overwrite", request.overwrite, "Measure anew what the file has already");
    add_protocol(*command, *options);
    add_device(*command, request.device, request.threads);
    add_json(*command, session);
    command->footer("The table serves every budget without measuring again: see `octavo-cli allocate --help`.\n"
                    "Interrupting (Ctrl+C) keeps what was measured; the same command goes on from there.");
    command->callback(
        [options, &session] { session.action = [options, &session] { return sensitivity(*options, session); }; });
}

} // namespace octavo::cli
