// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/device.h"

#include "base/error.h"

namespace octavo::kernels {

int device_count() { return 0; }

namespace {

[[noreturn]] void refuse() {
    throw Error(ErrorCode::device_lost, msg("This build of Octavo has no CUDA"),
                msg("Use --device cpu, or build with CUDA."));
}

} // namespace

DeviceMemory::DeviceMemory(int device, std::size_t) : device_(device) { refuse(); }
DeviceMemory::~DeviceMemory() = default;
void DeviceMemory::upload(std::span<const std::byte>) { refuse(); }
void DeviceMemory::download(std::span<std::byte>) const { refuse(); }

void on_device::solve_block(const DeviceStream&, const SolveBlock&, const Grid&, std::int64_t, double*) { refuse(); }

void on_device::choose_scales(const DeviceStream&, const Grid&, const float*, std::int64_t, std::int64_t, float*,
                              std::int8_t*) {
    refuse();
}
void on_device::encode(const DeviceStream&, const Grid&, const float*, std::int64_t, std::int64_t, const float*,
                       const std::int8_t*, std::uint8_t*) {
    refuse();
}
void on_device::decode(const DeviceStream&, const Grid&, const std::uint8_t*, std::int64_t, std::int64_t, const float*,
                       const std::int8_t*, float*) {
    refuse();
}
void on_device::pack_codes(const DeviceStream&, const std::uint8_t*, std::int64_t, std::int64_t, int, std::uint8_t,
                           std::int64_t, std::uint8_t*) {
    refuse();
}

void on_device::observe_channels(const DeviceStream&, const float*, std::int64_t, std::int64_t, float*, float*, float*,
                                 double*) {
    refuse();
}

void on_device::rms_norm(const DeviceStream&, const float*, const float*, float, std::int64_t, std::int64_t, float*) {
    refuse();
}
void on_device::fake_quantize(const DeviceStream&, const Grid&, const ScaleAndZero*, const float*, const float*,
                              std::int64_t, std::int64_t, float*) {
    refuse();
}
void on_device::quantize_int8(const DeviceStream&, const float*, const float*, std::int64_t, std::int64_t, std::int8_t*,
                              float*) {
    refuse();
}
void on_device::scale_products(const DeviceStream&, const std::int32_t*, const float*, const float*, std::int64_t,
                               std::int64_t, float*) {
    refuse();
}

} // namespace octavo::kernels
