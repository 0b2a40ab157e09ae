// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "limits.h"
#include "shapes.h"

namespace octavo::bench {

/// Each stage of a job alone, on one layer of `shape` with random numbers, as a rate beside the machine's limit.
void measure_stages(const Shape& shape, const Limits& limits, const std::filesystem::path& scratch,
                    const Report& report);

/// GPTQ's column solve of one 4096 × 4096 matrix, int8 rows and int4 groups of 128.
void measure_column_solve(const Report& report);

/// A scheme per group for another budget, from a sensitivity table of that shape's size with made-up damages.
void measure_allocation(const Shape& shape, const Report& report);

/// Tokeniser, and evaluation beside the two bare walks through the layers that it cannot do without; `model` needs a
/// tokenizer.
void measure_text_stages(const std::filesystem::path& model, const Report& report);

} // namespace octavo::bench
