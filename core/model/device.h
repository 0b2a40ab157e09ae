// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <string>

namespace octavo {

/// Where tensors live and with what they are multiplied: fp32 on the CPU, bf16 products with fp32 sums on a CUDA
/// device.
struct Device {
    at::Device device = at::kCPU;
    bool is_cpu() const { return device.is_cpu(); }
    std::string name() const; ///< "cpu", "cuda:0"
};

/// "auto", "cpu", "cuda" or "cuda:N"; sets LibTorch's threads (0 = all that may be used). Throws Error(usage) for
/// anything else, Error(device_lost) for a device that is not there.
Device open_device(const std::string& text, int threads);

/// Throws Error(internal) unless `x` is contiguous, which kernels that write to it take for granted.
void require_contiguous(const at::Tensor& x);

/// Runs work(begin, end) over [0, count) on LibTorch's threads.
template <class Work>
void in_parallel(std::int64_t count, std::int64_t grain, const Work& work);

/// Runs work(i) for all i < count, dealt out to the threads in turn: where cost falls or rises with i.
template <class Work>
void in_turn(std::int64_t count, const Work& work);

} // namespace octavo

#include <ATen/Parallel.h>

template <class Work>
void octavo::in_parallel(std::int64_t count, std::int64_t grain, const Work& work) {
    at::parallel_for(0, count, grain, [&](std::int64_t begin, std::int64_t end) { work(begin, end); });
}

template <class Work>
void octavo::in_turn(std::int64_t count, const Work& work) {
    const std::int64_t hands = at::get_num_threads();
    in_parallel(hands, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t hand = begin; hand < end; ++hand)
            // There and back: who had the most of one round has the least of the next.
            for (std::int64_t first = 0; first < count; first += 2 * hands) {
                if (first + hand < count) work(first + hand);
                if (const std::int64_t back = first + 2 * hands - 1 - hand; back < count) work(back);
            }
    });
}
