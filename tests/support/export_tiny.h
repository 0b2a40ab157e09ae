// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "architecture/architecture.h"
#include "compressed_tensors/exporter.h"
#include "job/round_matrix.h"
#include "number/number.h"

/// Rounds every matrix that the recipe quantizes and hands it to the exporter, as a job does. Static input scales are
/// made up.
inline void write_rounded(const octavo::ModelFolder& model, const octavo::ResolvedRecipe& resolved,
                          octavo::Exporter& exporter) {
    using namespace octavo;
    const auto source_of = [&](const Module& module) {
        return [&model, &module](std::int64_t first, std::span<float> rows) {
            const TensorSpec& spec = model.spec(module.name + ".weight");
            to_float(
                spec.dtype,
                model.data(spec.name).subspan(static_cast<std::size_t>(first * module.columns) * size_of(spec.dtype),
                                              rows.size() * size_of(spec.dtype)),
                rows);
        };
    };
    for (std::size_t i = 0; i < resolved.modules.size(); ++i) {
        if (!resolved.schemes[i]) continue;
        const Module& module = resolved.modules[i];
        float absmax = absmax_of(module, source_of(module), 1);
        for (const Module& other : resolved.modules)
            if (!module.fused_set.empty() && other.fused_set == module.fused_set)
                absmax = std::max(absmax, absmax_of(other, source_of(other), 1));
        const Dtype dtype = model.spec(module.name + ".weight").dtype;
        RoundedMatrix rounded =
            round_matrix(module, resolved.schemes[i]->weights, source_of(module), {.dtype = dtype, .absmax = absmax});
        rounded.matrix.input = InputScale{0.5f, 3};
        exporter.write(module.name, compressed(module, *resolved.schemes[i], dtype, rounded.matrix));
    }
}

inline octavo::ResolvedRecipe resolved_for(const octavo::ModelFolder& model, const char* scheme) {
    using namespace octavo;
    return resolve(Recipe::for_scheme(preset(scheme)), linear_modules(read_model_config(model)));
}

inline void export_rounded(const std::filesystem::path& source, const std::filesystem::path& target, const char* scheme,
                           std::uint64_t shard_bytes = std::uint64_t(5) << 30) {
    using namespace octavo;
    const ModelFolder model(source);
    const ResolvedRecipe resolved = resolved_for(model, scheme);
    Exporter exporter(model, resolved, {.target = target, .shard_bytes = shard_bytes});
    write_rounded(model, resolved, exporter);
    exporter.finish();
}
