// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstring>

#include "base/current_error.h"
#include "base/faults.h"
#include "base/resources.h"
#include "output.h"
#include "recipe_options.h"
#include "session.h"
#include "signals.h"

namespace octavo::cli {

namespace {

constexpr const char* footer =
    R"(With --json a subcommand prints one JSON document on stdout and nothing else there; progress and messages go to stderr.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 unusable input (model, data, recipe), 4 verification failed, 130 cancelled.

`octavo-cli sample FOLDER --gguf FILE` makes a Hugging Face model folder out of a llama-family GGUF file (the sample model is made so).)";

void add_all(CLI::App& app, Session& session) {
    app.description("Octavo quantizes large language models for vLLM.");
    app.footer("Schemes: " + scheme_names() + ".\n\n" + footer);
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string("octavo-cli ") + version());
    add_hardware(app, session);
    add_inspect(app, session);
    add_estimate(app, session);
    add_quantize(app, session);
    add_evaluate(app, session);
    add_generate(app, session);
    add_sensitivity(app, session);
    add_allocate(app, session);
    add_verify(app, session);
    add_tokenize(app, session);
    add_sample(app, session);
}

int run(int argc, char** argv) {
    Session session;
    explain_faults();
    watch_signals(session.stop);
    // Known before parsing: a wrong usage is reported in JSON too when it was asked for.
    session.json = std::any_of(argv, argv + argc, [](const char* each) { return std::strcmp(each, "--json") == 0; });
    try {
        CLI::App app;
        add_all(app, session);
        try {
            app.parse(argc, argv);
        } catch (const CLI::Success& wanted) { // --help, --version
            app.exit(wanted);
            return 0;
        } catch (const CLI::ParseError& error) {
            if (app.get_subcommands().empty())
                for (const std::string& word : app.remaining())
                    if (!word.starts_with("-"))
                        throw Error(ErrorCode::usage, msg("There is no subcommand %1", word),
                                    msg("See `octavo-cli --help`."));
            const CLI::App* chosen = app.get_subcommands().empty() ? nullptr : app.get_subcommands().front();
            const std::string help = std::string("octavo-cli ") + (chosen ? chosen->get_name() + " " : "") + "--help";
            throw Error(ErrorCode::usage, msg("%1", error.what()), msg("See `%1`.", help));
        }
        return session.action();
    } catch (...) {
        const Error error = current_error();
        report_error(error, session.json);
        return exit_code(error.code());
    }
}

} // namespace

} // namespace octavo::cli

int main(int argc, char** argv) { return octavo::cli::run(argc, argv); }
