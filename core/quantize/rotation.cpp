// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/rotation.h"

#include <bit>
#include <cmath>
#include <random>

namespace octavo {

at::Tensor orthogonal_matrix(std::int64_t size, std::uint64_t seed) {
    // Raw output of the generator: the distributions of the standard library differ from one to the next.
    std::mt19937_64 random(seed);
    at::Tensor out = at::empty({size, size}, at::kDouble);
    auto values = out.accessor<double, 2>();
    const bool hadamard = std::has_single_bit(static_cast<std::uint64_t>(size));
    for (std::int64_t j = 0; j < size; ++j) {
        const double sign = (random() & 1u) != 0 ? 1 : -1;
        for (std::int64_t i = 0; i < size; ++i)
            values[i][j] = hadamard ? sign * (std::popcount(static_cast<std::uint64_t>(i & j)) % 2 ? -1 : 1) /
                                          std::sqrt(static_cast<double>(size))
                                    : static_cast<double>(random() >> 11) * 0x1p-52 - 1;
    }
    return (hadamard ? out : std::get<0>(at::linalg_qr(out))).to(at::kFloat).contiguous();
}

} // namespace octavo
