// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/weight_noise.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/stop.h"
#include "job/process.h"
#include "job/round_matrix.h"
#include "number/number.h"

namespace octavo {

namespace {

constexpr std::int64_t block_elements = std::int64_t(1) << 18;

struct Part {
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
    const auto source = [&](std::int64_t first, std::span<float> rows) {
        throw_if_stopped(stop);
        const auto begin = static_cast<std::size_t>(first * module.columns) * size_of(dtype);
        to_float(dtype, data.subspan(begin, rows.size() * size_of(dtype)), rows);
        if (first_not_finite(rows) >= 0)
            throw Error(ErrorCode::not_finite, msg("The weights hold NaN or infinity"),
                        msg("The checkpoint is damaged or its training diverged: use an intact copy."),
                        {.tensor = name});
    };
    const std::int64_t per_block = std::max<std::int64_t>(1, block_elements / module.columns);
    std::vector<Part> parts(static_cast<std::size_t>((module.rows + per_block - 1) / per_block));
    parallel_for(threads, static_cast<std::int64_t>(parts.size()), [&](std::int64_t block) {
        const std::int64_t first = block * per_block, count = std::min(per_block, module.rows - first);
        std::vector<float> rows(static_cast<std::size_t>(count * module.columns));
        source(first, rows);
        observe(rows, module.columns, parts[static_cast<std::size_t>(block)]);
    });
    // In the order of the rows, so that the sums do not depend on the threads.
    for (const Part& part : parts) {
        outlier_ = std::max(outlier_, part.outlier);
        for (int i = 0; i < 4; ++i) powers_[i] += part.powers[i];
    }
    const RoundingStatistics rounding =
        round_matrix(module, scheme.weights, source, {.dtype = dtype, .threads = threads}).statistics;
    signal_ += rounding.signal;
    noise_ += rounding.noise;
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
