// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/refine.h"

#include <algorithm>

#include "base/stop.h"
#include "quantize/kernels/refine.h"
#include "quantize/quadratic.h"

namespace octavo {

namespace {

constexpr double part_work = 1e9; ///< multiplications between two looks at the stop token

/// The Hessian in the order of the columns, damped, on the CPU.
at::Tensor damped(const HessianFactor& factor) {
    at::Tensor out = factor.hessian;
    if (factor.order.defined()) {
        const at::Tensor back = factor.order.argsort();
        out = out.index_select(0, back).index_select(1, back);
    }
    out = out.cpu().clone();
    at::Tensor diagonal = out.diagonal();
    diagonal.copy_(at::where(diagonal == 0, at::ones_like(diagonal), diagonal) * (1 + factor.shrinkage) +
                   factor.lambda);
    return out.contiguous();
}

} // namespace

void refine(Solution& solution, const at::Tensor& weight, const HessianFactor& factor, int sweeps,
            const std::stop_token& stop) {
    const std::int64_t rows = weight.size(0), columns = weight.size(1);
    const at::Device device = weight.device();
    WeightGrid& grid = solution.grid;
    const at::Tensor hessian = damped(factor), wanted = weight.cpu();
    at::Tensor codes = solution.codes.cpu().contiguous().clone(),
               gradient = product(wanted - solution.weight.cpu(), hessian, stop);
    const bool own_scales = grid.grid.cell_rows == 1;
    at::Tensor scales = own_scales ? grid.scales.contiguous().clone() : grid.effective_scales(rows);
    const at::Tensor zeros = grid.effective_zero_points(rows);
    const kernels::RefineRows matrix{columns,
                                     grid.grid.across,
                                     hessian.const_data_ptr<float>(),
                                     codes.mutable_data_ptr<std::uint8_t>(),
                                     gradient.mutable_data_ptr<float>(),
                                     scales.mutable_data_ptr<float>(),
                                     zeros.defined() ? zeros.const_data_ptr<float>() : nullptr,
                                     own_scales && grid.grid.scales == kernels::Scales::plain};
    kernels::Grid cells = grid.grid;
    if (!own_scales) cells.scales = kernels::Scales::plain; // effective ones already
    const auto part = std::max<std::int64_t>(
        32, static_cast<std::int64_t>(part_work / static_cast<double>(columns) / static_cast<double>(columns)));
    for (int i = 0; i < sweeps; ++i)
        for (std::int64_t first = 0; first < rows; first += part) {
            throw_if_stopped(stop);
            in_parallel(std::min(part, rows - first), 16, [&](std::int64_t begin, std::int64_t end) {
                kernels::refine_rows(matrix, cells, first + begin, first + end);
            });
        }
    if (matrix.moves_scales) grid.scales = scales;
    solution.codes = codes.to(device);
    solution.weight = grid.decoded(codes).to(device);
    measure_error(solution, weight, factor, stop);
}

} // namespace octavo
