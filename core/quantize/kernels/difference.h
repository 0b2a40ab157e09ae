// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace octavo::kernels {

// Two forwards of nearly the same model over the same tokens differ by little: what is multiplied of them is the
// difference, in bf16 (uint16_t here), whose rounding is relative to the difference alone. The functions do the work of
// one thread.

/// out = x − reference, rounded to bf16, half to even.
void narrow_difference(const float* x, const float* reference, std::int64_t count, std::uint16_t* out);

/// out = reference + difference.
void add_difference(const float* reference, const std::uint16_t* difference, std::int64_t count, float* out);

} // namespace octavo::kernels
