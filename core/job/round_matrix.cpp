// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/round_matrix.h"

#include <algorithm>
#include <cmath>

#include "job/process.h"
#include "quantize/kernels/encode.h"

namespace octavo {

namespace {

constexpr std::int64_t block_elements = std::int64_t(1) << 18; // 1 MB of floats: stays in the second-level cache

/// Rows per block: whole cells, unless one cell is the whole matrix.
std::int64_t rows_per_block(const Module& module, std::int64_t cell_rows) {
    const std::int64_t rows = std::max<std::int64_t>(1, block_elements / std::max<std::int64_t>(1, module.columns));
    return cell_rows >= module.rows ? rows : (rows + cell_rows - 1) / cell_rows * cell_rows;
}

template <class Work>
void for_blocks(const Module& module, std::int64_t per_block, const RowSource& source, int threads, Work&& work) {
    parallel_for(threads, (module.rows + per_block - 1) / per_block, [&](std::int64_t block) {
        const std::int64_t first = block * per_block, count = std::min(per_block, module.rows - first);
        std::vector<float> rows(static_cast<std::size_t>(count * module.columns));
        source(first, rows);
        work(block, first, count, std::span<const float>(rows));
    });
}

/// The rows [first, first + count) against their codes.
RoundingStatistics measure(const kernels::Grid& grid, std::span<const float> rows, std::int64_t columns,
                           std::span<const float> importance, const std::uint8_t* codes, const float* scales,
                           const std::int8_t* zero_points) {
    const std::uint8_t shift = grid.numbers == kernels::Numbers::integer ? 128 : 0; // bin 0 is code −128
    const std::int64_t count = static_cast<std::int64_t>(rows.size()) / columns;
    RoundingStatistics statistics;
    std::vector<float> decoded(rows.size());
    kernels::decode(grid, codes, count, columns, scales, zero_points, decoded.data());
    // Two histograms in turn: equal neighbours would otherwise wait for each other's store.
    std::array<std::array<std::uint32_t, 256>, 2> counts{};
    for (std::size_t begin = 0; begin < rows.size(); begin += static_cast<std::size_t>(columns)) {
        double signal = 0, noise = 0;
        for (std::size_t i = begin; i < begin + static_cast<std::size_t>(columns); ++i) {
            const float error = rows[i] - decoded[i];
            const double counts_for = importance.empty() ? 1.0 : static_cast<double>(importance[i - begin]);
            signal += counts_for * rows[i] * rows[i];
            noise += counts_for * error * error;
            ++counts[i & 1][static_cast<std::uint8_t>(codes[i] + shift)];
        }
        statistics.signal += signal;
        statistics.noise += noise;
    }
    for (std::size_t bin = 0; bin < 256; ++bin)
        statistics.histogram[bin] = std::uint64_t(counts[0][bin]) + counts[1][bin];
    return statistics;
}

} // namespace

void RoundingStatistics::add(const RoundingStatistics& other) {
    signal += other.signal;
    noise += other.noise;
    for (std::size_t code = 0; code < histogram.size(); ++code) histogram[code] += other.histogram[code];
}

double RoundingStatistics::sqnr_db() const {
    constexpr double exact = 200; // finite, so that it survives JSON
    if (noise <= 0) return exact;
    return signal > 0 ? std::min(exact, 10 * std::log10(signal / noise)) : 0;
}

bool needs_absmax(const QuantizationArgs& args) {
    return args.strategy == Strategy::tensor || args.strategy == Strategy::tensor_group;
}

float absmax_of(const Module& module, const RowSource& source, int threads) {
    const std::int64_t per_block = rows_per_block(module, 1);
    std::vector<float> largest(static_cast<std::size_t>((module.rows + per_block - 1) / per_block));
    for_blocks(module, per_block, source, threads,
               [&](std::int64_t block, std::int64_t, std::int64_t, std::span<const float> rows) {
                   largest[static_cast<std::size_t>(block)] =
                       kernels::absolute_maximum(rows.data(), static_cast<std::int64_t>(rows.size()));
               });
    return largest.empty() ? 0.0f : *std::max_element(largest.begin(), largest.end());
}

RoundedMatrix round_matrix(const Module& module, const QuantizationArgs& args, const RowSource& source,
                           const RoundingOptions& options) {
    const Dtype dtype = scale_dtype_for(options.dtype);
    kernels::Grid grid = kernels::grid_of(args, dtype, module.rows, module.columns);
    RoundedMatrix out{empty_codes(module, args), {}};
    MatrixCodes& matrix = out.matrix;
    float absmax = options.absmax;
    if (needs_absmax(args) && !(absmax > 0)) absmax = absmax_of(module, source, options.threads);
    if (args.strategy == Strategy::tensor_group)
        grid.global_scale = matrix.global_scale = kernels::global_scale_for(absmax, dtype);
    if (args.strategy == Strategy::tensor) matrix.scales[0] = kernels::scale_for(grid, -absmax, absmax).scale;

    const bool on_device = options.device >= 0 && args.strategy != Strategy::tensor && !options.search;
    const kernels::ScaleSearch search{options.search, options.importance.empty() ? nullptr : options.importance.data()};
    const std::int64_t per_block = rows_per_block(module, grid.cell_rows);
    std::vector<RoundingStatistics> parts(static_cast<std::size_t>((module.rows + per_block - 1) / per_block));
    for_blocks(module, per_block, source, options.threads,
               [&](std::int64_t block, std::int64_t first, std::int64_t count, std::span<const float> rows) {
                   const std::int64_t cell = first / grid.cell_rows * grid.across;
                   float* scales = matrix.scales.data() + cell;
                   std::int8_t* zeros = args.symmetric ? nullptr : matrix.zero_points.data() + cell;
                   std::uint8_t* codes = matrix.codes.data() + first * module.columns;
                   if (on_device) {
                       const auto cells =
                           static_cast<std::size_t>((count + grid.cell_rows - 1) / grid.cell_rows * grid.across);
                       kernels::encode_on_device(options.device, grid, rows, count, module.columns, {scales, cells},
                                                 {zeros, zeros ? cells : 0}, {codes, rows.size()});
                   } else {
                       if (args.strategy != Strategy::tensor)
                           kernels::choose_scales(grid, search, rows.data(), count, module.columns, scales, zeros);
                       kernels::encode(grid, rows.data(), count, module.columns, scales, zeros, codes);
                   }
                   parts[static_cast<std::size_t>(block)] =
                       measure(grid, rows, module.columns, options.importance, codes, scales, zeros);
               });
    // In the order of the rows, so that the sums do not depend on the threads.
    for (const RoundingStatistics& part : parts) out.statistics.add(part);
    return out;
}

} // namespace octavo
