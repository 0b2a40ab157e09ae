// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/generate.h"

#include "base/error.h"
#include "base/stop.h"
#include "compressed_tensors/decompress.h"
#include "hardware/detect.h"
#include "model/decoder.h"
#include "model/finite.h"
#include "pipeline/progress.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

namespace octavo {

namespace {

using Rows = std::vector<std::vector<std::int32_t>>;

constexpr double cache_bytes = 1024.0 * 1024 * 1024; ///< of all rows that are written together
constexpr std::int64_t most_rows = 64;

/// A number in [0, 1) of 53 bits: the distributions of the standard library differ between its implementations.
double draw(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

/// A token by its probability among those that make up the share `top_p` of a row of logits.
std::int32_t sampled(const at::Tensor& logits, double temperature, double top_p, std::mt19937_64& random) {
    if (temperature <= 0) return static_cast<std::int32_t>(logits.argmax().item<std::int64_t>());
    at::Tensor chances = at::softmax(logits.to(at::kDouble) / temperature, 0).cpu(), order;
    if (top_p < 1) std::tie(chances, order) = chances.sort(0, true);
    const at::Tensor sums = chances.cumsum(0).contiguous();
    const double* sum = sums.const_data_ptr<double>();
    const std::int64_t count = sums.size(0);
    // The first that reaches the share is the last that may be chosen.
    const auto last = std::min(std::lower_bound(sum, sum + count, top_p * sum[count - 1]) - sum, count - 1);
    const double aim = draw(random) * sum[last];
    const std::int64_t place = std::min<std::int64_t>(std::upper_bound(sum, sum + last, aim) - sum, last);
    return static_cast<std::int32_t>(order.defined() ? order[place].item<std::int64_t>() : place);
}

class Writer {
public:
    Writer(const GenerateRequest& request, Sink& sink, const std::stop_token& stop)
        : request_(request), stop_(stop), folder_(request.model), config_(read_model_config(folder_)),
          device_(open_device(request.device, request.threads)), reader_(folder_, config_, device_),
          decoder_(config_, device_, request.length),
          progress_(sink, stop, "generate", 1, static_cast<double>(tokens_to_write())) {
        check_memory();
        if (folder_.quantization_config())
            reader_.set_quantization(read_quantization(folder_, linear_modules(config_)));
        for (int layer = 0; layer < config_.layers; ++layer) {
            throw_if_stopped(stop_);
            layers_.push_back(reader_.layer(layer));
            reader_.drop_layer(layer);
        }
        norm_ = reader_.norm(config_.prefix + "norm");
        head_ = reader_.head();
    }

    Rows run() {
        std::map<std::size_t, std::vector<std::size_t>> by_length;
        for (std::size_t i = 0; i < request_.prompts.size(); ++i) by_length[request_.prompts[i].size()].push_back(i);
        Rows out = request_.prompts;
        progress_.start_layer(0);
        const std::size_t together = rows_together();
        for (const auto& [length, rows] : by_length)
            for (std::size_t first = 0; first < rows.size(); first += together)
                write({rows.begin() + static_cast<std::ptrdiff_t>(first),
                       rows.begin() + static_cast<std::ptrdiff_t>(std::min(first + together, rows.size()))},
                      out);
        return out;
    }

private:
    void check_memory() const {
        const double needed = static_cast<double>(config_.parameters()) * 4;
        if (!device_.is_cpu() || needed < 0.9 * static_cast<double>(detail::detect_cpu().memory_bytes)) return;
        throw Error(ErrorCode::out_of_memory,
                    msg("Writing text with this model takes %1 GiB of memory, more than this machine has",
                        std::ceil(needed / (1024.0 * 1024 * 1024))),
                    msg("Calibrate with a dataset instead."), {.file = folder_.path().string()});
    }

    std::int64_t tokens_to_write() const {
        std::int64_t out = 0;
        for (const auto& prompt : request_.prompts)
            out += std::max<std::int64_t>(request_.length - static_cast<std::int64_t>(prompt.size()), 0);
        return std::max<std::int64_t>(out, 1);
    }

    std::size_t rows_together() const {
        const double row = static_cast<double>(config_.heads) * (config_.head_dim + config_.value_dim()) * 4 *
                           config_.layers * static_cast<double>(request_.length);
        return static_cast<std::size_t>(
            std::clamp<std::int64_t>(static_cast<std::int64_t>(cache_bytes / row), 1, most_rows));
    }

    /// Logits of the last of the new tokens of each row, [rows, vocabulary].
    at::Tensor next_logits(const Rows& fresh, std::vector<LayerCache>& past) {
        const auto rows = static_cast<std::int64_t>(fresh.size()), count = static_cast<std::int64_t>(fresh[0].size());
        std::vector<std::int32_t> ids;
        for (const auto& row : fresh) ids.insert(ids.end(), row.begin(), row.end());
        at::Tensor x = reader_.embedded(ids);
        for (int layer = 0; layer < config_.layers; ++layer) {
            throw_if_stopped(stop_);
            const auto index = static_cast<std::size_t>(layer);
            x = decoder_.forward(layers_[index], x, rows, layer, past[index]);
        }
        const at::Tensor last = x.view({rows, count, config_.hidden}).select(1, count - 1).contiguous();
        at::Tensor out = decoder_.logits(head_, decoder_.normalized(last, norm_));
        check_activations(out, config_.head, folder_.path().string());
        return out;
    }

    bool ends(std::int32_t token) const {
        return request_.stop_at_end && std::ranges::find(config_.eos_tokens, token) != config_.eos_tokens.end();
    }

    void write(const std::vector<std::size_t>& rows, Rows& out) {
        std::vector<LayerCache> past(static_cast<std::size_t>(config_.layers));
        std::vector<std::mt19937_64> random;
        std::vector<bool> done(rows.size(), false);
        Rows fresh;
        for (const std::size_t row : rows) {
            std::seed_seq seeds{request_.seed & 0xffffffffu, request_.seed >> 32, std::uint64_t(row)};
            random.emplace_back(seeds);
            fresh.push_back(out[row]);
        }
        for (auto length = static_cast<std::int64_t>(fresh[0].size()); length < request_.length; ++length) {
            const at::Tensor logits = next_logits(fresh, past);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const std::int32_t token =
                    sampled(logits[static_cast<std::int64_t>(i)], request_.temperature, request_.top_p, random[i]);
                fresh[i] = {token};
                if (!done[i]) out[rows[i]].push_back(token);
                done[i] = done[i] || ends(token);
            }
            progress_.advance(static_cast<double>(rows.size()), "");
            if (std::ranges::find(done, false) == done.end()) return;
        }
    }

    const GenerateRequest& request_;
    const std::stop_token& stop_;
    ModelFolder folder_;
    ModelConfig config_;
    Device device_;
    WeightReader reader_;
    Decoder decoder_;
    PassProgress progress_;
    std::vector<LayerWeights> layers_;
    Norm norm_;
    Linear head_;
};

} // namespace

Rows generate(const GenerateRequest& request, Sink& sink, std::stop_token stop) {
    if (!(request.temperature >= 0 && request.temperature <= 100) || !(request.top_p > 0 && request.top_p <= 1))
        throw Error(ErrorCode::usage, msg("The sampling options are out of range"),
                    msg("The temperature is 0 or more, the share of the likeliest tokens above 0 and at most 1."));
    for (const auto& prompt : request.prompts)
        if (prompt.empty())
            throw Error(ErrorCode::usage, msg("A text to be continued is empty"), msg("Give at least one token."));
    if (request.prompts.empty()) return {};
    return Writer(request, sink, stop).run();
}

} // namespace octavo
