// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/engine.h"
#include "report/comparison.h"
#include "text/tokenizer.h"

namespace octavo {

/// The finer statistics of one text from the losses of its scored tokens (all windows in order, of each all tokens but
/// the first). `metrics` is what paired_metrics() made of the same losses.
Comparison compare_details(const Metrics& metrics, const TokenLosses& losses,
                           const std::vector<std::vector<std::int32_t>>& windows, const Tokenizer& tokenizer);

/// Class of a token by its text: "whitespace", "digits" (a digit and no letter), "code" (a sign that prose hardly
/// uses), else empty.
std::string class_of(const std::string& token);

/// Scored tokens [begin, end) of a list of losses.
TokenLosses part_of(const TokenLosses& losses, std::size_t begin, std::size_t end);

} // namespace octavo
