// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/hardware.h"

#include "hardware/detect.h"

namespace octavo {

std::string to_text(ComputeCapability capability) {
    return capability.major == 0 ? "CPU" : std::to_string(capability.major) + "." + std::to_string(capability.minor);
}

Hardware detect_hardware() {
    Hardware hardware;
    hardware.cpu = detail::detect_cpu();
    detail::detect_cuda(hardware);
    return hardware;
}

Json to_json(const Hardware& hardware) {
    const CpuInfo& cpu = hardware.cpu;
    Json out;
    out["cpu"] = {{"name", cpu.name},
                  {"cores", cpu.cores},
                  {"memory_bytes", cpu.memory_bytes},
                  {"avx2", cpu.avx2},
                  {"avx512f", cpu.avx512f},
                  {"avx512_vnni", cpu.avx512_vnni},
                  {"avx512_bf16", cpu.avx512_bf16},
                  {"amx_int8", cpu.amx_int8},
                  {"amx_bf16", cpu.amx_bf16}};
    out["devices"] = Json::array();
    for (const CudaDevice& device : hardware.devices)
        out["devices"].push_back({{"index", device.index},
                                  {"name", device.name},
                                  {"capability", to_text(device.capability)},
                                  {"memory_bytes", device.memory_bytes},
                                  {"free_bytes", device.free_bytes}});
    out["driver_version"] = hardware.driver_version;
    out["cuda_note"] = hardware.cuda_note.english();
    return out;
}

} // namespace octavo
