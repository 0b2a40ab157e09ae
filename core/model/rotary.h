// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include "architecture/architecture.h"

namespace octavo {

/// Undefined for layers without rotary embedding.
struct RotaryTables {
    at::Tensor cosine, sine; ///< [positions, channels / 2] float32
};

/// Do the frequencies depend on the length of the row (dynamic, longrope), so that every length has its own tables?
bool depends_on_length(const RotaryConfig& config);

/// Tables for positions 0 … positions − 1 of a row of that many tokens; the frequencies as transformers'
/// modeling_rope_utils computes them, in double.
RotaryTables rotary_tables(const RotaryConfig& config, int head_dim, std::int64_t positions);

/// x [rows, heads, length, d] with its first `channels` turned by the tables of `length` positions.
at::Tensor turned(const at::Tensor& x, const RotaryTables& tables, bool interleaved);

} // namespace octavo
