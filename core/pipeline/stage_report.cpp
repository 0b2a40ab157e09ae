// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/stage.h"
#include "quantize/spectrum.h"

#include <array>
#include <cmath>

// What a stage leaves in the run folder and in the export.
namespace octavo {

namespace {

double signal_to_noise(const at::Tensor& exact, const at::Tensor& approximate) {
    const double noise = (exact - approximate).square().sum(at::kDouble).item<double>(),
                 signal = exact.square().sum(at::kDouble).item<double>();
    return noise > 0 && signal > 0 ? 10 * std::log10(signal / noise) : 0;
}

} // namespace

void Stage::keep_spectrum(const HessianFactor& factor) {
    const WorkMeter::Timing timing = context_.job.meter.time("spectrum");
    context_.put(site_, "hessian_spectrum", hessian_spectrum(factor));
    context_.job.sink.on_event(StatisticsSaved{site_});
}

void Stage::keep_input_statistics() {
    const WorkMeter::Timing timing = context_.job.meter.time("store");
    const auto put = [&](const char* name, const at::Tensor& values) { context_.put(site_, name, to_vector(values)); };
    // A few hundred tokens show the shape of a distribution as well as all of them.
    const at::Tensor sample = observer_.sample().slice(0, 0, std::nullopt, 4).cpu().contiguous(),
                     mean_square = observer_.mean_square();
    put("min_before", observer_.minimum());
    put("max_before", observer_.maximum());
    put("absmax_before", observer_.absmax());
    put("mean_square_before", mean_square);
    const at::Tensor after = inverse_.defined() ? sample * inverse_.cpu() : sample;
    std::array<std::vector<float>, 4> pictures;
    in_turn(4, [&](std::int64_t i) {
        const at::Tensor& values = i == 0 || i == 3 ? sample : after;
        pictures[static_cast<std::size_t>(i)] = i < 2 ? log_histogram(values) : percentiles(values);
    });
    context_.put(site_, "histogram_before", pictures[0]);
    context_.put(site_, "percentiles_before", pictures[3]);
    at::Tensor reach, squares;
    std::int64_t rows = 0;
    for (const StageMatrix* matrix : all_readers()) {
        const at::Tensor& weight = matrix->linear->weight;
        const ColumnSizes sizes = column_sizes(weight);
        reach = reach.defined() ? at::maximum(reach, sizes.absmax) : sizes.absmax;
        squares = squares.defined() ? squares + sizes.square_sum : sizes.square_sum;
        rows += matrix->module.rows;
    }
    if (!reach.defined()) reach = squares = at::zeros_like(observer_.minimum());
    put("weight_absmax_before", reach);
    put("weight_mean_square_before", squares / static_cast<double>(std::max<std::int64_t>(rows, 1)));
    if (!choice_.strengths.empty()) {
        context_.put(site_, "strengths", {choice_.strengths.begin(), choice_.strengths.end()});
        context_.put(site_, "strength_errors", {choice_.errors.begin(), choice_.errors.end()});
        if (choice_.balanced) context_.put(site_, "balanced_error", {static_cast<float>(choice_.balanced_error)});
    }
    const at::Tensor inverse = inverse_.defined() ? inverse_.cpu() : at::ones_like(observer_.minimum());
    put("min_after", observer_.minimum() * inverse);
    put("max_after", observer_.maximum() * inverse);
    put("absmax_after", observer_.absmax() * inverse);
    put("mean_square_after", mean_square * inverse * inverse);
    put("weight_absmax_after", reach.cpu() / inverse);
    context_.put(site_, "histogram_after", pictures[1]);
    context_.put(site_, "percentiles_after", pictures[2]);
    if (scales_.defined()) put("smoothing_scale", scales_);
    context_.job.sink.on_event(StatisticsSaved{site_});
}

void Stage::keep_matrix_statistics(const StageMatrix& matrix) {
    const std::string& name = matrix.module.name;
    context_.put(name, "row_error", to_vector(matrix.solution.row_error));
    context_.put(name, "column_error", to_vector(matrix.solution.column_error));
    at::Tensor codes = matrix.solution.codes.cpu().to(at::kLong).flatten();
    // Integer codes are counted from −128 to 127, floating ones by their byte.
    if (matrix.scheme->weights.type == NumberType::integer) codes = (codes + 128).remainder(256);
    context_.put(name, "weight_histogram", to_vector(at::bincount(codes, {}, 256)));
    context_.job.sink.on_event(StatisticsSaved{name});
}

MatrixReport Stage::report(const StageMatrix& matrix) const {
    MatrixReport out;
    const Module& module = matrix.module;
    out.name = module.name;
    out.role = module.role;
    out.site = site_;
    out.layer = module.layer;
    out.rows = module.rows;
    out.columns = module.columns;
    out.bytes_before = context_.job.model.spec(module.name + ".weight").bytes();
    out.bytes_after = out.bytes_before;
    out.outlier_ratio = octavo::outlier_ratio(observer_.absmax());
    out.outlier_ratio_after =
        inverse_.defined() ? octavo::outlier_ratio(observer_.absmax() * inverse_.cpu()) : out.outlier_ratio;
    out.routed_tokens = routed_tokens_;
    out.filled_up = filled_up_;
    out.seconds = seconds_ / static_cast<double>(matrices_.size());
    if (!matrix.scheme) return out;
    out.scheme = matrix.scheme->name;
    out.bytes_after = compressed_bytes_of(module, *matrix.scheme, context_.config.dtype);
    const Solution& solution = matrix.solution;
    if (solution.energy > 0) {
        out.relative_error = solution.error / solution.energy;
        out.relative_error_rounding = solution.rounding_error / solution.energy;
    }
    out.weight_sqnr_db = signal_to_noise(matrix.wanted, solution.weight);
    out.smoothing_strength = scales_.defined() ? choice_.alpha : -1;
    out.damping = matrix.damping;
    out.damping_escalations = matrix.escalations;
    return out;
}

void Stage::finish() {
    const WorkMeter::Timing timing = context_.job.meter.time("store");
    LayerEntry& entry = context_.entry;
    for (StageMatrix& matrix : matrices_) {
        if (matrix.scheme) {
            const MatrixCodes codes = matrix_codes(matrix.solution, fixed_);
            context_.put(matrix.module.name, "weight_scale", mean_scales(matrix.module, matrix.scheme->weights, codes));
            keep_matrix_statistics(matrix);
            store_matrix(entry, matrix.module.name, codes);
            context_.job.exporter.write(matrix.module.name,
                                        compressed(matrix.module, *matrix.scheme, context_.config.dtype, codes));
        }
        context_.finished(report(matrix));
    }
    if (inverse_.defined()) entry.tensors["inverse/" + site_] = stored(inverse_);
    if (fixed_) entry.tensors["input/" + site_] = stored(*fixed_);
}

} // namespace octavo
