// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/stream.h"

#include "base/error.h"
#include "compressed_tensors/decompress.h"
#include "model/finite.h"

#include <algorithm>

namespace octavo {

ModelStream::ModelStream(const std::filesystem::path& folder, Device device,
                         const std::vector<std::vector<std::int32_t>>& rows)
    : folder_(folder), config_(read_model_config(folder_)), device_(device), reader_(folder_, config_, device) {
    if (folder_.quantization_config()) reader_.set_quantization(read_quantization(folder_, linear_modules(config_)));
    std::vector<std::int32_t> ids;
    std::size_t longest = 0;
    for (const auto& row : rows) {
        ids.insert(ids.end(), row.begin(), row.end());
        longest = std::max(longest, row.size());
    }
    decoder_ = std::make_unique<Decoder>(config_, device, static_cast<std::int64_t>(longest));
    hidden_ = reader_.embedded(ids);
}

void ModelStream::run_layer(int index, const std::vector<Chunk>& chunks,
                            const std::function<void(const Chunk&)>& between) {
    const LayerWeights weights = reader_.layer(index);
    for (const Chunk& chunk : chunks) {
        at::Tensor part = hidden_.slice(0, chunk.begin, chunk.end);
        part.copy_(decoder_->forward(weights, part, chunk, index));
        between(chunk);
    }
    const std::string prefix = config_.layer_prefix(index);
    check_activations(hidden_, prefix.substr(0, prefix.size() - 1), folder_.path().string());
    reader_.drop_layer(index);
}

void ModelStream::finish_layers() {
    norm_ = reader_.norm(config_.prefix + "norm");
    head_ = reader_.head();
}

at::Tensor ModelStream::logits(std::int64_t begin, std::int64_t end) const {
    at::Tensor out = decoder_->logits(head_, decoder_->normalized(hidden_.slice(0, begin, end), norm_));
    check_activations(out, config_.head, folder_.path().string());
    return out;
}

at::Tensor ModelStream::log_probabilities(std::int64_t begin, std::int64_t end) const {
    return at::log_softmax(logits(begin, end), -1);
}

} // namespace octavo
