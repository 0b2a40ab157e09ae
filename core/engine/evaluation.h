// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "engine/engine.h"

namespace octavo {

/// Throws Error(unusable_run) when an evaluation of the export in `folder` cannot be kept in this run: it is no
/// finished run, or it exported to somewhere else.
void check_evaluated_run(const std::filesystem::path& run_folder, const std::filesystem::path& folder);

/// Keeps what an evaluation found in a finished run: metrics in run.json (replaced atomically), losses per token in
/// losses.safetensors (arrays loss, reference_loss, kl: float32 nats; ids: int32; one per scored token), and the
/// comparison with its worst passages as text in comparison.json. Throws Error(unusable_run | io | disk_full).
void store_evaluation(const std::filesystem::path& run_folder, const EvaluateResult& result);

/// Null when the run was not evaluated or the file cannot be used.
std::shared_ptr<const TokenLosses> read_losses(const std::filesystem::path& run_folder);

} // namespace octavo
