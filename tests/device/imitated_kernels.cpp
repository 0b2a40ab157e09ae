// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdexcept>

#include "cuda/host_cuda.h"

#include "quantize/kernels/cuda/activation.cuh"
#include "quantize/kernels/cuda/encode.cuh"
#include "quantize/kernels/cuda/observe.cuh"
#include "quantize/kernels/cuda/solve.cuh"

#include "quantize/kernels/device.h"

// The functions of device.h by the twins of the kernels.
namespace octavo::kernels {

namespace {

void check(const char* failure) {
    if (failure) throw std::runtime_error(failure);
}

} // namespace

void on_device::solve_block(const DeviceStream&, const SolveBlock& block, const Grid& grid, std::int64_t rows,
                            double* column_share) {
    check(emulated::solve_block(block, grid, rows, column_share, nullptr));
}

void on_device::choose_scales(const DeviceStream&, const Grid& grid, const float* weight, std::int64_t rows,
                              std::int64_t columns, float* scales, std::int8_t* zero_points) {
    check(emulated::choose_scales(grid, weight, rows, columns, scales, zero_points, nullptr));
}

void on_device::encode(const DeviceStream&, const Grid& grid, const float* weight, std::int64_t rows,
                       std::int64_t columns, const float* scales, const std::int8_t* zero_points, std::uint8_t* codes) {
    check(emulated::encode(grid, weight, rows, columns, scales, zero_points, codes, nullptr));
}

void on_device::decode(const DeviceStream&, const Grid& grid, const std::uint8_t* codes, std::int64_t rows,
                       std::int64_t columns, const float* scales, const std::int8_t* zero_points, float* out) {
    check(emulated::decode(grid, codes, rows, columns, scales, zero_points, out, nullptr));
}

void on_device::observe_channels(const DeviceStream&, const float* in, std::int64_t rows, std::int64_t columns,
                                 float* parts, float* minimum, float* maximum, double* square_sum) {
    check(emulated::observe_channels(in, rows, columns, parts, minimum, maximum, square_sum, nullptr));
}

void on_device::rms_norm(const DeviceStream&, const float* in, const float* weight, float epsilon, std::int64_t rows,
                         std::int64_t columns, float* out) {
    check(emulated::rms_norm(in, weight, epsilon, rows, columns, out, nullptr));
}

void on_device::fake_quantize(const DeviceStream&, const Grid& grid, const ScaleAndZero* fixed, const float* in,
                              const float* inverse_scale, std::int64_t rows, std::int64_t columns, float* out) {
    check(emulated::fake_quantize(grid, fixed, in, inverse_scale, rows, columns, out, nullptr));
}

void on_device::quantize_int8(const DeviceStream&, const float* in, const float* inverse_scale, std::int64_t rows,
                              std::int64_t columns, std::int8_t* codes, float* scales) {
    check(emulated::quantize_int8(in, inverse_scale, rows, columns, codes, scales, nullptr));
}

void on_device::scale_products(const DeviceStream&, const std::int32_t* in, const float* row_scale,
                               const float* column_scale, std::int64_t rows, std::int64_t columns, float* out) {
    check(emulated::scale_products(in, row_scale, column_scale, rows, columns, out, nullptr));
}

} // namespace octavo::kernels
