// SPDX-License-Identifier: GPL-3.0-or-later
#include <cuda_runtime.h>

#include "quantize/kernels/cuda/launch.h"

namespace octavo::kernels::cuda {

namespace {

const char* message(cudaError_t status) { return status == cudaSuccess ? nullptr : cudaGetErrorString(status); }

} // namespace

int device_count() {
    int count = 0;
    return cudaGetDeviceCount(&count) == cudaSuccess ? count : 0;
}

const char* enter(int device, int& before) {
    const cudaError_t status = cudaGetDevice(&before);
    return message(status == cudaSuccess ? cudaSetDevice(device) : status);
}

void leave(int before) { cudaSetDevice(before); }

const char* allocate(std::size_t bytes, void*& data) { return message(cudaMalloc(&data, bytes)); }

void release(void* data) { cudaFree(data); }

const char* upload(void* to, const void* from, std::size_t bytes) {
    return message(cudaMemcpy(to, from, bytes, cudaMemcpyHostToDevice));
}

const char* download(void* to, const void* from, std::size_t bytes) {
    return message(cudaMemcpy(to, from, bytes, cudaMemcpyDeviceToHost));
}

} // namespace octavo::kernels::cuda
