// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/tensor_kernels.h"

#include <c10/core/impl/VirtualGuardImpl.h>

namespace octavo {

kernels::DeviceStream stream_of(const at::Tensor& x) {
    if (x.is_cpu()) return {};
    // By way of the interface that all devices share: nothing here links against the CUDA half of LibTorch.
    const c10::impl::VirtualGuardImpl device(x.device().type());
    return {x.device().index(), device.getStream(x.device()).native_handle()};
}

void wide_product_out(at::Tensor out, const at::Tensor& a, const at::Tensor& b) {
    // LibTorch has products with a wider result for CUDA alone.
    if (a.is_cpu())
        at::mm_out(out, a.to(at::kFloat), b.to(at::kFloat));
    else
        at::mm_out(out, a, b, at::kFloat);
}

at::Tensor wide_product(const at::Tensor& a, const at::Tensor& b) {
    at::Tensor out = at::empty({a.size(0), b.size(1)}, a.options().dtype(at::kFloat));
    wide_product_out(out, a, b);
    return out;
}

at::Tensor integer_product(const at::Tensor& x, const at::Tensor& codes, std::int64_t least) {
    const std::int64_t tokens = x.size(0);
    if (tokens >= least) return at::_int_mm(x, codes.t());
    const at::Tensor rows = at::zeros({least, x.size(1)}, x.options());
    rows.slice(0, 0, tokens).copy_(x);
    return at::_int_mm(rows, codes.t()).slice(0, 0, tokens);
}

} // namespace octavo
