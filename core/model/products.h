// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include "model/decoder.h"

// Products of codes by kernels of our own (quantize/kernels/integer.h), on the CPUs that have them: everything that
// follows a product element by element is done before its sums are written.
namespace octavo {

/// Lays `codes` [N, K] int8 out for such products, where this CPU has them and K allows it; else keeps them as they
/// are.
void set_codes(Linear& linear, const at::Tensor& codes, const at::Tensor& row_scales);

/// Whether both sides are codes and `linear` is laid out.
bool is_packed_product(const Activations& x, const Linear& linear);

/// x Wᵀ + b into out [tokens, N], contiguous float32, or added to it.
void packed_product(const Activations& x, const Linear& linear, bool add, at::Tensor out);

/// silu(x gateᵀ) · (x upᵀ) into out [tokens, N].
void packed_gated_product(const Activations& x, const Linear& gate, const Linear& up, at::Tensor out);

} // namespace octavo
