// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"

namespace octavo::gui {

/// A stretch of the evaluation text.
struct Passage {
    std::size_t first = 0, count = 0; ///< scored tokens
    double difference = 0;            ///< mean loss after − before, nats per token
    double kl = 0;                    ///< mean KL divergence, nats per token; 0 without
    std::vector<std::int32_t> ids;
    std::string text = {}; ///< decoded; empty where no tokenizer has seen it
};

/// How long the passages are that a run keeps, and how many.
inline constexpr std::size_t passageLength = 32, keptPassages = 12;

/// Windows of `length` tokens with the largest mean loss difference, worst first, none overlapping another; only where
/// quantization hurt.
std::vector<Passage> worstPassages(const TokenLosses& losses, std::size_t length, std::size_t count);

/// Mean loss difference of consecutive blocks: {middle token of the block, nats per token}; at most `points` blocks.
std::vector<std::pair<double, double>> differenceAlongText(const TokenLosses& losses, std::size_t points);

} // namespace octavo::gui
