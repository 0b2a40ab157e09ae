// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "quantize/kernels/device.h"
#include "quantize/kernels/encode.h"

namespace octavo::kernels {

void encode_on_device(int device, const Grid& grid, std::span<const float> weight, std::int64_t rows,
                      std::int64_t columns, std::span<float> scales, std::span<std::int8_t> zero_points,
                      std::span<std::uint8_t> codes) {
    if (weight.empty()) return;
    const DeviceStream stream{device, nullptr};
    DeviceMemory weights(device, weight.size_bytes());
    const DeviceMemory found(device, scales.size_bytes()), zeros(device, std::max<std::size_t>(1, zero_points.size())),
        encoded(device, codes.size());
    weights.upload(std::as_bytes(weight));
    auto* own_scales = static_cast<float*>(found.data());
    auto* own_zeros = zero_points.empty() ? nullptr : static_cast<std::int8_t*>(zeros.data());
    const auto* values = static_cast<const float*>(weights.data());
    on_device::choose_scales(stream, grid, values, rows, columns, own_scales, own_zeros);
    on_device::encode(stream, grid, values, rows, columns, own_scales, own_zeros,
                      static_cast<std::uint8_t*>(encoded.data()));
    found.download(std::as_writable_bytes(scales));
    if (own_zeros) zeros.download(std::as_writable_bytes(zero_points));
    encoded.download(std::as_writable_bytes(codes));
}

} // namespace octavo::kernels
