// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "architecture/model_config.h"
#include "model/device.h"

namespace octavo {

/// Bytes that are free where a device keeps its tensors; 0 = not known.
std::uint64_t free_memory(const Device& device);

/// What an evaluation holds at its peak, in bytes: the hidden states of all tokens and one layer, or both heads and
/// their logits. `streams` = models that go through the layers together.
std::uint64_t evaluation_bytes(const ModelConfig& config, std::int64_t tokens, std::int64_t streams);

/// Throws Error(out_of_memory) when that is more than `free`, with the windows that would fit.
void check_evaluation_memory(const ModelConfig& config, std::int64_t windows, std::int64_t length, std::int64_t streams,
                             std::uint64_t free);

/// What rows that are written together need: all weights and the keys and values of `rows` rows of `length` tokens.
std::uint64_t writing_bytes(const ModelConfig& config, std::int64_t rows, std::int64_t length);

} // namespace octavo
