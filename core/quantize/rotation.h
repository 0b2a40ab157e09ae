// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace octavo {

/// An orthogonal matrix [size, size], float32 on the CPU: a Hadamard matrix with random signs where the size is a power
/// of two, else the Q of a random one. The same for the same seed.
at::Tensor orthogonal_matrix(std::int64_t size, std::uint64_t seed);

/// The same for sizes that are a power of two times something small: a Hadamard matrix ⊗ a random orthogonal one, with
/// random signs of the channels it is applied to. Every channel is spread over the whole of the former.
at::Tensor mixing_matrix(std::int64_t size, std::uint64_t seed);

} // namespace octavo
