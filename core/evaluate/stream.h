// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "model/decoder.h"

namespace octavo {

/// One model on its way through the layers: the hidden states of all windows, one layer's weights at a time.
class ModelStream {
public:
    ModelStream(const std::filesystem::path& folder, Device device, const std::vector<std::vector<std::int32_t>>& rows);

    const ModelConfig& config() const { return config_; }
    const std::filesystem::path& path() const { return folder_.path(); }
    /// Rows of the embedding, [ids, hidden].
    at::Tensor embedded(const std::vector<std::int32_t>& ids) const { return reader_.embedded(ids); }
    /// All windows through layer `index`, chunk by chunk; `between` is called after each chunk. Throws
    /// Error(not_finite) naming folder and layer.
    void run_layer(int index, const std::vector<Chunk>& chunks, const std::function<void(const Chunk&)>& between);
    /// Loads final norm and head; after this no layer can be run.
    void finish_layers();
    /// Raw logits [end − begin, vocabulary] of the tokens [begin, end).
    at::Tensor logits(std::int64_t begin, std::int64_t end) const;
    /// log P(next token), the same shape.
    at::Tensor log_probabilities(std::int64_t begin, std::int64_t end) const;

private:
    ModelFolder folder_;
    ModelConfig config_;
    Device device_;
    WeightReader reader_;
    std::unique_ptr<Decoder> decoder_;
    at::Tensor hidden_; ///< [tokens, hidden]
    Norm norm_;
    Linear head_;
};

} // namespace octavo
