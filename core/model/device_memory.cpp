// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/device_memory.h"

#include "hardware/hardware.h"

#include <ATen/Context.h>
#include <c10/core/CachingDeviceAllocator.h>

#include <algorithm>

namespace octavo {

namespace {

/// LibTorch's allocator for a device, by way of the interface that all devices share.
at::DeviceAllocator& allocator_of(const Device& device) { return *at::getDeviceAllocator(device.device.type()); }

} // namespace

std::uint64_t free_on_device(const Device& device) {
    if (device.is_cpu()) return 0;
    const std::vector<CudaDevice> devices = detect_hardware().devices;
    const auto index = static_cast<std::size_t>(std::max<int>(device.device.index(), 0));
    return index < devices.size() ? devices[index].free_bytes : 0;
}

std::int64_t tokens_at_once(std::uint64_t free, std::uint64_t token_bytes) {
    constexpr std::int64_t least = 512, most = 4096;
    const std::uint64_t share = free / 8 / std::max<std::uint64_t>(token_bytes, 1); // the rest is for the layer
    std::int64_t tokens = most;
    while (tokens > least && static_cast<std::uint64_t>(tokens) > share) tokens /= 2;
    return tokens;
}

std::uint64_t peak_on_device(const Device& device) {
    if (device.is_cpu()) return 0;
    const auto stats = allocator_of(device).getDeviceStats(device.device.index());
    const auto all = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
    return static_cast<std::uint64_t>(std::max<std::int64_t>(stats.allocated_bytes[all].peak, 0));
}

void watch_peak(const Device& device) {
    if (device.is_cpu()) return;
    at::globalContext().lazyInitDevice(device.device.type());
    allocator_of(device).resetPeakStats(device.device.index());
}

void Portions::run(std::int64_t count, const std::function<void(std::int64_t begin, std::int64_t end)>& work) {
    for (std::int64_t begin = 0; begin < count;) {
        const std::int64_t end = std::min(begin + std::min(most_, count), count);
        try {
            work(begin, end);
            begin = end;
            continue;
        } catch (const c10::OutOfMemoryError&) {
            if (end - begin <= 1) throw;
        }
        // Only now is nothing left of what the work had allocated.
        most_ = (end - begin) / 2;
        if (!device_.is_cpu()) allocator_of(device_).emptyCache();
    }
}

} // namespace octavo
