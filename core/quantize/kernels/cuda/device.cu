// SPDX-License-Identifier: GPL-3.0-or-later
#include <cuda_runtime.h>

namespace octavo::kernels {

int device_count() {
    int count = 0;
    return cudaGetDeviceCount(&count) == cudaSuccess ? count : 0;
}

} // namespace octavo::kernels
