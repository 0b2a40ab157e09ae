// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "architecture/architecture.h"
#include "compressed_tensors/compressor.h"
#include "compressed_tensors/exporter.h"
#include "number/number.h"

/// Rounds every matrix that the recipe quantizes and hands it to the exporter, as a job does.
inline void write_rounded(const octavo::ModelFolder& model, const octavo::ResolvedRecipe& resolved,
                          octavo::Exporter& exporter) {
    using namespace octavo;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i) {
        if (!resolved.schemes[i]) continue;
        const Module& module = resolved.modules[i];
        const Dtype dtype = model.spec(module.name + ".weight").dtype;
        std::vector<float> rows(static_cast<std::size_t>(module.rows * module.columns));
        to_float(dtype, model.data(module.name + ".weight"), rows);
        CompressedMatrix matrix = empty_matrix(module, *resolved.schemes[i], dtype);
        compressor_for(*resolved.schemes[i]).encode_rows(rows, 0, module, *resolved.schemes[i], dtype, -1, matrix);
        exporter.write(module.name, matrix);
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
