// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/products.h"

#include "quantize/kernels/device.h"
#include "quantize/kernels/integer.h"

#include <algorithm>

namespace octavo {

namespace {

kernels::PackedCodes matrix_of(const Linear& linear, std::int64_t columns) {
    return {linear.packed.const_data_ptr<std::uint8_t>(), linear.row_scales.const_data_ptr<float>(),
            linear.bias.defined() ? linear.bias.const_data_ptr<float>() : nullptr, linear.row_scales.size(0), columns};
}

kernels::TokenCodes tokens_of(const Activations& x) {
    return {x.codes.const_data_ptr<std::int8_t>(), x.scales.const_data_ptr<float>()};
}

/// Tokens for each thread, or panels where there are few tokens.
template <class Work>
void in_parts(std::int64_t tokens, std::int64_t rows, const Work& work) {
    const std::int64_t tiles = (tokens + kernels::code_tile - 1) / kernels::code_tile,
                       panels = kernels::code_panels(rows);
    if (tiles < 8)
        return in_parallel(panels, 4, [&](std::int64_t begin, std::int64_t end) { work({0, tokens, begin, end}); });
    in_parallel(tiles, 4, [&](std::int64_t begin, std::int64_t end) {
        work({begin * kernels::code_tile, std::min(end * kernels::code_tile, tokens), 0, panels});
    });
}

} // namespace

bool takes_codes(const Device& device, std::int64_t rows, std::int64_t columns) {
    return device.is_cpu() || (kernels::device_count() > 0 && rows % 8 == 0 && columns % 8 == 0);
}

void set_codes(Linear& linear, const at::Tensor& codes, const at::Tensor& row_scales) {
    const std::int64_t rows = codes.size(0), columns = codes.size(1);
    linear.row_scales = row_scales.to(codes.device()).contiguous();
    linear.codes = codes.contiguous();
    linear.packed = at::Tensor();
    if (!codes.is_cpu() || !kernels::multiplies_int8() || columns % 4 != 0) return;
    linear.packed = at::empty({kernels::packed_bytes(rows, columns)}, at::kByte);
    in_parallel(kernels::code_panels(rows), 4, [&](std::int64_t begin, std::int64_t end) {
        kernels::pack_codes(linear.codes.const_data_ptr<std::int8_t>(), rows, columns, begin, end,
                            linear.packed.mutable_data_ptr<std::uint8_t>());
    });
    linear.codes = at::Tensor();
}

bool is_packed_product(const Activations& x, const Linear& linear) {
    return x.codes.defined() && linear.packed.defined();
}

void packed_product(const Activations& x, const Linear& linear, bool add, at::Tensor out) {
    require_contiguous(out);
    float* to = out.mutable_data_ptr<float>();
    in_parts(x.codes.size(0), linear.row_scales.size(0), [&](const kernels::ProductPart& part) {
        kernels::multiply_codes(tokens_of(x), matrix_of(linear, x.codes.size(1)), part, add, to);
    });
}

void packed_gated_product(const Activations& x, const Linear& gate, const Linear& up, at::Tensor out) {
    const std::int64_t columns = x.codes.size(1);
    require_contiguous(out);
    float* to = out.mutable_data_ptr<float>();
    in_parts(x.codes.size(0), gate.row_scales.size(0), [&](const kernels::ProductPart& part) {
        kernels::multiply_gated(tokens_of(x), matrix_of(gate, columns), matrix_of(up, columns), part, to);
    });
}

} // namespace octavo
