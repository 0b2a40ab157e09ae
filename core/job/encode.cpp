// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/encode.h"

#include <chrono>
#include <cmath>
#include <set>

#include "compressed_tensors/compressor.h"
#include "compressed_tensors/finite.h"
#include "job/process.h"
#include "number/number.h"

namespace octavo {

namespace {

constexpr std::int64_t block_elements = std::int64_t(1) << 18; // 1 MB of floats: stays in the second-level cache

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

[[noreturn]] void refuse_not_finite(const std::string& folder, const std::string& tensor, std::int64_t element) {
    throw Error(ErrorCode::not_finite, msg("The model holds NaN or infinity in %1 (element %2)", tensor, element),
                msg("Download the model again; if it is the same then, it is broken at its source."),
                {.file = folder, .tensor = tensor});
}

struct EncodedMatrix {
    CompressedMatrix tensors;
    EncodeStatistics statistics;
};

EncodedMatrix encode_matrix(const Job& job, const Module& module, const Scheme& scheme, int threads, int device) {
    const std::string weight = module.name + ".weight";
    const Dtype dtype = job.model.spec(weight).dtype;
    const std::span<const std::byte> data = job.model.data(weight);
    const std::int64_t rows_per_block = std::max<std::int64_t>(1, block_elements / module.columns);
    const std::int64_t blocks = (module.rows + rows_per_block - 1) / rows_per_block;
    const Compressor& compressor = compressor_for(scheme);

    EncodedMatrix encoded{empty_matrix(module, scheme, dtype), {}};
    std::vector<EncodeStatistics> parts(static_cast<std::size_t>(blocks));
    parallel_for(threads, blocks, [&](std::int64_t block) {
        job.throw_if_stopped();
        const std::int64_t first = block * rows_per_block, count = std::min(rows_per_block, module.rows - first);
        const auto row_bytes = static_cast<std::size_t>(module.columns) * size_of(dtype);
        const auto source =
            data.subspan(static_cast<std::size_t>(first) * row_bytes, static_cast<std::size_t>(count) * row_bytes);
        if (const std::int64_t bad = first_not_finite(dtype, source); bad >= 0)
            refuse_not_finite(job.model.path().string(), weight, first * module.columns + bad);
        std::vector<float> rows(static_cast<std::size_t>(count * module.columns));
        to_float(dtype, source, rows);
        parts[static_cast<std::size_t>(block)] =
            compressor.encode_rows(rows, first, module, scheme, dtype, device, encoded.tensors);
    });
    // In the order of the rows, so that the sums do not depend on the threads.
    for (const EncodeStatistics& part : parts) encoded.statistics.add(part);
    job.model.drop(weight);
    return encoded;
}

void keep_statistics(Job& job, const Module& module, const EncodedMatrix& encoded, Dtype dtype) {
    const std::vector<std::byte>& stored = encoded.tensors.at("weight_scale");
    std::vector<float> scales(stored.size() / size_of(dtype));
    to_float(dtype, stored, scales);
    job.run.put(module.name, "weight_scale", std::move(scales));
    job.run.put(module.name, "weight_histogram",
                {encoded.statistics.histogram.begin(), encoded.statistics.histogram.end()});
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

    for (std::size_t i = 0; i < modules.size(); ++i) {
        const Module& module = modules[i];
        const std::optional<Scheme>& scheme = job.resolved.schemes[i];
        if (!scheme) continue;
        job.throw_if_stopped();
        const auto matrix_started = std::chrono::steady_clock::now();
        const EncodedMatrix encoded = encode_matrix(job, module, *scheme, threads, device);
        job.exporter.write(module.name, encoded.tensors);
        const TensorSpec& source = job.model.spec(module.name + ".weight");
        keep_statistics(job, module, encoded, scale_dtype_for(source.dtype));

        MatrixReport report;
        report.name = module.name;
        report.role = module.role;
        report.scheme = scheme->name;
        report.site = site_of(module);
        report.layer = module.layer;
        report.rows = module.rows;
        report.columns = module.columns;
        report.bytes_before = source.bytes();
        for (const auto& [name, bytes] : encoded.tensors) report.bytes_after += bytes.size();
        report.weight_sqnr_db = encoded.statistics.sqnr_db();
        report.seconds = seconds_since(matrix_started);
        job.sink.on_event(MatrixFinished{std::move(report)});

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
