// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/weight_grid.h"

#include "model/device.h"
#include "quantize/kernels/encode.h"
#include "quantize/tensor_kernels.h"

#include <algorithm>

namespace octavo {

namespace {

const std::int8_t* zeros_of(const WeightGrid& grid, std::int64_t cell_row = 0) {
    return grid.zero_points.defined() ? grid.zero_points.const_data_ptr<std::int8_t>() + cell_row * grid.grid.across
                                      : nullptr;
}

/// Calls work(first row, rows, first cell row) on parts of whole cells, in parallel.
template <class Work>
void by_cells(const kernels::Grid& grid, std::int64_t rows, Work&& work) {
    const std::int64_t down = (rows + grid.cell_rows - 1) / grid.cell_rows;
    in_parallel(down, std::max<std::int64_t>(1, 16 / grid.cell_rows), [&](std::int64_t begin, std::int64_t end) {
        const std::int64_t first = begin * grid.cell_rows;
        work(first, std::min(end * grid.cell_rows, rows) - first, begin);
    });
}

/// Scales and zero points where the kernels of a device read them.
struct DeviceCells {
    at::Tensor scales, zero_points;

    DeviceCells(const WeightGrid& grid, const at::Device& device) : scales(grid.scales.to(device).contiguous()) {
        if (grid.zero_points.defined()) zero_points = grid.zero_points.to(device).contiguous();
    }
    const float* scale_data() const { return scales.const_data_ptr<float>(); }
    const std::int8_t* zero_data() const {
        return zero_points.defined() ? zero_points.const_data_ptr<std::int8_t>() : nullptr;
    }
};

/// The extremes of each cell of `weight`, contiguous, decide.
void choose_on_device(WeightGrid& grid, const at::Tensor& weight) {
    const at::Tensor scales = at::empty(grid.scales.sizes(), weight.options());
    at::Tensor zeros;
    if (grid.zero_points.defined()) zeros = at::empty(scales.sizes(), weight.options().dtype(at::kChar));
    kernels::on_device::choose_scales(stream_of(weight), grid.grid, weight.const_data_ptr<float>(), weight.size(0),
                                      weight.size(1), scales.mutable_data_ptr<float>(),
                                      zeros.defined() ? zeros.mutable_data_ptr<std::int8_t>() : nullptr);
    grid.scales = scales.cpu();
    if (zeros.defined()) grid.zero_points = zeros.cpu();
}

/// One row per matrix row instead of per cell.
at::Tensor by_row(const at::Tensor& cells, const kernels::Grid& grid, std::int64_t rows) {
    if (grid.cell_rows == 1) return cells.contiguous();
    return cells.repeat_interleave(grid.cell_rows, 0).slice(0, 0, rows).contiguous();
}

} // namespace

WeightGrid weight_grid(const at::Tensor& weight, const QuantizationArgs& args, const ScaleOptions& options) {
    const std::int64_t rows = weight.size(0), columns = weight.size(1);
    const ScaleCells cells = scale_cells(args, rows, columns);
    WeightGrid out;
    out.grid = kernels::grid_of(args, options.dtype, rows, columns);
    out.scales = at::empty({cells.down, cells.across});
    if (!args.symmetric) out.zero_points = at::empty({cells.down, cells.across}, at::kChar);
    const bool searched = options.method != ScaleMethod::extremes, on_device = is_on_device(weight) && !searched;
    const at::Tensor values = (on_device ? weight : weight.cpu()).contiguous();
    if (args.strategy == Strategy::tensor_group)
        out.grid.global_scale = kernels::global_scale_for(
            options.absmax > 0 ? options.absmax : values.abs().max().item<float>(), options.dtype);
    if (on_device) {
        choose_on_device(out, values);
        return out;
    }
    at::Tensor importance;
    if (options.method == ScaleMethod::weighted_least_squares && options.importance.defined()) {
        importance = options.importance.cpu().to(at::kFloat);
        importance = (importance / importance.mean().clamp_min(1e-30)).contiguous();
    }
    const kernels::ScaleSearch search{searched, importance.defined() ? importance.const_data_ptr<float>() : nullptr};
    by_cells(out.grid, rows, [&](std::int64_t first, std::int64_t count, std::int64_t cell_row) {
        std::int8_t* zeros =
            args.symmetric ? nullptr : out.zero_points.mutable_data_ptr<std::int8_t>() + cell_row * cells.across;
        kernels::choose_scales(out.grid, search, values.const_data_ptr<float>() + first * columns, count, columns,
                               out.scales.mutable_data_ptr<float>() + cell_row * cells.across, zeros);
    });
    return out;
}

at::Tensor WeightGrid::effective_scales(std::int64_t rows) const {
    return by_row(grid.scales == kernels::Scales::e4m3 ? scales / grid.global_scale : scales, grid, rows);
}

at::Tensor WeightGrid::effective_zero_points(std::int64_t rows) const {
    return zero_points.defined() ? by_row(zero_points.to(at::kFloat), grid, rows) : at::Tensor();
}

at::Tensor WeightGrid::column_cells(std::int64_t columns) const {
    return at::floor_divide(at::arange(columns, at::kInt), grid.cell_columns).to(at::kInt);
}

at::Tensor WeightGrid::nearest_codes(const at::Tensor& weight) const {
    const std::int64_t rows = weight.size(0), columns = weight.size(1);
    if (is_on_device(weight)) {
        const at::Tensor values = weight.contiguous(),
                         out = at::empty({rows, columns}, values.options().dtype(at::kByte));
        const DeviceCells cells(*this, values.device());
        kernels::on_device::encode(stream_of(values), grid, values.const_data_ptr<float>(), rows, columns,
                                   cells.scale_data(), cells.zero_data(), out.mutable_data_ptr<std::uint8_t>());
        return out;
    }
    const at::Tensor values = weight.cpu().contiguous();
    at::Tensor out = at::empty({rows, columns}, at::kByte);
    by_cells(grid, rows, [&](std::int64_t first, std::int64_t count, std::int64_t cell_row) {
        kernels::encode(grid, values.const_data_ptr<float>() + first * columns, count, columns,
                        scales.const_data_ptr<float>() + cell_row * grid.across, zeros_of(*this, cell_row),
                        out.mutable_data_ptr<std::uint8_t>() + first * columns);
    });
    return out.to(weight.device());
}

at::Tensor WeightGrid::decoded(const at::Tensor& codes) const {
    const std::int64_t rows = codes.size(0), columns = codes.size(1);
    if (is_on_device(codes)) {
        const at::Tensor bytes = codes.contiguous(),
                         out = at::empty({rows, columns}, bytes.options().dtype(at::kFloat));
        const DeviceCells cells(*this, bytes.device());
        kernels::on_device::decode(stream_of(bytes), grid, bytes.const_data_ptr<std::uint8_t>(), rows, columns,
                                   cells.scale_data(), cells.zero_data(), out.mutable_data_ptr<float>());
        return out;
    }
    const at::Tensor bytes = codes.cpu().contiguous();
    at::Tensor out = at::empty({rows, columns});
    by_cells(grid, rows, [&](std::int64_t first, std::int64_t count, std::int64_t cell_row) {
        kernels::decode(grid, bytes.const_data_ptr<std::uint8_t>() + first * columns, count, columns,
                        scales.const_data_ptr<float>() + cell_row * grid.across, zeros_of(*this, cell_row),
                        out.mutable_data_ptr<float>() + first * columns);
    });
    return out.to(codes.device());
}

at::Tensor on_grid(const at::Tensor& steps, const kernels::Grid& grid) {
    const at::Tensor bounded = steps.clamp(grid.low, grid.high);
    switch (grid.numbers) {
    case kernels::Numbers::integer: return bounded.round();
    case kernels::Numbers::e4m3: return bounded.to(at::kFloat8_e4m3fn).to(at::kFloat);
    case kernels::Numbers::e2m1: break;
    }
    const at::Tensor magnitude = bounded.abs();
    // Numbers are half a unit apart below 2, one below 4, two above.
    const at::Tensor step = at::where(magnitude < 2, 0.5, at::where(magnitude < 4, 1.0, 2.0)).to(steps.scalar_type());
    return (magnitude / step).round() * step * bounded.sign();
}

at::Tensor codes_on_grid(const at::Tensor& numbers, const at::Tensor& steps, const kernels::Grid& grid) {
    switch (grid.numbers) {
    case kernels::Numbers::integer: return numbers.to(at::kChar).view(at::kByte);
    case kernels::Numbers::e4m3: return numbers.to(at::kFloat8_e4m3fn).view(at::kByte);
    case kernels::Numbers::e2m1: break;
    }
    const at::Tensor code_of_halves =
        at::tensor({0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 6, 6, 7}, at::kByte).to(numbers.device()); // 2 · magnitude → code
    const at::Tensor halves = (numbers.abs() * 2).to(at::kLong);
    return (code_of_halves.index_select(0, halves.flatten()).view(numbers.sizes()) + (steps < 0).to(at::kByte) * 8)
        .to(at::kByte);
}

} // namespace octavo
