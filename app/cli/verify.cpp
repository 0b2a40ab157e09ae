// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/verifier.h"

#include <CLI/CLI.hpp>

#include "checks_text.h"
#include "common_options.h"
#include "output.h"

namespace octavo::cli {

namespace {

struct Options {
    std::string folder, target;
};

int verify(const Options& options, bool json) {
    std::optional<ComputeCapability> target;
    if (!options.target.empty()) target = target_from(options.target).capability;
    std::error_code status;
    if (!std::filesystem::is_directory(options.folder, status))
        throw Error(ErrorCode::unusable_model, msg("There is no such folder"),
                    msg("Give the folder that `octavo-cli quantize --output` wrote."), {.file = options.folder});
    const std::vector<Check> checks = verify_export(options.folder, target);
    const bool ok = passed(checks);
    if (json) {
        Json out;
        out["ok"] = ok;
        out["folder"] = options.folder;
        out["checks"] = Json::array();
        for (const Check& check : checks) out["checks"].push_back(to_json(check));
        print_json(out);
    } else {
        print(checks_text(checks) +
              (ok ? "This checkpoint is ready to serve.\n" : "This checkpoint must not be served as it is.\n"));
    }
    return ok ? 0 : exit_code(ErrorCode::verification_failed);
}

} // namespace

void add_verify(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("verify", "Reopen an exported checkpoint and check everything that vLLM's loader relies on");
    command->add_option("DIR", options->folder, "Exported model folder")->required();
    command
        ->add_option("--target", options->target,
                     "Also check what this GPU can run: a name (L4), a compute capability (8.9) or cpu")
        ->type_name("NAME|CC");
    add_json(*command, session);
    command->footer("Exit code 4 when a check failed.");
    command->callback(
        [options, &session] { session.action = [options, &session] { return verify(*options, session.json); }; });
}

} // namespace octavo::cli
