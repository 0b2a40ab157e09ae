// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include "architecture/architecture.h"

namespace octavo {

struct RotaryTables {
    at::Tensor cosine, sine;
}; ///< [positions, head_dim] float32, both halves alike

/// Tables for positions 0 … positions − 1; the frequencies as transformers' modeling_rope_utils computes them (default,
/// linear, llama3), in double.
RotaryTables rotary_tables(const RotaryConfig& config, int head_dim, std::int64_t positions);

} // namespace octavo
