// SPDX-License-Identifier: GPL-3.0-or-later
#include <cuda_runtime.h>

#include <cstdint>

#include "checkpoint/dtype.h"
#include "quantize/kernels/cuda/launch.h"
#include "quantize/kernels/rounding.h"

// C++17 without the rest of Octavo's headers, which are C++20: launch.h is all that both sides share.
namespace octavo::kernels::cuda {

namespace {

constexpr int threads = 256;

/// One block per row: largest magnitude, scale, codes.
__global__ void encode_row(const float* weight, std::int64_t columns, float half_range, bool integer, Dtype scale_dtype,
                           float* scales, std::uint8_t* codes) {
    const float* row = weight + blockIdx.x * columns;
    __shared__ unsigned largest[threads];
    unsigned mine = 0;
    for (std::int64_t column = threadIdx.x; column < columns; column += threads)
        mine = max(mine, bits_of(row[column]) & 0x7fffffffu);
    largest[threadIdx.x] = mine;
    for (int width = threads / 2; width > 0; width /= 2) {
        __syncthreads();
        if (threadIdx.x < width) largest[threadIdx.x] = max(largest[threadIdx.x], largest[threadIdx.x + width]);
    }
    __syncthreads();
    // Division rounded to nearest as on the CPU, whatever the compiler's flags say.
    const float scale = stored_scale(__fdiv_rn(float_of(largest[0]), half_range), scale_dtype);
    if (threadIdx.x == 0) scales[blockIdx.x] = scale;
    std::uint8_t* out = codes + blockIdx.x * columns;
    for (std::int64_t column = threadIdx.x; column < columns; column += threads) {
        const float quotient = __fdiv_rn(row[column], scale);
        out[column] = integer ? static_cast<std::uint8_t>(int8_code(quotient)) : e4m3_code(quotient);
    }
}

/// Device memory that is freed on every way out.
struct Buffer {
    void* data = nullptr;
    ~Buffer() { cudaFree(data); }
};

} // namespace

const char* encode_rows(int device, const float* weight, std::int64_t rows, std::int64_t columns, float half_range,
                        bool integer, Dtype scale_dtype, float* scales, std::uint8_t* codes) {
    if (rows == 0 || columns == 0) return nullptr;
    const std::size_t elements = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    Buffer weights, row_scales, row_codes;
    cudaError_t status = cudaSetDevice(device);
    if (status == cudaSuccess) status = cudaMalloc(&weights.data, elements * sizeof(float));
    if (status == cudaSuccess) status = cudaMalloc(&row_scales.data, static_cast<std::size_t>(rows) * sizeof(float));
    if (status == cudaSuccess) status = cudaMalloc(&row_codes.data, elements);
    if (status == cudaSuccess)
        status = cudaMemcpy(weights.data, weight, elements * sizeof(float), cudaMemcpyHostToDevice);
    if (status == cudaSuccess) {
        encode_row<<<static_cast<unsigned>(rows), threads>>>(
            static_cast<const float*>(weights.data), columns, half_range, integer, scale_dtype,
            static_cast<float*>(row_scales.data), static_cast<std::uint8_t*>(row_codes.data));
        status = cudaGetLastError();
    }
    if (status == cudaSuccess)
        status =
            cudaMemcpy(scales, row_scales.data, static_cast<std::size_t>(rows) * sizeof(float), cudaMemcpyDeviceToHost);
    if (status == cudaSuccess) status = cudaMemcpy(codes, row_codes.data, elements, cudaMemcpyDeviceToHost);
    return status == cudaSuccess ? nullptr : cudaGetErrorString(status);
}

} // namespace octavo::kernels::cuda
