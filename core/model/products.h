// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include "model/decoder.h"

// Products of codes by kernels of our own (quantize/kernels/integer.h), on the CPUs that have them: everything that
// follows a product element by element is done before its sums are written. Elsewhere by LibTorch's.
namespace octavo {

/// Fewer tokens than this are filled up where LibTorch multiplies codes on a device: it refuses up to 16.
inline constexpr std::int64_t least_code_rows = 32;

/// Whether codes [rows, columns] can be multiplied as they are: on a device LibTorch's products go by eights.
bool takes_codes(const Device& device, std::int64_t rows, std::int64_t columns);

/// Lays `codes` [N, K] int8 out for such products, where this is a CPU that has them and K allows it; else keeps them
/// as they are, on the device where they lie.
void set_codes(Linear& linear, const at::Tensor& codes, const at::Tensor& row_scales);

/// Whether both sides are codes and `linear` is laid out.
bool is_packed_product(const Activations& x, const Linear& linear);

/// x Wᵀ + b into out [tokens, N], contiguous float32, or added to it.
void packed_product(const Activations& x, const Linear& linear, bool add, at::Tensor out);

/// silu(x gateᵀ) · (x upᵀ) into out [tokens, N].
void packed_gated_product(const Activations& x, const Linear& gate, const Linear& up, at::Tensor out);

} // namespace octavo
