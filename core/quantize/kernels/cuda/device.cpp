// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/device.h"

#include "base/error.h"
#include "quantize/kernels/cuda/launch.h"

namespace octavo::kernels {

int device_count() { return cuda::device_count(); }

namespace {

void check(int device, const char* failure) {
    if (failure)
        throw Error(ErrorCode::device_lost, msg("CUDA device %1 failed: %2", device, failure),
                    msg("Use --device cpu, or free the device and repeat."));
}

/// Runs work() with the device as the thread's current one, and gives the thread back the one it had.
template <class Work>
void on(int device, const Work& work) {
    int before = 0;
    check(device, cuda::enter(device, before));
    const char* failure = work();
    cuda::leave(before);
    check(device, failure);
}

} // namespace

DeviceMemory::DeviceMemory(int device, std::size_t bytes) : device_(device) {
    on(device, [&] { return cuda::allocate(bytes, data_); });
}

DeviceMemory::~DeviceMemory() { cuda::release(data_); }

void DeviceMemory::upload(std::span<const std::byte> from) {
    on(device_, [&] { return cuda::upload(data_, from.data(), from.size()); });
}

void DeviceMemory::download(std::span<std::byte> to) const {
    on(device_, [&] { return cuda::download(to.data(), data_, to.size()); });
}

void on_device::solve_block(const DeviceStream& stream, const SolveBlock& block, const Grid& grid, std::int64_t rows,
                            double* column_share) {
    on(stream.device, [&] { return cuda::solve_block(block, grid, rows, column_share, stream.handle); });
}

void on_device::choose_scales(const DeviceStream& stream, const Grid& grid, const float* weight, std::int64_t rows,
                              std::int64_t columns, float* scales, std::int8_t* zero_points) {
    on(stream.device,
       [&] { return cuda::choose_scales(grid, weight, rows, columns, scales, zero_points, stream.handle); });
}

void on_device::encode(const DeviceStream& stream, const Grid& grid, const float* weight, std::int64_t rows,
                       std::int64_t columns, const float* scales, const std::int8_t* zero_points, std::uint8_t* codes) {
    on(stream.device,
       [&] { return cuda::encode(grid, weight, rows, columns, scales, zero_points, codes, stream.handle); });
}

void on_device::decode(const DeviceStream& stream, const Grid& grid, const std::uint8_t* codes, std::int64_t rows,
                       std::int64_t columns, const float* scales, const std::int8_t* zero_points, float* out) {
    on(stream.device,
       [&] { return cuda::decode(grid, codes, rows, columns, scales, zero_points, out, stream.handle); });
}

void on_device::pack_codes(const DeviceStream& stream, const std::uint8_t* codes, std::int64_t rows,
                           std::int64_t columns, int bits, std::uint8_t flip, std::int64_t row_bytes,
                           std::uint8_t* out) {
    on(stream.device,
       [&] { return cuda::pack_codes(codes, rows, columns, bits, flip, row_bytes, out, stream.handle); });
}

void on_device::observe_channels(const DeviceStream& stream, const float* in, std::int64_t rows, std::int64_t columns,
                                 float* parts, float* minimum, float* maximum, double* square_sum) {
    on(stream.device,
       [&] { return cuda::observe_channels(in, rows, columns, parts, minimum, maximum, square_sum, stream.handle); });
}

void on_device::rms_norm(const DeviceStream& stream, const float* in, const float* weight, float epsilon,
                         std::int64_t rows, std::int64_t columns, float* out) {
    on(stream.device, [&] { return cuda::rms_norm(in, weight, epsilon, rows, columns, out, stream.handle); });
}

void on_device::fake_quantize(const DeviceStream& stream, const Grid& grid, const ScaleAndZero* fixed, const float* in,
                              const float* inverse_scale, std::int64_t rows, std::int64_t columns, float* out) {
    on(stream.device,
       [&] { return cuda::fake_quantize(grid, fixed, in, inverse_scale, rows, columns, out, stream.handle); });
}

void on_device::quantize_int8(const DeviceStream& stream, const float* in, const float* inverse_scale,
                              std::int64_t rows, std::int64_t columns, std::int8_t* codes, float* scales) {
    on(stream.device,
       [&] { return cuda::quantize_int8(in, inverse_scale, rows, columns, codes, scales, stream.handle); });
}

void on_device::scale_products(const DeviceStream& stream, const std::int32_t* in, const float* row_scale,
                               const float* column_scale, std::int64_t rows, std::int64_t columns, float* out) {
    on(stream.device,
       [&] { return cuda::scale_products(in, row_scale, column_scale, rows, columns, out, stream.handle); });
}

} // namespace octavo::kernels
