// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/encode.h"

#include <chrono>
#include <map>
#include <set>

#include "compressed_tensors/finite.h"
#include "job/round_matrix.h"
#include "number/number.h"

namespace octavo {

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

[[noreturn]] void refuse_not_finite(const std::string& folder, const std::string& tensor, std::int64_t element) {
    throw Error(ErrorCode::not_finite, msg("The model holds NaN or infinity in %1 (element %2)", tensor, element),
                msg("Download the model again; if it is the same then, it is broken at its source."),
                {.file = folder, .tensor = tensor});
}

/// The rows of a module's weight as they are in the checkpoint.
RowSource rows_of(const Job& job, const Module& module) {
    const std::string weight = module.name + ".weight";
    const Dtype dtype = job.model.spec(weight).dtype;
    const std::span<const std::byte> data = job.model.data(weight);
    return [&job, weight, dtype, data, columns = module.columns](std::int64_t first, std::span<float> rows) {
        job.throw_if_stopped();
        const auto begin = static_cast<std::size_t>(first * columns) * size_of(dtype);
        const auto source = data.subspan(begin, rows.size() * size_of(dtype));
        if (const std::int64_t bad = first_not_finite(dtype, source); bad >= 0)
            refuse_not_finite(job.model.path().string(), weight, first * columns + bad);
        to_float(dtype, source, rows);
    };
}

/// Largest |w| of each fused set (or single matrix) whose members share a global scale.
class SharedExtremes {
public:
    SharedExtremes(const Job& job, int threads) : job_(job), threads_(threads) {
        for (const Module& module : job.resolved.modules)
            if (!module.fused_set.empty()) members_[module.fused_set].push_back(&module);
    }

    float of(const Module& module, const QuantizationArgs& args) {
        if (args.strategy != Strategy::tensor_group || module.fused_set.empty()) return 0; // its own will do
        const auto [known, added] = by_set_.emplace(module.fused_set, 0.0f);
        if (!added) return known->second;
        for (const Module* other : members_[module.fused_set])
            known->second = std::max(known->second, absmax_of(*other, rows_of(job_, *other), threads_));
        return known->second;
    }

private:
    const Job& job_;
    int threads_;
    std::map<std::string, std::vector<const Module*>> members_;
    std::map<std::string, float> by_set_;
};

void keep_statistics(Job& job, const Module& module, const QuantizationArgs& args, const RoundedMatrix& rounded) {
    job.run.put(module.name, "weight_scale", mean_scales(module, args, rounded.matrix));
    job.run.put(module.name, "weight_histogram",
                {rounded.statistics.histogram.begin(), rounded.statistics.histogram.end()});
    job.sink.on_event(StatisticsSaved{module.name});
}

} // namespace

void encode_without_data(Job& job, int threads, int device) {
    const auto started = std::chrono::steady_clock::now();
    const std::vector<Module>& modules = job.resolved.modules;
    Progress progress;
    progress.phase = "encode";
    progress.layers = job.config ? job.config->layers : 0;
    for (std::size_t i = 0; i < modules.size(); ++i)
        if (job.resolved.schemes[i])
            progress.total += static_cast<double>(modules[i].rows) * static_cast<double>(modules[i].columns);

    SharedExtremes extremes(job, threads);
    for (std::size_t i = 0; i < modules.size(); ++i) {
        const Module& module = modules[i];
        const std::optional<Scheme>& scheme = job.resolved.schemes[i];
        if (!scheme) continue;
        job.throw_if_stopped();
        job.run.check();
        const auto matrix_started = std::chrono::steady_clock::now();
        const TensorSpec& source = job.model.spec(module.name + ".weight");
        RoundedMatrix rounded = round_matrix(module, scheme->weights, rows_of(job, module),
                                             {.dtype = source.dtype,
                                              .search = job.resolved.solvers[i].scales != ScaleMethod::extremes,
                                              .threads = threads,
                                              .device = device,
                                              .absmax = extremes.of(module, scheme->weights)});
        job.model.drop(source.name);
        const CompressedMatrix tensors = compressed(module, *scheme, source.dtype, rounded.matrix);
        job.exporter.write(module.name, tensors);
        MatrixReport report;
        report.name = module.name;
        report.role = module.role;
        report.scheme = scheme->name;
        report.site = site_of(module);
        report.layer = module.layer;
        report.rows = module.rows;
        report.columns = module.columns;
        report.bytes_before = source.bytes();
        for (const auto& [name, bytes] : tensors) report.bytes_after += bytes.size();
        job.meter.add("encode", {.bytes = static_cast<double>(report.bytes_before + report.bytes_after)});
        report.weight_sqnr_db = rounded.statistics.sqnr_db();
        report.seconds = seconds_since(matrix_started);
        job.sink.on_event(MatrixFinished{std::move(report)});
        keep_statistics(job, module, scheme->weights, rounded);

        progress.item = module.name;
        progress.layer = module.layer;
        progress.done += static_cast<double>(module.rows) * static_cast<double>(module.columns);
        progress.elapsed_seconds = seconds_since(started);
        progress.remaining_seconds = progress.elapsed_seconds * (progress.total - progress.done) / progress.done;
        job.sink.on_event(progress);
    }
}

void check_kept_tensors(const ModelFolder& model, const ResolvedRecipe& resolved, std::stop_token stop) {
    std::set<std::string, std::less<>> quantized;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i)
        if (resolved.schemes[i]) quantized.insert(resolved.modules[i].name + ".weight");
    for (const TensorSpec& spec : model.tensors()) {
        if (quantized.contains(spec.name)) continue;
        if (stop.stop_requested()) throw Error(ErrorCode::cancelled, msg("Cancelled"));
        if (const std::int64_t bad = first_not_finite(spec.dtype, model.data(spec.name)); bad >= 0)
            refuse_not_finite(model.path().string(), spec.name, bad);
        model.drop(spec.name);
    }
}

} // namespace octavo
