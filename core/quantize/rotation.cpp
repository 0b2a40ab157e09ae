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

at::Tensor mixing_matrix(std::int64_t size, std::uint64_t seed) {
    const std::int64_t rest = size / (size & -size);
    // Signs of the columns come with the first factor, but they are shared by all channels of the second.
    at::Tensor out = at::kron(orthogonal_matrix(size / rest, seed), orthogonal_matrix(rest, seed + 1));
    std::mt19937_64 random(seed + 2);
    float* values = out.mutable_data_ptr<float>();
    for (std::int64_t j = 0; j < size; ++j)
        if ((random() & 1u) != 0)
            for (std::int64_t i = 0; i < size; ++i) values[i * size + j] *= -1;
    return out;
}

} // namespace octavo
