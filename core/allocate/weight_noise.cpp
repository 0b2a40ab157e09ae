// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/weight_noise.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/stop.h"
#include "compressed_tensors/compressor.h"
#include "job/process.h"
#include "number/number.h"

namespace octavo {

namespace {

constexpr std::int64_t block_elements = std::int64_t(1) << 18;

struct Part {
    EncodeStatistics statistics;
    double outlier = 0, powers[4] = {0, 0, 0, 0};
};

void observe(std::span<const float> rows, std::int64_t columns, Part& part) {
    for (std::size_t begin = 0; begin < rows.size(); begin += static_cast<std::size_t>(columns)) {
        double largest = 0, squares = 0;
        for (const float weight : rows.subspan(begin, static_cast<std::size_t>(columns))) {
            const double w = static_cast<double>(weight), square = w * w;
            part.powers[0] += w;
            squares += square;
            part.powers[2] += square * w;
            part.powers[3] += square * square;
            largest = std::max(largest, std::abs(w));
        }
        part.powers[1] += squares;
        if (squares > 0)
            part.outlier = std::max(part.outlier, largest / std::sqrt(squares / static_cast<double>(columns)));
    }
}

} // namespace

void WeightNoise::add(const ModelFolder& folder, const Module& module, const Scheme& scheme, int threads,
                      const std::stop_token& stop) {
    const std::string name = module.name + ".weight";
    const Dtype dtype = folder.spec(name).dtype;
    const std::span<const std::byte> data = folder.data(name);
    const Compressor& compressor = compressor_for(scheme);
    CompressedMatrix encoded = empty_matrix(module, scheme, dtype);
    // Whole blocks of 128 rows, which some schemes scale together.
    const std::int64_t per_block = std::max<std::int64_t>(1, block_elements / module.columns / 128) * 128;
    const std::int64_t blocks = (module.rows + per_block - 1) / per_block;
    std::vector<Part> parts(static_cast<std::size_t>(blocks));
    parallel_for(threads, blocks, [&](std::int64_t block) {
        throw_if_stopped(stop);
        const std::int64_t first = block * per_block, count = std::min(per_block, module.rows - first);
        const std::size_t row_bytes = static_cast<std::size_t>(module.columns) * size_of(dtype);
        std::vector<float> rows(static_cast<std::size_t>(count * module.columns));
        to_float(dtype,
                 data.subspan(static_cast<std::size_t>(first) * row_bytes, static_cast<std::size_t>(count) * row_bytes),
                 rows);
        if (first_not_finite(rows) >= 0)
            throw Error(ErrorCode::not_finite, msg("The weights hold NaN or infinity"),
                        msg("The checkpoint is damaged or its training diverged: use an intact copy."),
                        {.tensor = name});
        Part& part = parts[static_cast<std::size_t>(block)];
        observe(rows, module.columns, part);
        part.statistics = compressor.encode_rows(rows, first, module, scheme, dtype, -1, encoded);
    });
    // In the order of the rows, so that the sums do not depend on the threads.
    for (const Part& part : parts) {
        signal_ += part.statistics.signal;
        noise_ += part.statistics.noise;
        outlier_ = std::max(outlier_, part.outlier);
        for (int i = 0; i < 4; ++i) powers_[i] += part.powers[i];
    }
    count_ += static_cast<double>(module.rows) * static_cast<double>(module.columns);
    folder.drop(name);
}

double WeightNoise::sqnr_db() const {
    if (noise_ <= 0) return 200;
    return signal_ > 0 ? std::min(10 * std::log10(signal_ / noise_), 200.0) : 0;
}

double WeightNoise::outlier() const { return outlier_; }

double WeightNoise::kurtosis() const {
    if (count_ <= 0) return 0;
    const double mean = powers_[0] / count_, square = powers_[1] / count_, cube = powers_[2] / count_,
                 fourth = powers_[3] / count_, variance = square - mean * mean;
    if (!(variance > 0)) return 0;
    return (fourth - 4 * mean * cube + 6 * mean * mean * square - 3 * std::pow(mean, 4)) / (variance * variance);
}

} // namespace octavo
