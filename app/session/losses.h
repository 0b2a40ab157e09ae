// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "engine/engine.h"
#include "session/passages.h"

namespace octavo::gui {

/// Keeps what an evaluation found in a finished run: metrics in run.json (replaced atomically), losses per token in
/// losses.safetensors (arrays loss, reference_loss, kl: float32 nats; ids: int32; one per scored token), and the worst
/// passages as text in passages.json, so that they can be read when the model is gone. `tokenizers`: model folders of
/// which the first with a tokenizer decodes them. Throws Error(unusable_run | io | disk_full).
void storeEvaluation(const std::filesystem::path& runFolder, const EvaluateResult& result,
                     const std::vector<std::filesystem::path>& tokenizers);

/// Fills in the text of the passages with the first tokenizer that there is. False when there is none.
bool decodePassages(std::vector<Passage>& passages, const std::vector<std::filesystem::path>& tokenizers);

/// The worst passages of a run, worst first; without text where the run folder keeps none.
std::vector<Passage> readPassages(const std::filesystem::path& runFolder, const TokenLosses& losses);

/// Null when the run was not evaluated or the file cannot be used.
std::shared_ptr<const TokenLosses> readLosses(const std::filesystem::path& runFolder);

} // namespace octavo::gui
