// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace octavo {

/// 0 … count − 1 in an order that follows from the seed, the same on every machine.
std::vector<std::size_t> shuffled(std::size_t count, std::uint64_t seed);

} // namespace octavo
