// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "quantize/kernels/cuda/dialect.h"
#include "quantize/kernels/cuda/launch.h"

namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE {

constexpr int observe_lanes = 8, observe_threads = observe_lanes * warp_size;

/// What was seen of one channel, by some of those who look.
struct Seen {
    float low, high, square_sum;
};

__device__ __forceinline__ void add_seen(Seen& all, float low, float high, float square_sum) {
    all.low = low < all.low ? low : all.low;
    all.high = high > all.high ? high : all.high;
    all.square_sum = __fadd_rn(all.square_sum, square_sum);
}

/// 32 channels, and one part of the rows, per block; `low`, `high` and `square_sum` [observe_parts, columns].
__global__ void observe_part(const float* in, std::int64_t rows, std::int64_t columns, float* low, float* high,
                             float* square_sum) {
    OCTAVO_SHARED(float, lows, observe_threads);
    OCTAVO_SHARED(float, highs, observe_threads);
    OCTAVO_SHARED(float, sums, observe_threads);
    const std::int64_t strips = (columns + warp_size - 1) / warp_size, part = blockIdx.x / strips;
    const int thread = static_cast<int>(threadIdx.x), lane = thread / warp_size;
    const std::int64_t column = blockIdx.x % strips * warp_size + thread % warp_size;
    const std::int64_t first = rows * part / observe_parts, last = rows * (part + 1) / observe_parts;
    Seen seen{float_of(0x7f800000u), float_of(0xff800000u), 0.0f};
    if (column < columns)
        for (std::int64_t row = first + lane; row < last; row += observe_lanes) {
            const float x = in[row * columns + column];
            add_seen(seen, x, x, __fmul_rn(x, x));
        }
    lows[thread] = seen.low;
    highs[thread] = seen.high;
    sums[thread] = seen.square_sum;
    __syncthreads();
    if (lane > 0 || column >= columns) return;
    for (int other = warp_size + thread; other < observe_threads; other += warp_size)
        add_seen(seen, lows[other], highs[other], sums[other]);
    low[part * columns + column] = seen.low;
    high[part * columns + column] = seen.high;
    square_sum[part * columns + column] = seen.square_sum;
}

/// One thread per channel, in the order of the parts.
__global__ void join_parts(const float* low, const float* high, const float* square_sum, std::int64_t columns,
                           float* minimum, float* maximum, double* total) {
    const std::int64_t column = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (column >= columns) return;
    Seen seen{minimum[column], maximum[column], 0.0f};
    double sum = 0;
    for (std::int64_t at = column; at < observe_parts * columns; at += columns) {
        add_seen(seen, low[at], high[at], 0.0f);
        sum += static_cast<double>(square_sum[at]);
    }
    minimum[column] = seen.low;
    maximum[column] = seen.high;
    total[column] += sum;
}

const char* observe_channels(const float* in, std::int64_t rows, std::int64_t columns, float* parts, float* minimum,
                             float* maximum, double* square_sum, void* stream) {
    const std::int64_t strips = (columns + warp_size - 1) / warp_size;
    float *low = parts, *high = low + observe_parts * columns, *sum = high + observe_parts * columns;
    const char* failure =
        launch(observe_part, strips * observe_parts, observe_threads, stream, in, rows, columns, low, high, sum);
    if (failure) return failure;
    return launch(join_parts, (columns + observe_threads - 1) / observe_threads, observe_threads, stream, low, high,
                  sum, columns, minimum, maximum, square_sum);
}

} // namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE
