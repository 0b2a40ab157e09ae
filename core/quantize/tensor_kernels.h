// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include "quantize/kernels/device.h"

// What the kernels of kernels/device.h need of LibTorch's tensors.
namespace octavo {

/// Whether they work on x: it is on a CUDA device, and this build has kernels for it. Tests that imitate a device on
/// the CPU put a function of their own in the place of this one, which therefore is never inline.
bool is_on_device(const at::Tensor& x);

/// LibTorch's current stream on the device of x: what is queued there takes turns with tensor operations, and memory
/// that LibTorch frees meanwhile is given away in the order of the stream only.
kernels::DeviceStream stream_of(const at::Tensor& x);

/// a b, [N, K] bf16 and [K, M] bf16, into out [N, M] float32: products of such numbers are exact in float32, what they
/// are summed in.
void wide_product_out(at::Tensor out, const at::Tensor& a, const at::Tensor& b);
at::Tensor wide_product(const at::Tensor& a, const at::Tensor& b);

/// x codesᵀ, x [tokens, K] int8, codes [N, K] int8 → [tokens, N] int32. LibTorch multiplies no fewer than `least` rows
/// on a device: others are filled up with zeros.
at::Tensor integer_product(const at::Tensor& x, const at::Tensor& codes, std::int64_t least);

} // namespace octavo
