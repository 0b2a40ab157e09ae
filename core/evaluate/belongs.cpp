// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/belongs.h"

#include "base/error.h"

namespace octavo {

namespace {

constexpr std::int64_t sampled_rows = 64;
constexpr double least_correlation = 0.9; ///< an 8-bit embedding is above 0.99, an unrelated one near 0

/// Cosines between sampled rows of the embedding, above the diagonal.
at::Tensor angles(const ModelStream& model) {
    std::vector<std::int32_t> ids;
    const std::int64_t vocabulary = model.config().vocabulary, count = std::min(sampled_rows, vocabulary);
    for (std::int64_t i = 0; i < count; ++i) ids.push_back(static_cast<std::int32_t>(i * vocabulary / count));
    const at::Tensor rows = model.embedded(ids).to(at::kCPU, at::kDouble);
    const at::Tensor unit = rows / rows.norm(2, {1}, true).clamp_min(1e-12);
    const at::Tensor above = at::ones({count, count}, at::kBool).triu(1);
    return at::mm(unit, unit.t()).masked_select(above);
}

} // namespace

void check_same_shape(const ModelFolder& model, const ModelFolder& reference) {
    const ModelConfig own = read_model_config(model), other = read_model_config(reference);
    if (own.layers == other.layers && own.vocabulary == other.vocabulary) return;
    throw Error(ErrorCode::unusable_model,
                msg("The model has %1 layers and a vocabulary of %2 tokens, its reference %3 and %4", own.layers,
                    own.vocabulary, other.layers, other.vocabulary),
                msg("Compare an export with the model it was made from."), Place{.file = reference.path().string()});
}

void check_belong_together(const ModelStream& model, const ModelStream& reference) {
    at::Tensor a = angles(model), b = angles(reference);
    a = a - a.mean();
    b = b - b.mean();
    const double scale = a.norm().item<double>() * b.norm().item<double>();
    if (!(scale > 0) || (a * b).sum().item<double>() / scale >= least_correlation) return;
    throw Error(ErrorCode::unusable_model,
                msg("The model was not made from this reference: their embeddings have nothing in common"),
                msg("Compare an export with the model it was made from."), Place{.file = reference.path().string()});
}

} // namespace octavo
