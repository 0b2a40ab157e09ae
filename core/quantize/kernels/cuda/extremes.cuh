// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "quantize/kernels/cuda/dialect.h"
#include "quantize/kernels/scale.h"

namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE {

/// Extremes as integers in the order of the floats that have their bits, zero between them: comparing those is the same
/// for every order of the elements.
struct Extremes {
    std::int32_t low, high;
};

__device__ __forceinline__ std::int32_t ordered(std::int32_t bits) { return bits ^ ((bits >> 31) & 0x7fffffff); }
__device__ __forceinline__ float lowest(Extremes found) {
    return float_of(static_cast<std::uint32_t>(ordered(found.low)));
}
__device__ __forceinline__ float highest(Extremes found) { return float_of(static_cast<std::uint32_t>(found.high)); }

__device__ __forceinline__ void widen(Extremes& extremes, float value) {
    const std::int32_t at = ordered(static_cast<std::int32_t>(bits_of(value)));
    extremes.low = at < extremes.low ? at : extremes.low;
    extremes.high = at > extremes.high ? at : extremes.high;
}

struct Least {
    __device__ __forceinline__ std::int32_t operator()(std::int32_t a, std::int32_t b) const { return a < b ? a : b; }
};
struct Most {
    __device__ __forceinline__ std::int32_t operator()(std::int32_t a, std::int32_t b) const { return a > b ? a : b; }
};

/// Those of a warp or, for larger cells, of a block.
template <bool warp_per_cell>
__device__ __forceinline__ Extremes together(Extremes own) {
    if constexpr (warp_per_cell)
        return {over_warp(own.low, Least()), over_warp(own.high, Most())};
    else
        return {over_block(own.low, Least()), over_block(own.high, Most())};
}

} // namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE
