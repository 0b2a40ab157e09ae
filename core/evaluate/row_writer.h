// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "model/decoder.h"
#include "pipeline/progress.h"

#include <functional>
#include <map>
#include <random>

namespace octavo {

using TokenRows = std::vector<std::vector<std::int32_t>>;

/// A model with all its layers in memory, as 32-bit floats, that goes on with rows of tokens with a KV cache.
class RowWriter {
public:
    /// Of what is written: `token` was chosen as the next one of row `row`, from `logits` [vocabulary].
    using Watcher = std::function<void(std::size_t row, std::int32_t token, const at::Tensor& logits)>;

    /// Reads the model. Throws Error(out_of_memory) at the door with `advice` in it. The arguments have to live on.
    RowWriter(const GenerateRequest& request, const std::filesystem::path& model, Message advice,
              PassProgress& progress, const std::stop_token& stop);

    /// Goes on with the prompts `which` of the request; whole rows, in the same order. What a row becomes does not
    /// depend on which others are written in the same call, rounding apart.
    TokenRows run(const std::vector<std::size_t>& which, const Watcher& watch = {});

    const ModelConfig& config() const { return config_; }

private:
    struct Row {
        std::size_t index = 0;
        std::mt19937_64 random;
        bool done = false;
    };

    void check_memory(Message advice) const;
    std::size_t rows_together() const;
    at::Tensor next_logits(const TokenRows& fresh, std::vector<LayerCache>& past) const;
    bool ends(std::int32_t token) const;
    /// Rows of one length, all at once.
    void write(const std::vector<std::size_t>& rows, std::map<std::size_t, std::vector<std::int32_t>>& out,
               const Watcher& watch);

    const GenerateRequest& request_;
    const std::stop_token& stop_;
    PassProgress& progress_;
    ModelFolder folder_;
    ModelConfig config_;
    Device device_;
    WeightReader reader_;
    Decoder decoder_;
    std::vector<LayerWeights> layers_;
    Norm norm_;
    Linear head_;
};

/// Tokens of the finished row of a prompt, at most.
std::int64_t length_of(const GenerateRequest& request, std::size_t prompt);
/// Tokens that all rows add together, at most; at least 1.
std::int64_t tokens_to_write(const GenerateRequest& request);
/// Throws Error(usage) for an empty prompt or a sampling option out of range.
void check_options(const GenerateRequest& request);

} // namespace octavo
