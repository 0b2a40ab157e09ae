// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/finite.h"
#include "pipeline/calibrated_pass.h"
#include "quantize/tensor_kernels.h"

// What is different where a device computes: chunks and batches are cut smaller when it runs out of memory.
namespace octavo {

namespace {

/// Rows [begin, end) of a chunk.
Chunk rows_of(const Chunk& chunk, std::int64_t begin, std::int64_t end) {
    Chunk out{chunk.begin, chunk.begin, {chunk.lengths.begin() + begin, chunk.lengths.begin() + end}};
    for (std::int64_t row = 0; row < begin; ++row) out.begin += chunk.lengths[static_cast<std::size_t>(row)];
    out.end = out.begin;
    for (const std::int64_t length : out.lengths) out.end += length;
    return out;
}

} // namespace

bool CalibratedPass::has_device() const {
    return is_on_device(at::empty({0}, at::TensorOptions().device(device_.device)));
}

void CalibratedPass::make_streams(std::int64_t inner) {
    const std::int64_t tokens = job_.calibration.tokens();
    // Experts pick their tokens from all over the streams, and a second stream is no matter of chunks alone.
    const bool resident = config_.experts.count > 0 || job_.resolved.recipe.solver.correction != Correction::none;
    const auto make = [&](at::IntArrayRef sizes) {
        return resident ? store_.make_resident(sizes) : store_.make(sizes);
    };
    hidden_ = make({tokens, config_.hidden});
    // One is read for the last time before the other is written for the first.
    gated_ = make({tokens * inner});
    attended_ = gated_.slice(0, 0, tokens * config_.attended()).view({tokens, config_.attended()});
    if (config_.experts.count) branch_ = make({tokens, config_.hidden});
}

void CalibratedPass::check_stream(const std::string& layer) const {
    at::Tensor sum = at::zeros({}, at::TensorOptions().dtype(at::kDouble).device(device_.device));
    for (const Chunk& chunk : chunks_) sum.add_(store_.load(hidden_, chunk.begin, chunk.end).sum(at::kDouble));
    check_activations(sum, layer);
}

void CalibratedPass::in_parts(const Chunk& chunk, const std::function<void(const Chunk&)>& work) {
    if (reference_) return work(chunk);
    rows_.run(static_cast<std::int64_t>(chunk.lengths.size()),
              [&](std::int64_t begin, std::int64_t end) { work(rows_of(chunk, begin, end)); });
}

void CalibratedPass::in_parts(const Batch& batch, const std::function<void(const Batch&)>& work) {
    if (reference_) return work(batch);
    tokens_.run(batch.end - batch.begin, [&](std::int64_t begin, std::int64_t end) {
        work({batch.begin + begin, batch.begin + end,
              batch.index.defined() ? batch.index.slice(0, begin, end) : at::Tensor()});
    });
}

} // namespace octavo
