// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "quantize/kernels/activation.h"
#include "quantize/kernels/solve.h"

// What the code that nvcc compiles (C++17) offers to the rest. Everything returns CUDA's message when it failed, null
// when it is done or queued. Kernels are those of device.h.
namespace octavo::kernels::cuda {

int device_count();

/// Makes a device the calling thread's; `before` receives the one that was.
const char* enter(int device, int& before);
void leave(int before);

const char* allocate(std::size_t bytes, void*& data);
void release(void* data);
const char* upload(void* to, const void* from, std::size_t bytes);
const char* download(void* to, const void* from, std::size_t bytes);

const char* solve_block(const SolveBlock& block, const Grid& grid, std::int64_t rows, double* column_share,
                        void* stream);
const char* choose_scales(const Grid& grid, const float* weight, std::int64_t rows, std::int64_t columns, float* scales,
                          std::int8_t* zero_points, void* stream);
const char* encode(const Grid& grid, const float* weight, std::int64_t rows, std::int64_t columns, const float* scales,
                   const std::int8_t* zero_points, std::uint8_t* codes, void* stream);
const char* decode(const Grid& grid, const std::uint8_t* codes, std::int64_t rows, std::int64_t columns,
                   const float* scales, const std::int8_t* zero_points, float* out, void* stream);
const char* pack_codes(const std::uint8_t* codes, std::int64_t rows, std::int64_t columns, int bits, std::uint8_t flip,
                       std::int64_t row_bytes, std::uint8_t* out, void* stream);
const char* observe_channels(const float* in, std::int64_t rows, std::int64_t columns, float* parts, float* minimum,
                             float* maximum, double* square_sum, void* stream);
const char* rms_norm(const float* in, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns,
                     float* out, void* stream);
const char* fake_quantize(const Grid& grid, const ScaleAndZero* fixed, const float* in, const float* inverse_scale,
                          std::int64_t rows, std::int64_t columns, float* out, void* stream);
const char* quantize_int8(const float* in, const float* inverse_scale, std::int64_t rows, std::int64_t columns,
                          std::int8_t* codes, float* scales, void* stream);
const char* scale_products(const std::int32_t* in, const float* row_scale, const float* column_scale, std::int64_t rows,
                           std::int64_t columns, float* out, void* stream);

} // namespace octavo::kernels::cuda
