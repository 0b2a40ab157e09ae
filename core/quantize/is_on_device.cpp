// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/tensor_kernels.h"

// Alone in its file, so that no caller knows the answer at compile time.
bool octavo::is_on_device(const at::Tensor& x) {
    static const bool has_kernels = kernels::device_count() > 0;
    return !x.is_cpu() && has_kernels;
}
