// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/stage.h"

#include "base/error.h"
#include "model/products.h"
#include "quantize/quadratic.h"
#include "quantize/refine.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <tuple>

namespace octavo {

void StageContext::put(const std::string& owner, const std::string& statistic, std::vector<float> values) {
    entry.arrays[owner][statistic] = values;
    job.run.put(owner, statistic, std::move(values));
}

void StageContext::finished(MatrixReport report) {
    entry.reports.push_back(report);
    job.sink.on_event(MatrixFinished{std::move(report)});
}

void StageContext::write(const std::string& name, const at::Tensor& tensor) {
    StoredTensor& kept = entry.tensors["kept/" + name] = stored(tensor);
    job.exporter.write(name, kept.bytes);
}

Activations SiteView::seen(const at::Tensor& x, bool producer_divides) const {
    return quantized(x, input, producer_divides ? at::Tensor() : inverse);
}

Stage::Stage(StageContext& context, const std::string& site, std::int64_t channels, std::vector<StageMatrix> matrices,
             const SmoothingGroup* group, std::optional<std::vector<std::int64_t>> sample)
    : context_(context), site_(site), matrices_(std::move(matrices)), group_(group),
      observer_(channels, sample ? std::move(*sample) : context.sample, context.device,
                matrices_.empty()                                                   ? Products::none
                : context.job.resolved.recipe.solver.correction == Correction::none ? Products::fast
                                                                                    : Products::exact) {}

bool Stage::quantizes() const {
    return std::any_of(matrices_.begin(), matrices_.end(),
                       [](const StageMatrix& matrix) { return matrix.scheme.has_value(); });
}

bool Stage::feeds_quantized() const {
    return quantizes() || std::any_of(readers_.begin(), readers_.end(),
                                      [](const StageMatrix& matrix) { return matrix.scheme.has_value(); });
}

std::vector<const StageMatrix*> Stage::all_readers() const {
    std::vector<const StageMatrix*> out;
    for (const StageMatrix& matrix : matrices_) out.push_back(&matrix);
    // A router has no say in the scales.
    for (const StageMatrix& matrix : readers_)
        if (matrix.scheme) out.push_back(&matrix);
    return out;
}

void Stage::follow(const Stage& whole) {
    choice_ = whole.choice_;
    // The curve of the strengths is shown where it was measured.
    choice_.strengths.clear();
    choice_.errors.clear();
    scales_ = whole.scales_;
    inverse_ = whole.inverse_;
}

at::Tensor Stage::expansion() const {
    if (!group_ || group_->spread.empty()) return {};
    return at::tensor(group_->spread).to(context_.device.device);
}

void Stage::observe(const at::Tensor& x, std::int64_t first, const at::Tensor& scale) {
    const WorkMeter::Timing timing = context_.job.meter.time("observe");
    observer_.observe(x, first, scale);
    const auto tokens = static_cast<double>(x.size(0)), channels = static_cast<double>(x.size(1));
    const double products = matrices_.empty() ? 0 : tokens * channels * (channels + 1);
    context_.job.meter.add("observe", {.products = observer_.narrow() ? 0 : products,
                                       .narrow_products = observer_.narrow() ? products : 0,
                                       .bytes = static_cast<double>(x.nbytes())});
}

void Stage::observe_products(const at::Tensor& x, const at::Tensor& other) {
    const WorkMeter::Timing timing = context_.job.meter.time("observe");
    observer_.observe_reference(x, other);
    context_.job.meter.add("observe",
                           {.products = 2.0 * static_cast<double>(x.numel()) * static_cast<double>(other.size(1))});
}

at::Tensor Stage::choose_scales(std::int64_t producer_channels) {
    const WorkMeter::Timing timing = context_.job.meter.time("smooth");
    const auto started = std::chrono::steady_clock::now();
    const SmoothingOptions& options = context_.job.resolved.recipe.smoothing;
    observer_.check_finite(site_);
    SmoothingProblem problem;
    problem.expansion = expansion();
    std::vector<at::Tensor> weights;
    const StageMatrix* quantized = nullptr;
    for (const StageMatrix* matrix : all_readers()) {
        if (!matrix->scheme) continue;
        weights.push_back(matrix->linear->weight);
        if (!quantized) quantized = matrix;
    }
    problem.weight = weights.size() == 1 ? weights.front() : at::cat(weights);
    const at::Tensor reach = options.statistic == SmoothingStatistic::range ? observer_.maximum() - observer_.minimum()
                                                                            : observer_.absmax() * 2;
    problem.reach = reach.to(context_.device.device);
    problem.weight_reach = (column_sizes(problem.weight).absmax * 2).to(context_.device.device);
    if (problem.expansion.defined()) {
        const auto widest = [&](const at::Tensor& values) {
            return at::zeros({producer_channels}, values.options())
                .scatter_reduce(0, problem.expansion, values, "amax");
        };
        problem.reach = widest(problem.reach);
        problem.weight_reach = widest(problem.weight_reach);
    }
    problem.sample = observer_.sample();
    // A dynamic quantizer's error grows with the token, so that a token's weight may be multiplied in; a static one's
    // does not.
    if (const at::Tensor scale = observer_.sample_scale();
        scale.defined() && (!quantized->scheme->input || quantized->scheme->input->dynamic != Dynamic::no))
        problem.sample = problem.sample * scale;
    problem.weights = quantized->scheme->weights;
    problem.input = quantized->scheme->input;
    problem.scale_dtype = scale_dtype_for(context_.config.dtype);
    if (options.rule == SmoothingRule::awq && !matrices_.empty()) problem.hessian = observer_.hessian();
    choice_ = choose_smoothing(problem, options, site_, context_.job.stop);
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return choice_.scales;
}

void Stage::set_scales(const at::Tensor& scales) {
    scales_ = expanded(scales, expansion());
    inverse_ = scales_.reciprocal().contiguous();
}

SiteView Stage::view() const {
    if (matrices_.empty()) return {std::nullopt, inverse_};
    return {propagated_input(context_.job.resolved.recipe, matrices_.front().scheme, fixed_), inverse_};
}

std::optional<InputScale> Stage::input_scale() const {
    // The input of experts alone has no matrix of its own.
    if (matrices_.empty() || !matrices_.front().scheme || !matrices_.front().scheme->input) return {};
    const std::optional<Scheme>& scheme = matrices_.front().scheme;
    const auto [low, high] = input_range();
    return static_input_scale(*scheme->input, low, high, scale_dtype_for(context_.config.dtype));
}

std::pair<float, float> Stage::input_range() const {
    const at::Tensor inverse = inverse_.defined() ? inverse_.cpu() : at::ones_like(observer_.minimum());
    const float low = (observer_.minimum() * inverse).min().item<float>(),
                high = (observer_.maximum() * inverse).max().item<float>();
    const double percentile = context_.job.resolved.recipe.activation_percentile;
    const at::Tensor sample = observer_.sample();
    if (percentile >= 100 || sample.numel() == 0 || matrices_.front().scheme->input->dynamic != Dynamic::no)
        return {low, high};
    const at::Tensor magnitudes = (inverse_.defined() ? sample * inverse_ : sample).abs().flatten();
    const auto rank = static_cast<std::int64_t>(std::ceil(percentile / 100 * static_cast<double>(magnitudes.numel())));
    const float bound = std::get<0>(at::kthvalue(magnitudes, std::max<std::int64_t>(rank, 1))).item<float>();
    return {std::max(low, -bound), std::min(high, bound)};
}

std::optional<InputGrid> Stage::propagated_input(const Recipe& recipe, const std::optional<Scheme>& scheme,
                                                 const std::optional<InputScale>& fixed) {
    if (!scheme || !scheme->input || !recipe.quantize_activations) return {};
    return InputGrid{*scheme->input, fixed};
}

void Stage::replace(Linear& linear, const Solution& solution, const Scheme& scheme, const Device& device) {
    linear.weight = solution.weight;
    if (!multiplies_codes(scheme) || !takes_codes(device, linear.weight.size(0), linear.weight.size(1))) return;
    set_codes(linear, solution.codes.view(at::kChar), solution.grid.scales.flatten());
}

void Stage::solve() {
    const auto started = std::chrono::steady_clock::now();
    observer_.check_finite(site_);
    const WorkMeter::Timing timing = context_.job.meter.time("solve");
    keep_input_statistics();
    fixed_ = input_scale();
    for (StageMatrix& matrix : matrices_) matrix.original = matrix.linear->weight;
    if (quantizes()) {
        context_.job.throw_if_stopped();
        at::Tensor hessian = observer_.hessian();
        if (scales_.defined()) hessian.mul_(inverse_.unsqueeze(0)).mul_(inverse_.unsqueeze(1)); // a copy of its own
        // One for all, unless an override asks for another damping, shrinkage or order.
        std::map<std::tuple<double, double, bool>, HessianFactor> factors;
        const auto factor_of = [&](const SolverOptions& solver) -> const HessianFactor& {
            const std::tuple key(solver.damping, solver.shrinkage, solver.activation_order);
            const auto known = factors.find(key);
            return known != factors.end() ? known->second
                                          : factors.emplace(key, factorized(hessian, solver)).first->second;
        };
        SolverOptions plain = first_quantized().solver;
        plain.shrinkage = 0; // the spectrum is that of the input
        keep_spectrum(factor_of(plain));
        for (StageMatrix& matrix : matrices_)
            if (matrix.scheme) matrix.wanted = wanted(matrix, factor_of(matrix.solver));
        for (StageMatrix& matrix : matrices_) {
            context_.job.throw_if_stopped();
            if (matrix.scheme) solve_matrix(matrix, factor_of(matrix.solver), hessian.diagonal());
        }
    }
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

HessianFactor Stage::factorized(const at::Tensor& hessian, const SolverOptions& solver) {
    WorkMeter& meter = context_.job.meter;
    const WorkMeter::Timing timing = meter.time("factorise");
    const auto channels = static_cast<double>(hessian.size(0));
    meter.add("factorise", {.products = channels * channels * channels / 3});
    return factorize(hessian, solver, site_, context_.job.stop);
}

const StageMatrix& Stage::first_quantized() const {
    return *std::ranges::find_if(matrices_, [](const StageMatrix& matrix) { return matrix.scheme.has_value(); });
}

at::Tensor Stage::smoothed(const StageMatrix& matrix) const {
    return scales_.defined() ? matrix.original * scales_ : matrix.original;
}

void Stage::observe_branch(const at::Tensor& x, std::int64_t first, const at::Tensor& hidden, bool normalized) {
    token_scale_ = at::Tensor();
    if (context_.job.resolved.recipe.solver.relative && !normalized && quantizes()) {
        // ‖W x‖² from the columns' norms: near enough, and exact where one channel outweighs the others.
        const at::Tensor columns = matrices_.front().linear->weight.square().sum(0);
        const at::Tensor energy = at::mv(x.square(), columns).add_(hidden.square().sum(1));
        token_scale_ = energy.div_(hidden.size(1)).clamp_min_(1e-12).rsqrt_().unsqueeze(1);
    }
    observe(x, first, token_scale_);
}

void Stage::observe_reference(const at::Tensor& x, const at::Tensor& original) {
    if (quantizes()) observe_products(x, original - x);
}

void Stage::observe_target(const at::Tensor& x, const at::Tensor& target) {
    if (!quantizes()) return;
    has_target_ = true;
    if (token_scale_.defined())
        observe_products(x * token_scale_, target * token_scale_);
    else
        observe_products(x, target);
}

at::Tensor Stage::wanted(const StageMatrix& matrix, const HessianFactor& factor) const {
    const at::Tensor& reference = observer_.reference_products();
    if (!reference.defined()) return smoothed(matrix);
    at::Tensor missing = has_target_ ? reference - product(matrix.original, observer_.hessian(), context_.job.stop)
                                     : product(matrix.original, reference, context_.job.stop);
    if (inverse_.defined()) missing.mul_(inverse_);
    return corrected(smoothed(matrix), missing, factor, context_.job.stop);
}

float Stage::fused_absmax(const StageMatrix& matrix) const {
    float largest = 0;
    for (const StageMatrix& other : matrices_)
        if (&other == &matrix || (!other.module.fused_set.empty() && other.module.fused_set == matrix.module.fused_set))
            largest = std::max(largest, other.wanted.abs().max().item<float>());
    return largest;
}

void Stage::solve_matrix(StageMatrix& matrix, const HessianFactor& factor, const at::Tensor& importance) {
    const SolverOptions& solver = matrix.solver;
    const at::Tensor& weight = matrix.wanted;
    matrix.damping = factor.damping;
    matrix.escalations = factor.escalations;
    const QuantizationArgs& args = matrix.scheme->weights;
    WeightGrid grid = weight_grid(weight, args,
                                  {.dtype = scale_dtype_for(context_.config.dtype),
                                   .method = solver.scales,
                                   .importance = importance,
                                   .absmax = args.strategy == Strategy::tensor_group ? fused_absmax(matrix) : 0});
    if (solver.method == SolverMethod::gptq) {
        matrix.solution = solve_gptq(weight, factor, std::move(grid), solver, context_.job.stop);
        const auto rows = static_cast<double>(weight.size(0)), columns = static_cast<double>(weight.size(1));
        context_.job.meter.add("solve", {.products = rows * columns * columns});
        measure_rounding(matrix.solution, weight, factor, context_.job.stop);
    } else {
        matrix.solution = round_to_nearest(weight, std::move(grid), &factor, context_.job.stop);
    }
    if (solver.sweeps > 0) refine(matrix.solution, weight, factor, solver.sweeps, context_.job.stop);
    replace(*matrix.linear, matrix.solution, *matrix.scheme, context_.device);
}

at::Tensor Stage::divide_rows(const std::string& role, const at::Tensor& divisor) {
    for (StageMatrix& matrix : matrices_) {
        if (matrix.module.role != role) continue;
        const kernels::Grid& grid = matrix.solution.grid.grid;
        if (grid.cell_rows != 1 || grid.scales != kernels::Scales::plain) return at::ones_like(divisor);
        at::Tensor& scales = matrix.solution.grid.scales;
        const at::Tensor wanted = divisor.cpu().unsqueeze(1);
        // Several scales of a row are rounded alike only by a power of two.
        at::Tensor divided = scales / (grid.across > 1 ? at::exp2(wanted.log2().round()) : wanted);
        divided = rounded_to(divided, scale_dtype_for(context_.config.dtype));
        const at::Tensor fits = (divided > 0).logical_and_(at::isfinite(divided)).all(1, true);
        divided = at::where(fits, divided, scales);
        matrix.row_divisor = (scales / divided).select(1, 0).to(divisor.device());
        context_.entry.tensors["solved_scales/" + matrix.module.name] = stored(scales);
        scales = divided;
        if (matrix.linear->bias.defined()) {
            const at::Tensor bias = (matrix.linear->bias / matrix.row_divisor)
                                        .to(scalar_type(context_.job.model.spec(matrix.module.name + ".bias").dtype));
            context_.write(matrix.module.name + ".bias", bias);
        }
        return matrix.row_divisor;
    }
    throw Error(ErrorCode::internal, msg("%1 has no %2", site_, role));
}

} // namespace octavo
