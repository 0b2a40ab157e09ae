// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/rounding_choices.h"

#include <algorithm>
#include <cmath>

#include "architecture/architecture.h"
#include "base/stop.h"
#include "job/round_matrix.h"
#include "number/number.h"

namespace octavo {

namespace {

constexpr std::int64_t sampled_weights = std::int64_t(1) << 22;

/// Smoothing divides the input by what it multiplies the weights with.
std::vector<float> smoothing_of(const InputStatistics& input) {
    std::vector<float> out(input.mean_square_before.size(), 1.0f);
    for (std::size_t k = 0; k < input.mean_square_after.size(); ++k)
        if (const float after = input.mean_square_after[k]; after > 0 && input.mean_square_before[k] > 0)
            out[k] = std::sqrt(input.mean_square_before[k] / after);
    return out;
}

/// Every n-th row of a matrix, smoothed; cells of several rows are kept whole.
class SampledRows {
public:
    SampledRows(const ModelFolder& folder, const Module& module, const Scheme& scheme, const InputStatistics& input)
        : folder_(folder), module_(module), smoothing_(smoothing_of(input)) {
        const bool by_row = scheme.weights.strategy == Strategy::channel || scheme.weights.strategy == Strategy::group;
        const std::int64_t weights = module.rows * module.columns;
        if (by_row) stride_ = std::max<std::int64_t>(1, weights / sampled_weights);
        module_.rows = by_row ? (module.rows + stride_ - 1) / stride_ : module.rows;
        const auto [rows, columns] = shape(folder.spec(name()));
        if (rows != module.rows || columns != module.columns)
            throw Error(ErrorCode::unusable_model, msg("The weights do not have the sizes that the run recorded"),
                        msg("Open the model that the run was made of."),
                        {.file = folder.path().string(), .tensor = name()});
        dtype_ = folder.spec(name()).dtype;
        data_ = folder.data(name());
    }
    ~SampledRows() { folder_.drop(name()); }
    SampledRows(const SampledRows&) = delete;
    SampledRows& operator=(const SampledRows&) = delete;

    const Module& module() const { return module_; } ///< with the number of sampled rows
    Dtype dtype() const { return dtype_; }

    void read(std::int64_t first, std::span<float> out) const {
        const auto columns = static_cast<std::size_t>(module_.columns), bytes = columns * size_of(dtype_);
        for (std::size_t row = 0; row * columns < out.size(); ++row) {
            const auto at = static_cast<std::size_t>(first + static_cast<std::int64_t>(row)) *
                            static_cast<std::size_t>(stride_) * bytes;
            const std::span<float> to = out.subspan(row * columns, columns);
            to_float(dtype_, data_.subspan(at, bytes), to);
            for (std::size_t k = 0; k < columns; ++k) to[k] *= smoothing_[k];
        }
    }

private:
    std::string name() const { return module_.name + ".weight"; }

    static std::pair<std::int64_t, std::int64_t> shape(const TensorSpec& spec) {
        return spec.shape.size() == 2 ? std::pair(spec.shape[0], spec.shape[1])
                                      : std::pair<std::int64_t, std::int64_t>();
    }

    const ModelFolder& folder_;
    Module module_;
    std::vector<float> smoothing_;
    std::int64_t stride_ = 1;
    Dtype dtype_ = Dtype::f32;
    std::span<const std::byte> data_;
};

std::vector<Scheme> grids_of(const Scheme& scheme, std::int64_t columns) {
    std::vector<Scheme> out{scheme};
    if (!has_free_group_size(scheme)) return out;
    std::vector<int> sizes = group_sizes();
    sizes.insert(sizes.begin(), 0); // one scale per row
    for (const int size : sizes)
        if (size != scheme.weights.group_size && (size == 0 || columns % size == 0))
            out.push_back(with_group_size(scheme, size));
    return out;
}

} // namespace

std::vector<RoundingChoice> rounding_choices(const ModelFolder& folder, const Module& module, const Scheme& scheme,
                                             const InputStatistics& input, int threads, const std::stop_token& stop) {
    const auto columns = static_cast<std::size_t>(module.columns);
    if (input.mean_square_before.size() != columns ||
        (!input.mean_square_after.empty() && input.mean_square_after.size() != columns))
        throw Error(ErrorCode::internal,
                    msg("Statistics of %1 channels for a matrix of %2 columns", input.mean_square_before.size(),
                        module.columns),
                    {}, {.tensor = module.name});
    const SampledRows rows(folder, module, scheme, input);
    const auto source = [&](std::int64_t first, std::span<float> out) {
        throw_if_stopped(stop);
        rows.read(first, out);
    };
    std::vector<RoundingChoice> out;
    for (const Scheme& grid : grids_of(scheme, module.columns))
        for (const bool searched : {false, true}) {
            if (searched && grid.weights.strategy == Strategy::tensor) continue; // its one scale is the extremes'
            RoundingOptions options{.dtype = rows.dtype(), .search = searched, .threads = threads};
            options.importance = input.mean_square_after.empty() ? input.mean_square_before : input.mean_square_after;
            const RoundingStatistics found = round_matrix(rows.module(), grid.weights, source, options).statistics;
            out.push_back({grid.weights.group_size, searched, found.signal > 0 ? found.noise / found.signal : 0,
                           compressed_bytes_of(module, grid, rows.dtype())});
        }
    return out;
}

std::vector<OtherGrid> other_grids(const Run& run, const std::string& matrix, int threads,
                                   const std::stop_token& stop) {
    const auto report = std::find_if(run.record.layers.begin(), run.record.layers.end(),
                                     [&](const MatrixReport& each) { return each.name == matrix; });
    if (report == run.record.layers.end() || report->scheme.empty()) return {};
    const Recipe recipe = recipe_from_json(run.record.recipe, {});
    const std::vector<float> before = run.statistics.get(report->site, "mean_square_before"),
                             after = run.statistics.get(report->site, "mean_square_after");
    if (before.empty() || recipe.smoothing.rotate_residual || recipe.smoothing.rotate_values) return {};
    const ModelFolder folder(run.record.model.path);
    const ResolvedRecipe resolved = resolve(recipe, linear_modules(read_model_config(folder)));
    const auto place = resolved.find(matrix);
    if (!place || !resolved.schemes[*place]) return {};
    const bool searched = resolved.solvers[*place].scales != ScaleMethod::extremes;
    const std::vector<RoundingChoice> all =
        rounding_choices(folder, resolved.modules[*place], *resolved.schemes[*place], {before, after}, threads, stop);
    const int groups = all.front().group_size;
    const auto own = std::find_if(all.begin(), all.end(), [&](const RoundingChoice& each) {
        return each.group_size == groups && each.searched == searched;
    });
    if (own == all.end() || !(own->error > 0)) return {};
    std::vector<OtherGrid> out;
    for (const RoundingChoice& each : all) {
        const bool other_groups = each.group_size != groups, other_scales = each.searched != searched;
        if (other_groups != other_scales) out.push_back({each, other_groups, each.error / own->error});
    }
    return out;
}

} // namespace octavo
