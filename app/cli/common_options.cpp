// SPDX-License-Identifier: GPL-3.0-or-later
#include "common_options.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace octavo::cli {

namespace {

std::string check_device(const std::string& text) {
    if (text == "auto" || text == "cpu" || text == "cuda") return {};
    const std::string_view prefix = "cuda:";
    const bool numbered = text.starts_with(prefix) && text.size() > prefix.size() && text.size() < prefix.size() + 4 &&
                          std::all_of(text.begin() + static_cast<long>(prefix.size()), text.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
    return numbered ? "" : "must be auto, cpu, cuda or cuda:N, not " + text;
}

} // namespace

void add_json(CLI::App& command, Session& session) {
    command.add_flag("--json", session.json, "Print one JSON document on stdout");
}

void add_device(CLI::App& command, std::string& device, int& threads) {
    command.add_option("--device", device, "Where to compute; auto takes the first GPU if there is one")
        ->type_name("auto|cpu|cuda[:N]")
        ->capture_default_str()
        ->check(CLI::Validator(check_device, ""));
    command.add_option("--threads", threads, "CPU threads; all that this process may use unless given")
        ->type_name("N")
        ->check(CLI::Range(1, 4096));
}

TargetGpu target_from(const std::string& text) {
    const ServingRules& rules = ServingRules::instance();
    if (const auto found = rules.find(text)) return *found;
    std::string names;
    for (const TargetGpu& gpu : rules.gpus()) names += (names.empty() ? "" : ", ") + gpu.name;
    throw Error(ErrorCode::usage, msg("The target %1 is not known", text),
                msg("Give a compute capability such as 8.9, cpu, or one of: %1", names));
}

ComputeCapability this_machine(const Hardware& hardware) {
    return hardware.devices.empty() ? ComputeCapability{} : hardware.devices.front().capability;
}

} // namespace octavo::cli
