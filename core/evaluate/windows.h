// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "text/tokenizer.h"

namespace octavo {

/// Consecutive windows of equal length over a text.
struct Windows {
    std::vector<std::vector<std::int32_t>> rows;
    std::string bos; ///< the convention that was applied: "window", "start" or "none"
    int length = 0;
};

/// `bos`: "auto" = "window" where the tokenizer adds a BOS by default, else "none". With "window" every window starts
/// with BOS in place of a token. `count` 0 = all. A text shorter than one window gives one shorter window. Throws
/// Error(unusable_data) for a text of fewer than two tokens, Error(usage) for an unknown convention or "window"/"start"
/// with a tokenizer without BOS.
Windows cut_windows(const std::string& text, const Tokenizer& tokenizer, int length, int count, const std::string& bos);

} // namespace octavo
