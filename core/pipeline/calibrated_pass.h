// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "job/job.h"
#include "model/decoder.h"
#include "pipeline/progress.h"
#include "pipeline/stage.h"

namespace octavo {

/// The walk over the decoder layers (DESIGN "The way of the data"): every stage's input is observed while it is
/// produced, the matrices that read it are smoothed and solved, and the quantized matrices produce the input of the
/// next stage. Every matrix is multiplied once per calibration token.
class CalibratedPass {
public:
    CalibratedPass(Job& job, Device device);
    void run();

private:
    void embed();
    /// Observes, solves and propagates through one layer.
    void run_layer(int layer);
    /// Walks past a layer that an interrupted run had finished, and writes again what it had found: the same bits as
    /// run_layer(), without its work.
    void replay_layer(int layer);
    // The four multiplications of a layer. Each sees its input as `view` says; what it produces is observed by `next`
    // unless that is null.
    void attention(int layer, const SiteView& view, Stage* next);
    void add_output(int layer, const SiteView& view, Stage* next);
    void mlp(int layer, const SiteView& view, Stage* next);
    void add_down(int layer, const SiteView& view, const Linear& down, Stage* next);
    /// To the next layer, whose input is observed while this one's output is added.
    void leave_layer(int layer, const SiteView& down_view);
    void keep_in_journal();
    /// Divides a norm's weight by what the stage asks for, as far as its dtype can hold it; exports it.
    void smooth_norm(Stage& stage, at::Tensor& norm, const std::string& name);
    /// Divides the rows of a matrix that was solved just before (v or up) by what the stage that reads its output asks
    /// for.
    void smooth_rows(Stage& stage, Stage& producer, const std::string& role, bool enabled);
    Stage make_stage(int layer, const std::string& site);
    void restore_matrix(int layer, const Module& module, const Scheme& scheme, const LayerEntry& entry);
    SiteView restored_view(int layer, const std::string& site, const LayerEntry& entry) const;
    /// x normalised, observed by `stage` unless that is null, for one chunk that was just finished.
    void observe_normalized(Stage* stage, const at::Tensor& norm, const Chunk& chunk);
    void advance(const Chunk& chunk, std::int64_t weights, std::int64_t observed_channels, const std::string& item);

    Job& job_;
    const ModelConfig& config_;
    Device device_;
    WeightReader reader_;
    StageContext context_;
    std::vector<Chunk> chunks_;
    Decoder decoder_;
    at::Tensor hidden_;            ///< [tokens, hidden]: the residual stream
    at::Tensor attended_;          ///< [tokens, heads·d]
    at::Tensor gated_;             ///< [tokens, intermediate], in the same memory
    std::unique_ptr<Stage> first_; ///< the attention input of the layer to come, observed already; null while replaying
    std::unique_ptr<LayerWeights> weights_, next_; ///< of this layer and the next; stages point into them
    PassProgress progress_;
};

} // namespace octavo
