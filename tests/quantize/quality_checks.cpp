// SPDX-License-Identifier: GPL-3.0-or-later
#include "quality_checks.h"

#include "quantize/awq.h"
#include "quantize/observer.h"
#include "quantize/refine.h"
#include "solver_definitions.h"

using namespace octavo;

std::vector<double> correction_against_least_squares(bool activation_order) {
    at::manual_seed(12);
    const at::Tensor exact = inputs(400, 96), weight = at::randn({40, 96});
    // The drift depends on the input in part, as a quantized matrix makes it, and is noise for the rest.
    const at::Tensor seen = exact + at::mm(exact, at::randn({96, 96})) * 0.01 + at::randn({400, 96}) * 0.05;
    InputObserver observer(96, {}, Device{});
    for (std::int64_t begin = 0; begin < 400; begin += 100) {
        const at::Tensor x = seen.slice(0, begin, begin + 100);
        observer.observe(x, begin);
        observer.observe_reference(x, exact.slice(0, begin, begin + 100) - x);
    }
    const HessianFactor factor = factorize(observer.hessian(), options_with(0.01, activation_order), "test");
    const at::Tensor own = corrected(weight, at::mm(weight, observer.reference_products()), factor).to(at::kDouble);
    const at::Tensor x = seen.to(at::kDouble), y = at::mm(exact.to(at::kDouble), weight.t().to(at::kDouble));
    const double root = std::sqrt(factor.lambda);
    const at::Tensor rows = at::cat({x, at::eye(96, at::kDouble) * root}),
                     values = at::cat({y, weight.t().to(at::kDouble) * root});
    const at::Tensor best = std::get<0>(at::linalg_lstsq(rows, values, {}, "gelsd")).t();
    const auto distance = [&](const at::Tensor& w) { return (at::mm(x, w.t()) - y).square().sum().item<double>(); };
    return {((own - best).abs().max() / (best - weight).abs().max()).item<double>(),
            distance(own) / distance(weight.to(at::kDouble))};
}

Refined refined(const char* scheme, int group, bool activation_order) {
    at::manual_seed(13);
    Scheme chosen = preset(scheme);
    if (group > 0) chosen = with_group_size(chosen, group);
    const QuantizationArgs& args = chosen.weights;
    const at::Tensor x = inputs(700, 128), weight = at::randn({40, 128}), hessian = at::mm(x.t(), x);
    const HessianFactor factor = factorize(hessian, options_with(0.01, activation_order), "test");
    Solution solution = solve(weight, factor, args, Dtype::bf16, options_with(0.01, activation_order));
    Refined out;
    const auto loss = [&] { return quadratic(weight.to(at::kDouble) - solution.weight, hessian); };
    out.before = loss();
    refine(solution, weight, factor, 40);
    out.after = loss();
    out.reported = solution.error;
    at::Tensor damped = hessian.to(at::kDouble);
    damped.diagonal().add_(factor.lambda);
    const Spread cells = spread(solution, args, 40, 128);
    const at::Tensor error = weight.to(at::kDouble) - solution.weight, gradient = at::mm(error, damped),
                     diagonal = damped.diagonal().unsqueeze(0);
    const at::Tensor numbers = solution.weight.to(at::kDouble) / cells.scales;
    const std::vector<double> grid = numbers_of(args);
    for (long r = 0; r < 40; ++r)
        for (long j = 0; j < 128; ++j) {
            const double number = numbers[r][j].item<double>(), scale = cells.scales[r][j].item<double>(),
                         zero = cells.zeros[r][j].item<double>(), slope = gradient[r][j].item<double>(),
                         curvature = diagonal[0][j].item<double>();
            ++out.codes;
            out.could_improve += std::any_of(grid.begin(), grid.end(), [&](double other) {
                const double moved = (other - zero - number) * scale;
                return moved * (moved * curvature - 2 * slope) < -1e-4 * scale * scale * curvature;
            });
        }
    if (args.group_size > 0 && args.type == NumberType::integer) {
        const double total = quadratic(error, damped);
        for (long begin = 0; begin < 128; begin += args.group_size) {
            const long end = begin + args.group_size;
            const at::Tensor v = numbers.slice(1, begin, end), block = damped.slice(0, begin, end).slice(1, begin, end);
            const at::Tensor slope = (v * gradient.slice(1, begin, end)).sum(1),
                             curvature = (at::mm(v, block) * v).sum(1);
            out.slope = std::max(out.slope, (slope.square() / curvature).max().item<double>() / total);
        }
    }
    return out;
}

std::vector<double> awq_against_tokens(bool shared_heads) {
    at::manual_seed(14);
    const at::Tensor x = inputs(500, 96), weight = at::randn({64, 96}) * 0.05;
    SmoothingProblem problem;
    problem.weight = weight;
    problem.weight_reach = weight.abs().amax(0) * 2;
    problem.reach = x.abs().amax(0) * 2;
    problem.hessian = at::mm(x.t(), x);
    problem.weights = with_group_size(preset("W4A16"), 32).weights;
    if (shared_heads) { // heads of 16 channels, two to a value head
        const at::Tensor channel = at::arange(96);
        problem.expansion = at::floor_divide(channel, 32) * 16 + channel.remainder(16);
        problem.reach = at::ones({48});
        problem.weight_reach = at::ones({48});
    }
    SmoothingOptions options;
    options.rule = SmoothingRule::awq;
    const SmoothingChoice choice = choose_smoothing(problem, options, "site");
    const at::Tensor scales = expanded(choice.scales, problem.expansion), scaled = weight * scales;
    const WeightGrid grid = weight_grid(scaled, problem.weights, {});
    const at::Tensor wide = x.to(at::kDouble), exact = at::mm(wide, weight.to(at::kDouble).t()),
                     rounded = at::mm(wide / scales, grid.decoded(grid.nearest_codes(scaled)).to(at::kDouble).t());
    const double direct = (rounded - exact).square().sum().item<double>() / exact.square().sum().item<double>();
    double unscaled = 0, chosen = 1;
    for (std::size_t i = 0; i < choice.strengths.size(); ++i) {
        if (choice.strengths[i] < 0) unscaled = choice.errors[i];
        chosen = std::min(chosen, choice.errors[i]);
    }
    const at::Tensor moved = at::mm(x / scales, scaled.t());
    return {std::abs(chosen / direct - 1), choice.alpha, chosen / unscaled,
            ((moved - exact).abs().max() / exact.abs().max()).item<double>()};
}
