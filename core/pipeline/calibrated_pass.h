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
    void run_layer(int layer);
    void embed();
    void attention(int layer, Stage& attention_input, Stage& output_input);
    void add_output(Stage& output_input, Stage& mlp_input);
    void mlp(Stage& mlp_input, Stage& down_input);
    void add_down(Stage& down_input, const Linear& down);
    /// Divides a norm's weight by what the stage asks for, as far as its dtype can hold it; exports it.
    void smooth_norm(Stage& stage, at::Tensor& norm, const std::string& name);
    /// Divides the rows of a matrix that was solved just before (v or up) by what the stage that reads its output asks
    /// for.
    void smooth_rows(Stage& stage, Stage& producer, const std::string& role, bool enabled);
    Stage make_stage(int layer, const std::string& site);
    /// x normalised, observed by `stage`, for one chunk that was just finished.
    void observe_normalized(Stage& stage, const at::Tensor& norm, const Chunk& chunk);
    void advance(const Chunk& chunk, std::int64_t weights, std::int64_t observed_channels, const std::string& item);

    Job& job_;
    const ModelConfig& config_;
    Device device_;
    WeightReader reader_;
    StageContext context_;
    std::vector<Chunk> chunks_;
    Decoder decoder_;
    at::Tensor hidden_;                            ///< [tokens, hidden]: the residual stream
    at::Tensor attended_;                          ///< [tokens, heads·d]
    at::Tensor gated_;                             ///< [tokens, intermediate]
    std::unique_ptr<Stage> first_;                 ///< the attention input of the layer to come, observed already
    std::unique_ptr<LayerWeights> weights_, next_; ///< of this layer and the next; stages point into them
    PassProgress progress_;
};

} // namespace octavo
