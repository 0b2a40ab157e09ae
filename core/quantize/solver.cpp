// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/solver.h"

#include "base/stop.h"
#include "quantize/kernels/solve.h"

#include <map>
#include <mutex>

namespace octavo {

at::ScalarType scalar_type(Dtype dtype) {
    switch (dtype) {
    case Dtype::bf16: return at::kBFloat16;
    case Dtype::f16: return at::kHalf;
    default: return at::kFloat;
    }
}

at::Tensor rounded_to(const at::Tensor& values, Dtype dtype) { return values.to(scalar_type(dtype)).to(at::kFloat); }

at::Tensor row_scales(const at::Tensor& weight, const QuantizationArgs& args, Dtype scale_dtype) {
    at::Tensor scales = rounded_to(weight.abs().amax(1) / args.half_range(), scale_dtype);
    // A row of zeros gets the dtype's epsilon, as compressed-tensors does.
    const double epsilon = scale_dtype == Dtype::bf16 ? 0x1p-7 : scale_dtype == Dtype::f16 ? 0x1p-10 : 0x1p-23;
    return at::where(scales == 0, at::full_like(scales, epsilon), scales);
}

namespace {

at::Tensor grid_steps(const at::Tensor& weight, const at::Tensor& scales, const QuantizationArgs& args) {
    const at::Tensor steps = weight / scales.unsqueeze(1);
    return args.type == NumberType::integer ? steps.round().clamp_(-128, 127)
                                            : steps.clamp(-448, 448).to(at::kFloat8_e4m3fn).to(at::kFloat);
}

at::Tensor codes_of(const at::Tensor& steps, const QuantizationArgs& args) {
    return args.type == NumberType::integer ? steps.to(at::kChar).view(at::kByte)
                                            : steps.to(at::kFloat8_e4m3fn).view(at::kByte);
}

at::Tensor reversed(const at::Tensor& matrix) { return matrix.flip({0, 1}); }

double quadratic(const at::Tensor& rows, const at::Tensor& hessian) {
    return (at::mm(rows, hessian) * rows).sum(at::kDouble).item<double>();
}

void check_supported(const QuantizationArgs& args) {
    if (args.strategy != Strategy::channel || args.bits != 8 || !args.symmetric)
        throw Error(ErrorCode::unusable_recipe, msg("This weight quantization is not implemented"),
                    msg("Use W8A8 or FP8_DYNAMIC."));
}

} // namespace

at::Tensor rounded_weight(const at::Tensor& weight, const at::Tensor& scales, const QuantizationArgs& args) {
    return grid_steps(weight, scales, args).mul_(scales.unsqueeze(1));
}

at::Tensor dequantized(const at::Tensor& codes, const at::Tensor& scales, const QuantizationArgs& args) {
    return codes.view(args.type == NumberType::integer ? at::kChar : at::kFloat8_e4m3fn)
        .to(at::kFloat)
        .mul_(scales.unsqueeze(1));
}

HessianFactor factorize(const at::Tensor& hessian, const SolverOptions& options, const std::string& site) {
    HessianFactor out;
    out.hessian = hessian;
    at::Tensor diagonal = hessian.diagonal().clone();
    if (!at::isfinite(diagonal).all().item<bool>())
        throw Error(ErrorCode::not_finite, msg("The activations hold NaN or infinity"),
                    msg("Try shorter samples or another calibration set; the model may overflow in its own precision."),
                    Place{.layer = site});
    const double mean = diagonal.mean().item<double>();
    diagonal = at::where(diagonal == 0, at::ones_like(diagonal), diagonal);
    if (options.activation_order) {
        out.order = diagonal.argsort(/*stable=*/true, /*dim=*/0, /*descending=*/true);
        out.hessian = hessian.index_select(0, out.order).index_select(1, out.order);
        diagonal = diagonal.index_select(0, out.order);
    }
    for (out.damping = options.damping;; out.damping *= 10, ++out.escalations) {
        if (out.damping > 10)
            throw Error(ErrorCode::not_finite, msg("The Hessian cannot be factorised, whatever the damping"),
                        msg("Use more or other calibration text, or --solver rtn."), Place{.layer = site});
        out.lambda = out.damping * (mean > 0 ? mean : 1);
        at::Tensor damped = out.hessian.clone();
        damped.diagonal().copy_(diagonal + out.lambda);
        const auto [lower, info] = at::linalg_cholesky_ex(reversed(damped));
        if (info.item<int>() == 0) {
            // J H J = L Lᵀ, hence H = (J Lᵀ J)ᵀ (J Lᵀ J) and S = J Lᵀ J is lower triangular.
            out.factor = reversed(lower.t()).contiguous();
            return out;
        }
    }
}

namespace {

struct Sweep {
    at::Tensor error, codes; ///< [N, K]
    at::Tensor row_loss;     ///< [N]
    at::Tensor column_loss;  ///< [K] double
};

/// The columns [begin, end) on the CPU, rows in parallel.
void solve_columns(const at::Tensor& weight, const at::Tensor& scales, const at::Tensor& factor,
                   const at::Tensor& correction, kernels::CodeGrid grid, std::int64_t begin, std::int64_t end,
                   Sweep& sweep) {
    const std::int64_t rows = weight.size(0), stride = weight.size(1), columns = end - begin;
    const at::Tensor transposed = factor.slice(0, begin, end).slice(1, begin, end).t().contiguous();
    double* column_loss = sweep.column_loss.mutable_data_ptr<double>() + begin;
    std::mutex guard;
    std::map<std::int64_t, std::vector<double>> shares; // summed in the order of the rows: same threads, same bits
    in_parallel(rows, 64, [&](std::int64_t first, std::int64_t last) {
        std::vector<double> own(static_cast<std::size_t>(columns), 0.0);
        const kernels::SolveBlock block{columns,
                                        weight.const_data_ptr<float>() + begin,
                                        sweep.error.mutable_data_ptr<float>() + begin,
                                        sweep.codes.mutable_data_ptr<std::uint8_t>() + begin,
                                        stride,
                                        correction.const_data_ptr<float>(),
                                        transposed.const_data_ptr<float>(),
                                        scales.const_data_ptr<float>(),
                                        sweep.row_loss.mutable_data_ptr<float>(),
                                        own.data()};
        kernels::solve_block(block, grid, first, last);
        const std::lock_guard lock(guard);
        shares.emplace(first, std::move(own));
    });
    for (const auto& share : shares)
        for (std::int64_t i = 0; i < columns; ++i) column_loss[i] += share.second[static_cast<std::size_t>(i)];
}

/// The same by tensor operations, for devices without a kernel of our own.
void solve_columns_generic(const at::Tensor& weight, const at::Tensor& scales, const at::Tensor& factor,
                           at::Tensor correction, const QuantizationArgs& args, std::int64_t begin, std::int64_t end,
                           Sweep& sweep) {
    for (std::int64_t i = begin; i < end; ++i) {
        const at::Tensor diagonal = factor[i][i];
        const at::Tensor target = weight.select(1, i) + correction.select(1, i - begin) / diagonal;
        const at::Tensor steps = grid_steps(target.unsqueeze(1), scales, args);
        const at::Tensor value = (steps * scales.unsqueeze(1)).squeeze(1);
        const at::Tensor miss = ((target - value) * diagonal).square();
        sweep.error.select(1, i).copy_(weight.select(1, i) - value);
        sweep.codes.select(1, i).copy_(codes_of(steps, args).squeeze(1));
        sweep.row_loss.add_(miss);
        sweep.column_loss[i] = miss.sum(at::kDouble).cpu();
        if (i + 1 < end)
            correction.slice(1, i + 1 - begin)
                .addr_(sweep.error.select(1, i), factor.select(1, i).slice(0, i + 1, end));
    }
}

void measure(Solution& solution, const at::Tensor& weight, const HessianFactor& factor, const QuantizationArgs& args) {
    solution.energy = quadratic(weight, factor.hessian);
    solution.rounding_error = quadratic(weight - rounded_weight(weight, solution.scales, args), factor.hessian);
}

} // namespace

Solution solve_gptq(const at::Tensor& original, const HessianFactor& factor, const QuantizationArgs& args,
                    Dtype scale_dtype, const SolverOptions& options, const std::stop_token& stop) {
    check_supported(args);
    const at::Tensor weight = (factor.order.defined() ? original.index_select(1, factor.order) : original).contiguous();
    const std::int64_t columns = weight.size(1);
    Solution out;
    out.scales = row_scales(weight, args, scale_dtype).contiguous();
    Sweep sweep{at::zeros_like(weight), at::empty(weight.sizes(), weight.options().dtype(at::kByte)),
                at::zeros({weight.size(0)}, weight.options()), at::zeros({columns}, at::kDouble)};
    const auto grid = args.type == NumberType::integer ? kernels::CodeGrid::int8 : kernels::CodeGrid::e4m3;
    for (std::int64_t begin = 0; begin < columns; begin += options.block_size) {
        throw_if_stopped(stop);
        const std::int64_t end = std::min<std::int64_t>(begin + options.block_size, columns);
        const at::Tensor correction = begin > 0 ? at::mm(sweep.error.slice(1, 0, begin),
                                                         factor.factor.slice(0, begin, end).slice(1, 0, begin).t())
                                                : at::zeros({weight.size(0), end - begin}, weight.options());
        if (weight.is_cpu() && options.block_size <= kernels::widest_block)
            solve_columns(weight, out.scales, factor.factor, correction.contiguous(), grid, begin, end, sweep);
        else
            solve_columns_generic(weight, out.scales, factor.factor, correction, args, begin, end, sweep);
    }
    measure(out, weight, factor, args);
    // The damping is no error of the model's: take its share out again.
    out.row_error = (sweep.row_loss - sweep.error.square().sum(1) * factor.lambda).clamp_min(0);
    out.column_error = sweep.column_loss.to(at::kFloat);
    out.error = out.row_error.sum(at::kDouble).item<double>();
    out.codes = sweep.codes;
    out.weight = dequantized(out.codes, out.scales, args);
    if (factor.order.defined()) {
        const at::Tensor back = factor.order.argsort();
        out.weight = out.weight.index_select(1, back);
        out.codes = out.codes.index_select(1, back);
        out.column_error = out.column_error.index_select(0, back.cpu());
    }
    return out;
}

Solution round_to_nearest(const at::Tensor& original, const QuantizationArgs& args, Dtype scale_dtype,
                          const HessianFactor* factor) {
    check_supported(args);
    Solution out;
    out.scales = row_scales(original, args, scale_dtype);
    const at::Tensor steps = grid_steps(original, out.scales, args);
    out.codes = codes_of(steps, args).contiguous();
    out.weight = steps * out.scales.unsqueeze(1);
    if (!factor) return out;
    const at::Tensor weight = factor->order.defined() ? original.index_select(1, factor->order) : original;
    measure(out, weight, *factor, args);
    out.error = out.rounding_error;
    const at::Tensor error =
        factor->order.defined() ? (original - out.weight).index_select(1, factor->order) : original - out.weight;
    const at::Tensor split = at::mm(error, factor->hessian) * error;
    out.row_error = split.sum(1);
    out.column_error = factor->order.defined() ? split.sum(0).index_select(0, factor->order.argsort()) : split.sum(0);
    return out;
}

} // namespace octavo
