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

} // namespace octavo::kernels
