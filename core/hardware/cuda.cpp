// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/detect.h"

#include <dlfcn.h>
#include <mutex>

namespace octavo::detail {

namespace {

// The few declarations of the driver API (cuda.h) and of NVML (nvml.h) that are needed. Both libraries come with the
// driver and keep these symbols stable, so nothing of the toolkit is needed to ask for devices.
using CUresult = int;
using CUdevice = int;
constexpr CUresult cuda_success = 0, cuda_no_device = 100;
constexpr int capability_major = 75, capability_minor = 76; // CUdevice_attribute
using NvmlDevice = void*;
struct NvmlMemory {
    unsigned long long total, free, used;
};

class Library {
public:
    explicit Library(const char* name) : handle_(::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {}
    ~Library() {
        if (handle_) ::dlclose(handle_);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    explicit operator bool() const { return handle_; }
    template <class Function>
    bool get(Function*& function, const char* name) const {
        function = handle_ ? reinterpret_cast<Function*>(::dlsym(handle_, name)) : nullptr;
        return function;
    }
    void keep() { handle_ = nullptr; } ///< the CUDA driver does not like to be unloaded

private:
    void* handle_;
};

class Nvml {
public:
    Nvml() : library_("libnvidia-ml.so.1") {
        int (*init)() = nullptr;
        ready_ = library_.get(init, "nvmlInit_v2") && init() == 0;
    }
    ~Nvml() {
        int (*shutdown)() = nullptr;
        if (ready_ && library_.get(shutdown, "nvmlShutdown")) shutdown();
    }
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;

    std::string driver_version() const {
        int (*version)(char*, unsigned) = nullptr;
        char text[80] = {};
        return ready_ && library_.get(version, "nvmlSystemGetDriverVersion") && version(text, sizeof text) == 0 ? text
                                                                                                                : "";
    }
    /// By bus id: CUDA_VISIBLE_DEVICES renumbers CUDA's devices but not NVML's.
    std::optional<NvmlMemory> memory(const char* bus_id) const {
        int (*by_bus)(const char*, NvmlDevice*) = nullptr;
        int (*memory_info)(NvmlDevice, NvmlMemory*) = nullptr;
        NvmlDevice device = nullptr;
        NvmlMemory memory{};
        const bool known = ready_ && library_.get(by_bus, "nvmlDeviceGetHandleByPciBusId_v2") &&
                           library_.get(memory_info, "nvmlDeviceGetMemoryInfo") && by_bus(bus_id, &device) == 0 &&
                           memory_info(device, &memory) == 0;
        return known ? std::optional(memory) : std::nullopt;
    }

private:
    Library library_;
    bool ready_ = false;
};

struct Driver {
    CUresult (*init)(unsigned) = nullptr;
    CUresult (*count)(int*) = nullptr;
    CUresult (*name)(char*, int, CUdevice) = nullptr;
    CUresult (*attribute)(int*, int, CUdevice) = nullptr;
    CUresult (*total_memory)(std::size_t*, CUdevice) = nullptr;
    CUresult (*version)(int*) = nullptr;
    CUresult (*bus_id)(char*, int, CUdevice) = nullptr;

    bool load(const Library& library) {
        return library.get(init, "cuInit") && library.get(count, "cuDeviceGetCount") &&
               library.get(name, "cuDeviceGetName") && library.get(attribute, "cuDeviceGetAttribute") &&
               library.get(total_memory, "cuDeviceTotalMem_v2") && library.get(version, "cuDriverGetVersion") &&
               library.get(bus_id, "cuDeviceGetPCIBusId");
    }
};

CudaDevice describe(const Driver& driver, const Nvml& nvml, int index) {
    CudaDevice device;
    device.index = index;
    char text[256] = {};
    if (driver.name(text, sizeof text - 1, index) == cuda_success) device.name = text;
    driver.attribute(&device.capability.major, capability_major, index);
    driver.attribute(&device.capability.minor, capability_minor, index);
    std::size_t bytes = 0;
    if (driver.total_memory(&bytes, index) == cuda_success) device.memory_bytes = bytes;
    char bus[32] = {};
    if (driver.bus_id(bus, sizeof bus, index) != cuda_success) return device;
    device.bus_id = bus;
    if (const auto memory = nvml.memory(bus)) device.free_bytes = memory->free;
    return device;
}

} // namespace

void detect_cuda(Hardware& hardware) {
    Library library("libcuda.so.1");
    if (!library) {
        hardware.cuda_note = msg("No NVIDIA driver is installed (libcuda.so.1 was not found)");
        return;
    }
    library.keep();
    Driver driver;
    if (!driver.load(library)) {
        hardware.cuda_note = msg("The NVIDIA driver is too old: functions are missing in libcuda.so.1");
        return;
    }
    const Nvml nvml;
    hardware.driver_version = nvml.driver_version();
    if (int version = 0; hardware.driver_version.empty() && driver.version(&version) == cuda_success)
        hardware.driver_version = "CUDA " + std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
    int count = 0;
    CUresult result = driver.init(0);
    if (result == cuda_success) result = driver.count(&count);
    if (result == cuda_no_device || (result == cuda_success && count == 0))
        hardware.cuda_note = msg("The NVIDIA driver sees no GPU");
    else if (result != cuda_success)
        hardware.cuda_note = msg("The NVIDIA driver could not be started (CUDA error %1)", result);
    for (int index = 0; index < count; ++index) hardware.devices.push_back(describe(driver, nvml, index));
}

} // namespace octavo::detail

std::optional<octavo::DeviceMemory> octavo::device_memory(const CudaDevice& device) {
    if (device.bus_id.empty()) return std::nullopt;
    static std::mutex guard;
    const std::lock_guard lock(guard);
    static const detail::Nvml nvml; // starting it takes a while, asking it does not
    const auto memory = nvml.memory(device.bus_id.c_str());
    if (!memory) return std::nullopt;
    return DeviceMemory{memory->used, memory->total};
}
