// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for NVIDIA's management library: one device, 0000:65:00.0, with what the test says is occupied.
#include "hardware/fake_nvml.h"

#include <cstring>

namespace {

FakeDevice device;

} // namespace

FakeDevice& fake_device() { return device; }

extern "C" {

int nvmlInit_v2() { return ++device.inits, 0; }
int nvmlShutdown() { return 0; }
int nvmlSystemGetDriverVersion(char* text, unsigned size) { return std::strncpy(text, "580.1", size), 0; }
int nvmlDeviceGetHandleByPciBusId_v2(const char* bus, void** handle) {
    if (std::strcmp(bus, "0000:65:00.0") != 0) return 6; // NVML_ERROR_NOT_FOUND
    *handle = &device;
    return 0;
}
int nvmlDeviceGetMemoryInfo(void* handle, unsigned long long* memory) {
    if (handle != &device || device.lost) return 15; // NVML_ERROR_GPU_IS_LOST
    memory[0] = device.total;
    memory[1] = device.total - device.used;
    memory[2] = device.used;
    return 0;
}

} // extern "C"
