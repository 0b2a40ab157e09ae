// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "engine/engine.h"

namespace octavo::gui {

/// Keeps what an evaluation found in a finished run: metrics in run.json (replaced atomically), losses per token in
/// losses.safetensors (arrays loss, reference_loss, kl: float32 nats; ids: int32; one per scored token). Throws
/// Error(unusable_run | io | disk_full).
void storeEvaluation(const std::filesystem::path& runFolder, const EvaluateResult& result);

/// Null when the run was not evaluated or the file cannot be used.
std::shared_ptr<const TokenLosses> readLosses(const std::filesystem::path& runFolder);

} // namespace octavo::gui
