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

/// "auto", "cpu" or "cuda:N"; sets LibTorch's threads (0 = all that may be used). Throws Error(usage) for anything
/// else, Error(device_lost) for a device that is not there.
Device open_device(const std::string& text, int threads);

/// Runs work(begin, end) over [0, count) on LibTorch's threads.
template <class Work>
void in_parallel(std::int64_t count, std::int64_t grain, const Work& work);

} // namespace octavo

#include <ATen/Parallel.h>

template <class Work>
void octavo::in_parallel(std::int64_t count, std::int64_t grain, const Work& work) {
    at::parallel_for(0, count, grain, [&](std::int64_t begin, std::int64_t end) { work(begin, end); });
}
