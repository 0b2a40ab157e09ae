// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>

namespace CLI {
class App;
}

namespace octavo::cli {

/// What one call of the program shares between parsing and running.
struct Session {
    bool json = false;           ///< one JSON document on stdout and nothing else there
    std::stop_source stop;       ///< requested by the first SIGINT or SIGTERM
    std::function<int()> action; ///< set by the subcommand that was chosen; returns the exit code
};

// Each adds its subcommand to the parser; one file per subcommand.
void add_hardware(CLI::App& app, Session& session);
void add_inspect(CLI::App& app, Session& session);
void add_estimate(CLI::App& app, Session& session);
void add_quantize(CLI::App& app, Session& session);
void add_evaluate(CLI::App& app, Session& session);
void add_generate(CLI::App& app, Session& session);
void add_sensitivity(CLI::App& app, Session& session);
void add_allocate(CLI::App& app, Session& session);
void add_verify(CLI::App& app, Session& session);
void add_tokenize(CLI::App& app, Session& session);
void add_sample(CLI::App& app, Session& session);

} // namespace octavo::cli
