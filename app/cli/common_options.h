// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "compressed_tensors/verifier.h"
#include "hardware/hardware.h"
#include "session.h"

namespace CLI {
class App;
}

namespace octavo::cli {

/// --json, on every subcommand.
void add_json(CLI::App& command, Session& session);
/// --device and --threads.
void add_device(CLI::App& command, std::string& device, int& threads);

/// A --target as a GPU of the table, a compute capability or "cpu". Throws Error(usage) listing what there is.
TargetGpu target_from(const std::string& text);

/// Where a model made here is most likely served: the first GPU of this machine, else its CPU.
ComputeCapability this_machine(const Hardware& hardware);

} // namespace octavo::cli
