// SPDX-License-Identifier: GPL-3.0-or-later
#include "device/imitated_device.h"

#include "quantize/tensor_kernels.h"

namespace {

bool imitating = false;
long too_many_rows = 0, times = 0;

} // namespace

void imitate_device(bool on) { imitating = on; }

void imitate_too_little_memory_for(long rows) {
    too_many_rows = rows;
    times = 0;
}

long times_out_of_memory() { return times; }

bool octavo::is_on_device(const at::Tensor& x) {
    if (imitating && too_many_rows > 0 && x.defined() && x.dim() == 2 && x.size(0) == too_many_rows) {
        ++times;
        throw c10::OutOfMemoryError({__func__, __FILE__, __LINE__}, "too little memory");
    }
    return imitating || !x.is_cpu();
}
