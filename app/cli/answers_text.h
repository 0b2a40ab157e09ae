// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "job/answers.h"

namespace octavo::cli {

/// Both answers side by side, wrapped to `width` columns of the terminal; the first token that differs stands in ⟦ ⟧.
std::string answers_text(const Answers& answers, std::size_t width);

/// `text` in lines of at most `width` columns, broken at spaces where there are any; no control characters.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

} // namespace octavo::cli
