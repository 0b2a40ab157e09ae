// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "checkpoint/dtype.h"

namespace octavo {

/// Index of the first element that is NaN or infinite, judged by its bits without conversion; −1 when there is none
/// (always for integers). E4M3 has no infinity: 0x7f and 0xff are its NaN. `bytes` need not be aligned.
std::int64_t first_not_finite(Dtype dtype, std::span<const std::byte> bytes);

} // namespace octavo
