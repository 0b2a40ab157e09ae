// SPDX-License-Identifier: GPL-3.0-or-later
#include "solver_checks.h"

#include "base/error.h"
#include "quantize/activation_grid.h"
#include "quantize/kernels/cpu/vector.h"
#include "quantize/kernels/encode.h"
#include "quantize/observer.h"
#include "quantize/smoothing.h"
#include "quantize/solver.h"
#include "solver_definitions.h"

#include <mutex>
#include <set>
#include <thread>

using namespace octavo;

namespace {

QuantizationArgs token_args(bool floating) {
    QuantizationArgs args = channel_args(floating);
    args.strategy = Strategy::token;
    args.dynamic = Dynamic::yes;
    return args;
}

/// GPTQ as published (arXiv 2210.17323): upper Cholesky factor of the inverse Hessian, errors pushed to the columns
/// that follow. Returns weights.
at::Tensor classic_weights(const at::Tensor& weight, const at::Tensor& damped, const Spread& cells,
                           const QuantizationArgs& args) {
    const at::Tensor upper = at::linalg_cholesky(at::cholesky_inverse(at::linalg_cholesky(damped)), /*upper=*/true);
    at::Tensor work = weight.to(at::kDouble).clone(), out = at::empty_like(work);
    auto w = work.accessor<double, 2>(), q = out.accessor<double, 2>();
    const auto u = upper.accessor<double, 2>(), s = cells.scales.accessor<double, 2>(),
               z = cells.zeros.accessor<double, 2>();
    for (std::int64_t r = 0; r < work.size(0); ++r)
        for (std::int64_t i = 0; i < work.size(1); ++i) {
            q[r][i] = (number_near(w[r][i] / s[r][i] + z[r][i], args) - z[r][i]) * s[r][i];
            const double error = (w[r][i] - q[r][i]) / u[i][i];
            for (std::int64_t j = i + 1; j < work.size(1); ++j) w[r][j] -= error * u[i][j];
        }
    return out;
}

} // namespace

CodesCompared pull_against_classic(int rows, int columns, double damping, const QuantizationArgs& args,
                                   bool activation_order) {
    at::manual_seed(7);
    const at::Tensor x = inputs(4 * columns, columns), weight = at::randn({rows, columns}), hessian = at::mm(x.t(), x);
    const HessianFactor factor = factorize(hessian, options_with(damping, activation_order), "test");
    const Solution solution = solve(weight, factor, args, Dtype::bf16, options_with(damping, activation_order));
    const at::Tensor order = factor.order.defined() ? factor.order : at::arange(columns);
    at::Tensor damped = factor.hessian.to(at::kDouble).clone();
    damped.diagonal().add_(factor.lambda);
    const Spread cells = spread(solution, args, rows, columns);
    const Spread ordered_cells{cells.scales.index_select(1, order).contiguous(),
                               cells.zeros.index_select(1, order).contiguous()};
    const at::Tensor ordered = weight.index_select(1, order);
    const at::Tensor classic = classic_weights(ordered, damped, ordered_cells, args),
                     own = solution.weight.index_select(1, order).to(at::kDouble);
    CodesCompared out;
    out.total = own.numel();
    out.different = ((own - classic).abs() > ordered_cells.scales * 1e-3).sum().item<long>();
    out.loss = solution.error;
    out.direct_loss = quadratic(ordered.to(at::kDouble) - own, factor.hessian);
    out.classic_loss = quadratic(ordered.to(at::kDouble) - classic, factor.hessian);
    out.rounding_loss = solution.rounding_error;
    return out;
}

CodesCompared kernel_against_generic(int rows, int columns, const QuantizationArgs& args) {
    at::manual_seed(11);
    const at::Tensor x = inputs(3 * columns, columns), weight = at::randn({rows, columns});
    SolverOptions options;
    options.activation_order = true;
    const HessianFactor factor = factorize(at::mm(x.t(), x), options, "test");
    const Solution kernel = solve(weight, factor, args, Dtype::f32, options);
    options.block_size = 100000; // wider than the kernel takes: tensor operations
    const Solution generic = solve(weight, factor, args, Dtype::f32, options);
    CodesCompared out;
    out.total = kernel.codes.numel();
    out.different = (kernel.codes != generic.codes).sum().item<long>();
    out.loss = kernel.error;
    out.classic_loss = generic.error;
    return out;
}

std::vector<double> rounding_and_gptq(int rows, int columns) {
    at::manual_seed(3);
    // A few common causes behind all channels, as in a real model: one column's error can be made good by the others.
    const at::Tensor x = at::mm(at::randn({4 * columns, columns / 8}), at::randn({columns / 8, columns})) +
                         at::randn({4 * columns, columns}) * 0.3;
    const Solution solution = solve(at::randn({rows, columns}), factorize(at::mm(x.t(), x), {}, "test"),
                                    channel_args(false), Dtype::bf16, {});
    return {solution.rounding_error, solution.error};
}

std::vector<double> error_splits() {
    at::manual_seed(5);
    const at::Tensor x = inputs(400, 100);
    const HessianFactor factor = factorize(at::mm(x.t(), x), {}, "test");
    const Solution solution = solve(at::randn({40, 100}), factor, channel_args(false), Dtype::bf16, {});
    const at::Tensor other = at::randn({40, 100});
    const Solution rounded =
        round_to_nearest(other, weight_grid(other, channel_args(false), {.dtype = Dtype::bf16}), &factor);
    return {solution.row_error.sum().item<double>() / solution.error,
            solution.column_error.sum().item<double>() / solution.error,
            rounded.row_error.sum().item<double>() / rounded.error,
            rounded.column_error.sum().item<double>() / rounded.error};
}

std::vector<double> shrinkage_deviations() {
    at::manual_seed(8);
    const at::Tensor x = inputs(300, 90), hessian = at::mm(x.t(), x), weight = at::randn({30, 90});
    SolverOptions options = options_with(0.01);
    options.shrinkage = 0.5;
    const HessianFactor factor = factorize(hessian, options, "test");
    // The same damping, of a diagonal half as large again.
    const at::Tensor grown = hessian + at::diag(hessian.diagonal()) * 0.5;
    const HessianFactor other = factorize(grown, options_with(0.01 / 1.5), "test");
    const Solution solution = solve(weight, factor, channel_args(false), Dtype::bf16, options);
    const at::Tensor error = (weight - solution.weight).to(at::kDouble);
    const double exact = (at::mm(error, hessian.to(at::kDouble)) * error).sum().item<double>();
    return {((factor.factor - other.factor).norm() / other.factor.norm()).item<double>(),
            std::abs(solution.error / exact - 1), solution.column_error.sum().item<double>() / solution.error};
}

int escalations_for_singular() {
    at::manual_seed(1);
    const at::Tensor x = at::randn({1, 300}) * 100;
    return factorize(at::mm(x.t(), x), options_with(1e-9), "test").escalations;
}

std::string message_for_nan() {
    at::Tensor hessian = at::eye(8);
    hessian[3][3] = std::nan("");
    try {
        factorize(hessian, {}, "model.layers.4.mlp_input");
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

bool repeatable() {
    const auto once = [] {
        at::manual_seed(9);
        const at::Tensor x = inputs(600, 200);
        return solve(at::randn({130, 200}), factorize(at::mm(x.t(), x), {}, "test"), channel_args(false), Dtype::bf16,
                     {});
    };
    const Solution a = once(), b = once();
    return at::equal(a.codes, b.codes) && at::equal(a.column_error, b.column_error) &&
           at::equal(a.row_error, b.row_error);
}

std::vector<double> smoothing_is_exact() {
    at::manual_seed(2);
    const at::Tensor x = inputs(300, 96), weight = at::randn({64, 96}) * 0.05;
    SmoothingProblem problem;
    problem.reach = x.amax(0) - x.amin(0);
    problem.weight = weight;
    problem.weight_reach = weight.abs().amax(0) * 2;
    problem.sample = x;
    problem.weights = channel_args(false);
    problem.input = token_args(false);
    const SmoothingChoice choice = choose_smoothing(problem, {}, "site");
    const at::Tensor exact = at::mm(x, weight.t()), moved = at::mm(x / choice.scales, (weight * choice.scales).t());
    double unsmoothed = 0, chosen = 1;
    for (std::size_t i = 0; i < choice.strengths.size(); ++i) {
        if (choice.strengths[i] < 0) unsmoothed = choice.errors[i];
        chosen = std::min(chosen, choice.errors[i]);
    }
    return {((moved - exact).abs().max() / exact.abs().max()).item<double>(), choice.alpha, chosen / unsmoothed};
}

std::vector<float> smoothing_by_hand() {
    SmoothingProblem problem;
    problem.reach = at::tensor({16.0f, 1.0f, 4.0f});
    problem.weight_reach = at::tensor({1.0f, 4.0f, 0.0f});
    return to_vector(smoothing_scales(problem, 0.5));
}

std::vector<double> observer_deviations() {
    at::manual_seed(4);
    const at::Tensor x = inputs(500, 300), wide = x.to(at::kDouble);
    InputObserver observer(300, {0, 99, 100, 499}, Device{});
    for (std::int64_t begin = 0; begin < 500; begin += 100) observer.observe(x.slice(0, begin, begin + 100), begin);
    const auto off = [](const at::Tensor& a, const at::Tensor& b) {
        return ((a.to(at::kDouble) - b).abs().max() / b.abs().max()).item<double>();
    };
    const at::Tensor sample = x.index_select(0, at::tensor({0L, 99L, 100L, 499L}));
    return {off(observer.maximum(), std::get<0>(wide.max(0))) + off(observer.minimum(), std::get<0>(wide.min(0))),
            off(observer.mean_square(), wide.square().mean(0)), off(observer.hessian(), at::mm(wide.t(), wide)),
            at::equal(observer.sample(), sample) ? 0.0 : 1.0};
}

long threads_in_parallel() {
    const int before = at::get_num_threads();
    at::set_num_threads(2);
    std::mutex guard;
    std::set<std::thread::id> seen;
    in_parallel(8, 1, [&](std::int64_t, std::int64_t) {
        const std::lock_guard lock(guard);
        seen.insert(std::this_thread::get_id());
    });
    at::set_num_threads(before);
    return static_cast<long>(seen.size());
}

std::vector<double> narrow_product_deviations() {
    const int before = at::get_num_threads();
    at::manual_seed(5);
    std::vector<double> out;
    // Odd numbers of rows, one of columns that fills no panel, one that fills several blocks.
    for (const std::int64_t channels : {35, 401}) {
        const bool weighed = channels == 401;
        const at::Tensor x = inputs(301, channels), scale = at::rand({301, 1}) + 0.5,
                         wide = (weighed ? x * scale : x).to(at::kBFloat16).to(at::kDouble);
        const auto observed = [&] {
            InputObserver observer(channels, {}, Device{}, Products::fast);
            for (std::int64_t begin = 0; begin < 301; begin += 99) {
                const std::int64_t end = std::min<std::int64_t>(begin + 99, 301);
                observer.observe(x.slice(0, begin, end), begin, weighed ? scale.slice(0, begin, end) : at::Tensor());
            }
            return observer;
        };
        const InputObserver observer = observed();
        if (!observer.narrow()) return {};
        const at::Tensor expected = at::mm(wide.t(), wide), hessian = observer.hessian();
        out.push_back(((hessian.to(at::kDouble) - expected).abs().max() / expected.abs().max()).item<double>());
        out.push_back(at::equal(hessian, hessian.t()) ? 0.0 : 1.0);
        // What was observed on the way, without the weights of the tokens.
        out.push_back(at::equal(observer.minimum(), x.amin(0)) ? 0.0 : 1.0);
        out.push_back(at::equal(observer.maximum(), x.amax(0)) ? 0.0 : 1.0);
        const at::Tensor squares = x.to(at::kDouble).square().mean(0);
        out.push_back(((observer.mean_square().to(at::kDouble) - squares) / squares).abs().max().item<double>());
        at::set_num_threads(1);
        const InputObserver alone = observed();
        at::set_num_threads(before);
        out.push_back(at::equal(hessian, alone.hessian()) ? 0.0 : 1.0);
    }
    return out;
}

std::vector<double> picture_deviations() {
    at::manual_seed(12);
    const at::Tensor x = at::randn({83, 37}) * at::exp(at::randn({83, 1}) * 6);
    x[3].zero_();
    x[4].fill_(0.25); // where a bin begins
    const float* data = x.const_data_ptr<float>();
    std::vector<double> counts(histogram_bins, 0.0), sorted(data, data + x.numel());
    for (const double value : sorted) {
        int bin = histogram_bins - 1;
        while (bin > 0 && std::abs(value) < histogram_lower_edge(bin)) --bin;
        ++counts[static_cast<std::size_t>(bin)];
    }
    std::vector<double> out{0, 0};
    const std::vector<float> found = log_histogram(x);
    for (std::size_t i = 0; i < counts.size(); ++i) out[0] += std::abs(found[i] - counts[i]);
    std::sort(sorted.begin(), sorted.end());
    const std::vector<float> parts = percentiles(x);
    std::size_t i = 0;
    for (const double fraction : {0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999}) {
        const auto at = static_cast<std::size_t>(std::lround(fraction * static_cast<double>(sorted.size() - 1)));
        out[1] += std::abs(parts.at(i++) - sorted[at]);
    }
    const ColumnSizes sizes = column_sizes(x.t());
    const at::Tensor squares = x.to(at::kDouble).square().sum(1);
    out.push_back(at::equal(sizes.absmax, x.abs().amax(1)) ? 0.0 : 1.0);
    out.push_back(((sizes.square_sum.to(at::kDouble) - squares) / squares.clamp_min(1e-30)).abs().max().item<double>());
    return out;
}

std::vector<double> fake_quantize_deviations() {
    at::manual_seed(6);
    const at::Tensor x = at::randn({37, 131}) * at::exp(at::randn({37, 1})), inverse = at::rand({131}) + 0.5;
    std::vector<double> out;
    for (const bool floating : {false, true}) {
        const at::Tensor own = fake_quantized(x, {token_args(floating)}, inverse);
        double worst = 0;
        for (std::int64_t r = 0; r < x.size(0); ++r) {
            const at::Tensor row = x[r] * inverse;
            const float scale = row.abs().max().item<float>() / (floating ? 448.0f : 127.5f);
            for (std::int64_t k = 0; k < x.size(1); ++k) {
                const double expected = number_near(row[k].item<float>() / scale, token_args(floating)) * scale;
                worst = std::max(worst, std::abs(own[r][k].item<double>() - expected) / scale);
            }
        }
        out.push_back(worst);
    }
    return out;
}

double activation_deviation(const char* scheme, bool fixed) {
    at::manual_seed(8);
    const at::Tensor x = at::randn({37, 256}) * at::exp(at::randn({37, 1}));
    InputGrid grid{*preset(scheme).input};
    if (fixed) grid.fixed = static_input_scale(grid.args, x.min().item<float>(), x.max().item<float>(), Dtype::f32);
    // The kernels' scales of 1/127.5 steps are those of the tensor operations but for one rounding.
    return (fake_quantized(x, grid) - fake_quantized_generic(x, grid)).abs().max().item<double>();
}

std::vector<double> activations_by_hand() {
    // Groups of four: [1, −2, 3, 6] on E2M1 with power-of-two scales, and a group of zeros.
    QuantizationArgs args;
    args.type = NumberType::floating;
    args.bits = 4;
    args.strategy = Strategy::group;
    args.group_size = 4;
    args.scale_dtype = "torch.uint8";
    args.dynamic = Dynamic::yes;
    const at::Tensor y =
        fake_quantized(at::tensor({1.1f, -2.4f, 3.2f, 6.0f, 0.0f, 0.0f, 0.0f, 0.0f}).view({1, 8}), {args});
    std::vector<double> out;
    for (int i = 0; i < 8; ++i) out.push_back(y[0][i].item<double>());
    return out;
}

long e2m1_mistakes() {
    long wrong = 0;
    QuantizationArgs args;
    args.type = NumberType::floating;
    args.bits = 4;
    for (int i = -2000; i <= 2000; ++i) {
        const float value = static_cast<float>(i) / 256.0f, rounded = kernels::round_e2m1(value);
        wrong += double(rounded) != number_near(double(value), args);
        wrong += kernels::code_values(kernels::Numbers::e2m1)[kernels::code_e2m1(rounded, value < 0)] != rounded;
    }
    return wrong;
}

long e4m3_mistakes() {
    long wrong = 0;
    for (int i = -60000; i <= 60000; ++i) {
        const float value = static_cast<float>(i) / 128.0f;
        const float rounded = kernels::round_e4m3(value);
        const std::uint8_t code = e4m3_from_float(value);
        wrong += rounded != float_from_e4m3(code);
        // Minus zero and zero are the same number; the sign bit follows the rounded value.
        wrong += kernels::code_e4m3(rounded) != code && rounded != 0;
    }
    for (int i = -4000; i <= 4000; ++i)
        wrong += kernels::round_e4m3(static_cast<float>(i) * 0x1p-16f) !=
                 float_from_e4m3(e4m3_from_float(static_cast<float>(i) * 0x1p-16f));
    return wrong;
}
