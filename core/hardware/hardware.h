// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "compressed_tensors/verifier.h"

namespace octavo {

/// Instruction sets that decide which kernels run here.
struct CpuInfo {
    std::string name;
    int cores = 0;                  ///< that this process may use (affinity and cgroup respected)
    std::uint64_t memory_bytes = 0; ///< that this process may use (cgroup, memory nodes)
    bool avx2 = false, avx512f = false, avx512_vnni = false, avx512_bf16 = false, amx_int8 = false, amx_bf16 = false;
};

struct CudaDevice {
    int index = 0;
    std::string name;
    ComputeCapability capability;
    std::uint64_t memory_bytes = 0, free_bytes = 0;
    std::string bus_id; ///< "0000:65:00.0"; what NVML knows the device by
};

struct DeviceMemory {
    std::uint64_t used_bytes = 0, total_bytes = 0; ///< of all programs on the device
};

struct Hardware {
    CpuInfo cpu;
    std::vector<CudaDevice> devices;
    std::string driver_version; ///< empty without an NVIDIA driver
    Message cuda_note;          ///< why there are no devices
};

/// "8.9"; "CPU" for major 0.
std::string to_text(ComputeCapability capability);
/// Asks cpuid, /proc, cgroups, libcuda and NVML (both through dlopen). Never throws; takes < 0.3 s.
Hardware detect_hardware();

/// Bytes that this process could still take without anything being swapped out: what the system says is available, or
/// what its control group, its memory nodes (cpuset, numactl --membind) or ulimit leave, whichever is least. 0 where
/// none of them says.
std::uint64_t available_memory();
Json to_json(const Hardware& hardware);
/// What is occupied on a device now, from NVML, which touches neither CUDA nor the device's clocks. None where it
/// cannot be told. Cheap after the first call; from any thread.
std::optional<DeviceMemory> device_memory(const CudaDevice& device);

/// One GPU that people serve on, from resources/hardware.json.
struct TargetGpu {
    std::string name; ///< "NVIDIA L4"
    ComputeCapability capability;
    std::uint64_t memory_bytes = 0;
    double memory_bandwidth = 0; ///< bytes per second
    double operations = 0;       ///< per second, dense 16-bit products with fp32 sums; 0 = not known
};

enum class Support { native, weight_only, emulated, unsupported };
const char* name_of(Support support); ///< "native", "weight_only", "emulated", "unsupported"

struct SchemeSupport {
    Support support = Support::unsupported;
    Message reason;                       ///< one sentence; also says what to do instead
    std::string kernel;                   ///< vLLM class that ends up running it
    std::vector<std::string> environment; ///< "VLLM_DISABLED_KERNELS=…" the launch needs
    std::vector<std::string> arguments;   ///< "--dtype half"
};

/// The table of vLLM kernel selection as data: scheme × capability, "as of vLLM …".
class ServingRules {
public:
    static const ServingRules&
    instance();                ///< from resources/hardware.json; throws Error(io) when the installation is broken
    std::string as_of() const; ///< "vLLM 0.30 (September 2026)"
    const std::vector<TargetGpu>& gpus() const;
    SchemeSupport support(const std::string& scheme,
                          ComputeCapability capability) const; ///< major 0 = vLLM's CPU backend
    /// What vLLM's CPU backend makes of the scheme on an x86 processor with these instruction sets; support() asks this
    /// for the processor it runs on.
    SchemeSupport cpu_support(const std::string& scheme, const CpuInfo& cpu) const;
    /// A GPU by name ("L4", "NVIDIA L4", "A100-SXM4-80GB"; case, spaces and dashes do not matter), a capability ("8.9":
    /// memory and bandwidth unknown, 0) or "cpu" (major 0, this machine's memory).
    std::optional<TargetGpu> find(const std::string& text) const;
    /// The `vllm serve` line for a folder on this target, environment in front, ready for a POSIX shell.
    std::string serve_command(const std::string& folder, const std::string& scheme, ComputeCapability capability) const;

private:
    ServingRules();
    SchemeSupport cell(const std::string& scheme, const std::string& column) const;
    Json table_;
    std::vector<TargetGpu> gpus_;
};

} // namespace octavo
