// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/gguf.h"

#include <CLI/CLI.hpp>

#include "common_options.h"
#include "output.h"
#include "progress.h"
#include "signals.h"

namespace octavo::cli {

namespace {

struct Options {
    std::string folder, gguf;
};

int sample(const Options& options, const Session& session) {
    const StopScope scope;
    {
        ProgressPrinter progress;
        progress.on_event(PhaseStarted{"convert"});
        convert_gguf(options.gguf, options.folder, [&](std::uint64_t done, std::uint64_t total) {
            if (session.stop.stop_requested()) throw Error(ErrorCode::cancelled, msg("Cancelled; nothing was written"));
            Progress event;
            event.phase = "convert";
            event.done = static_cast<double>(done);
            event.total = static_cast<double>(total);
            progress.on_event(event);
        });
    }
    if (session.json)
        print_json({{"output", options.folder}});
    else
        print("The model folder is at " + options.folder + "\n");
    return 0;
}

} // namespace

void add_sample(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("sample", "Make a bf16 Hugging Face model folder out of a llama-family GGUF file");
    command->group(""); // for the set-up scripts; described in the footer of the main help
    command->add_option("FOLDER", options->folder, "Folder to make; must not exist")->required();
    command->add_option("--gguf", options->gguf, "GGUF file with F32, F16, BF16, Q4_0, Q4_1 or Q8_0 tensors")
        ->type_name("FILE")
        ->required();
    add_json(*command, session);
    command->callback(
        [options, &session] { session.action = [options, &session] { return sample(*options, session); }; });
}

} // namespace octavo::cli
