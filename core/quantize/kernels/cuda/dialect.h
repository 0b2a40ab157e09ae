// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Kernels are written once and compiled twice: by nvcc for devices, and by the tests for the host, where
// tests/cuda/host_cuda.h stands in for what nvcc knows and runs the threads of a block one after another. What has no
// spelling that both understand is here. C++17 without the rest of Octavo's headers, which are C++20.
#include <cstdint>

#ifdef __CUDACC__

#include <cuda_runtime.h>

#define OCTAVO_KERNEL_NAMESPACE cuda
/// An array in shared memory, whose numbers are read and written one at a time.
#define OCTAVO_SHARED(type, name, count) __shared__ type name[count]
#define OCTAVO_UNROLL _Pragma("unroll")

namespace octavo::kernels::cuda {

/// Queues a kernel on a stream of the current device. Returns CUDA's message when that failed, else null.
template <class... Parameters, class... Arguments>
const char* launch(void (*kernel)(Parameters...), std::int64_t blocks, int threads, void* stream,
                   const Arguments&... arguments) {
    if (blocks == 0) return nullptr;
    kernel<<<static_cast<unsigned>(blocks), static_cast<unsigned>(threads), 0, static_cast<cudaStream_t>(stream)>>>(
        arguments...);
    const cudaError_t status = cudaGetLastError();
    return status == cudaSuccess ? nullptr : cudaGetErrorString(status);
}

} // namespace octavo::kernels::cuda

#endif

namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE {

constexpr int warp_size = 32;
constexpr unsigned whole_warp = 0xffffffffu;

/// The same result in every lane, combined in the same order whatever the lane.
template <class T, class Combine>
__device__ __forceinline__ T over_warp(T value, const Combine& combine) {
    for (int distance = warp_size / 2; distance > 0; distance /= 2)
        value = combine(value, __shfl_xor_sync(whole_warp, value, distance));
    return value;
}

/// The same for all threads of a block, which must be whole warps, at most 32.
template <class T, class Combine>
__device__ __forceinline__ T over_block(T value, const Combine& combine) {
    OCTAVO_SHARED(T, part, warp_size);
    const int warps = static_cast<int>(blockDim.x) / warp_size, warp = static_cast<int>(threadIdx.x) / warp_size;
    value = over_warp(value, combine);
    if (threadIdx.x % warp_size == 0) part[warp] = value;
    __syncthreads();
    value = part[0];
    for (int other = 1; other < warps; ++other) value = combine(value, part[other]);
    __syncthreads(); // before the next call writes
    return value;
}

} // namespace octavo::kernels::OCTAVO_KERNEL_NAMESPACE
