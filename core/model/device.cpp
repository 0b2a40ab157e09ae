// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/device.h"

#include "base/error.h"
#include "hardware/hardware.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <charconv>
#include <dlfcn.h>

namespace octavo {

std::string Device::name() const { return is_cpu() ? "cpu" : "cuda:" + std::to_string(device.index()); }

void require_contiguous(const at::Tensor& x) {
    if (!x.is_contiguous()) throw Error(ErrorCode::internal, msg("A result has no place of its own in one piece"));
}

namespace {

/// The CUDA half of LibTorch registers itself when it is loaded; nothing links against it, so that a machine without a
/// GPU needs none of it.
bool cuda_is_usable() {
    static const bool loaded = ::dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) != nullptr;
    return loaded && at::hasCUDA() && at::detail::getCUDAHooks().deviceCount() > 0;
}

} // namespace

Device open_device(const std::string& text, int threads) {
    at::set_num_threads(threads > 0 ? threads : detect_hardware().cpu.cores);
    if (text == "cpu") return {};
    const bool present = !detect_hardware().devices.empty();
    if (text == "auto") return present && cuda_is_usable() ? Device{at::Device(at::kCUDA, 0)} : Device{};
    int index = text == "cuda" ? 0 : -1;
    if (text.rfind("cuda:", 0) == 0) {
        const auto parsed = std::from_chars(text.data() + 5, text.data() + text.size(), index);
        if (parsed.ptr != text.data() + text.size() || parsed.ec != std::errc()) index = -1;
    }
    if (index < 0) throw Error(ErrorCode::usage, msg("\"%1\" is not a device", text), msg("Use auto, cpu or cuda:N."));
    if (!present || !cuda_is_usable())
        throw Error(ErrorCode::device_lost, msg("There is no usable CUDA device"),
                    msg("Check the driver with nvidia-smi, run installer/run again to fetch LibTorch's CUDA libraries, "
                        "or use --device cpu."));
    if (index >= static_cast<int>(at::detail::getCUDAHooks().deviceCount()))
        throw Error(ErrorCode::device_lost, msg("There is no CUDA device %1", index),
                    msg("octavo-cli hardware lists the devices."));
    return {at::Device(at::kCUDA, static_cast<at::DeviceIndex>(index))};
}

} // namespace octavo
