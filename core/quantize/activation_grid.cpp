// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/activation_grid.h"

#include "model/device.h"
#include "quantize/kernels/activation.h"
#include "quantize/kernels/encode.h"
#include "quantize/kernels/rounding.h"
#include "quantize/kernels/scale.h"
#include "quantize/tensor_kernels.h"
#include "quantize/weight_grid.h"

#include <algorithm>
#include <cmath>

namespace octavo {

namespace {

bool has_kernels(const at::Tensor& x) { return x.is_cpu() || is_on_device(x); }

bool is_int8_by_token(const QuantizationArgs& args) {
    return args.type == NumberType::integer && args.bits == 8 && args.symmetric && args.strategy == Strategy::token &&
           args.dynamic == Dynamic::yes;
}

kernels::Grid grid_for(const InputGrid& input, std::int64_t columns) {
    // Servers compute scales of activations in fp32.
    kernels::Grid grid = kernels::grid_of(input.args, Dtype::f32, 1, columns);
    if (input.args.dynamic == Dynamic::local && input.fixed) grid.global_scale = input.fixed->scale;
    return grid;
}

/// With the extremes of x where a scale that calibration should have fixed is not there.
InputGrid completed(const InputGrid& input, const at::Tensor& x) {
    if (input.fixed || input.args.dynamic == Dynamic::yes || x.numel() == 0) return input;
    return {input.args, static_input_scale(input.args, x.min().item<float>(), x.max().item<float>(), Dtype::f32)};
}

} // namespace

bool multiplies_codes(const Scheme& scheme) {
    const QuantizationArgs& w = scheme.weights;
    return scheme.format == Format::int_quantized && w.type == NumberType::integer && w.bits == 8 && w.symmetric &&
           w.strategy == Strategy::channel && scheme.input && is_int8_by_token(*scheme.input);
}

std::optional<InputScale> static_input_scale(const QuantizationArgs& args, float low, float high, Dtype dtype) {
    if (args.dynamic == Dynamic::yes) return {};
    low = std::min(low, 0.0f);
    high = std::max(high, 0.0f);
    if (args.dynamic == Dynamic::local)
        return InputScale{kernels::global_scale_for(std::max(-low, high), Dtype::f32), 0};
    const kernels::Grid grid = kernels::grid_of(args, Dtype::f32, 1, 1);
    InputScale out{kernels::stored_scale(kernels::scale_for(grid, low, high).scale, dtype), 0};
    // With the scale that is stored, and not in a dtype whose steps are as wide as the codes'.
    if (!args.symmetric)
        out.zero_point =
            static_cast<std::int8_t>(std::clamp(std::nearbyint(grid.low - low / out.scale), grid.low, grid.high));
    return out;
}

Activations quantized(const at::Tensor& x, const std::optional<InputGrid>& grid, const at::Tensor& inverse_scale) {
    if (!grid) return {inverse_scale.defined() ? x * inverse_scale : x, {}, {}};
    if (!has_kernels(x) || !is_int8_by_token(grid->args)) return {fake_quantized(x, *grid, inverse_scale), {}, {}};
    const at::Tensor rows = x.contiguous();
    const std::int64_t columns = x.size(1);
    Activations out{{}, at::empty(x.sizes(), x.options().dtype(at::kChar)), at::empty({x.size(0)}, x.options())};
    const float* inverse = inverse_scale.defined() ? inverse_scale.const_data_ptr<float>() : nullptr;
    if (is_on_device(x)) {
        kernels::on_device::quantize_int8(stream_of(rows), rows.const_data_ptr<float>(), inverse, rows.size(0), columns,
                                          out.codes.mutable_data_ptr<std::int8_t>(),
                                          out.scales.mutable_data_ptr<float>());
        return out;
    }
    in_parallel(x.size(0), 32, [&](std::int64_t begin, std::int64_t end) {
        kernels::quantize_int8(rows.const_data_ptr<float>() + begin * columns, inverse, end - begin, columns,
                               out.codes.mutable_data_ptr<std::int8_t>() + begin * columns,
                               out.scales.mutable_data_ptr<float>() + begin);
    });
    return out;
}

at::Tensor fake_quantized(const at::Tensor& x, const InputGrid& grid, const at::Tensor& inverse_scale) {
    if (!has_kernels(x)) return fake_quantized_generic(inverse_scale.defined() ? x * inverse_scale : x, grid);
    const bool needs_extremes = !grid.fixed && grid.args.dynamic != Dynamic::yes;
    const InputGrid input = needs_extremes ? completed(grid, inverse_scale.defined() ? x * inverse_scale : x) : grid;
    const std::int64_t columns = x.size(1);
    const kernels::Grid cells = grid_for(input, columns);
    std::optional<kernels::ScaleAndZero> fixed;
    if (input.args.dynamic == Dynamic::no && input.fixed) fixed = {input.fixed->scale, input.fixed->zero_point};
    const at::Tensor rows = x.contiguous();
    at::Tensor out = at::empty_like(rows);
    const float* inverse = inverse_scale.defined() ? inverse_scale.const_data_ptr<float>() : nullptr;
    if (is_on_device(x)) {
        kernels::on_device::fake_quantize(stream_of(rows), cells, fixed ? &*fixed : nullptr,
                                          rows.const_data_ptr<float>(), inverse, rows.size(0), columns,
                                          out.mutable_data_ptr<float>());
        return out;
    }
    in_parallel(x.size(0), 32, [&](std::int64_t begin, std::int64_t end) {
        kernels::fake_quantize(cells, fixed ? &*fixed : nullptr, rows.const_data_ptr<float>() + begin * columns,
                               inverse, end - begin, columns, out.mutable_data_ptr<float>() + begin * columns);
    });
    return out;
}

at::Tensor fake_quantized_generic(const at::Tensor& x, const InputGrid& given) {
    const InputGrid input = completed(given, x);
    const kernels::Grid grid = grid_for(input, x.size(1));
    const at::Tensor cells = x.reshape({x.size(0), grid.across, -1});
    const at::Tensor low = cells.amin(-1, true).clamp_max(0), high = cells.amax(-1, true).clamp_min(0);
    const at::Tensor absmax = at::maximum(-low, high);
    at::Tensor scale, zero = at::zeros_like(absmax);
    if (input.args.dynamic == Dynamic::no && input.fixed) {
        scale = at::full_like(absmax, input.fixed->scale);
        zero = at::full_like(absmax, static_cast<double>(input.fixed->zero_point));
    } else if (grid.scales == kernels::Scales::e8m0) {
        // As kernels::scale_for: the exponent of 8/7 of the largest magnitude, from 1.75 on the next.
        const int offset = grid.numbers == kernels::Numbers::e2m1 ? 2 : 8;
        const at::Tensor exponent = (absmax.view(at::kInt) + (1 << 21)).bitwise_right_shift(23);
        scale = at::exp2((exponent - offset).clamp_min(0).to(at::kFloat) - 127);
    } else if (grid.scales == kernels::Scales::e4m3) {
        scale = (absmax / grid.half_range * grid.global_scale).clamp_max(448).to(at::kFloat8_e4m3fn).to(at::kFloat);
        scale = at::where(scale == 0, 0.125, scale).to(at::kFloat) / grid.global_scale;
    } else if (grid.symmetric) {
        scale = absmax / grid.half_range;
        scale = at::where(scale == 0, 0x1p-23, scale).to(at::kFloat);
    } else {
        scale = (high - low) / (grid.high - grid.low);
        zero = at::where(scale > 0, (grid.low - low / scale).clamp(grid.low, grid.high).round(), 0.0).to(at::kFloat);
        scale = at::where(scale == 0, 0x1p-23, scale).to(at::kFloat);
    }
    return ((on_grid(cells / scale + zero, grid) - zero) * scale).view(x.sizes());
}

} // namespace octavo
