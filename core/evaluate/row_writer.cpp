// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/row_writer.h"

#include "base/stop.h"
#include "compressed_tensors/decompress.h"
#include "evaluate/room.h"
#include "model/finite.h"
#include "report/units.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace octavo {

namespace {

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

std::int64_t longest(const GenerateRequest& request) {
    std::int64_t out = 1;
    for (std::size_t i = 0; i < request.prompts.size(); ++i) out = std::max(out, length_of(request, i));
    return out;
}

} // namespace

std::int64_t length_of(const GenerateRequest& request, std::size_t prompt) {
    const auto own = static_cast<std::int64_t>(request.prompts[prompt].size());
    return request.new_tokens > 0 ? own + request.new_tokens : std::max(own, request.length);
}

std::int64_t tokens_to_write(const GenerateRequest& request) {
    std::int64_t out = 0;
    for (std::size_t i = 0; i < request.prompts.size(); ++i)
        out += length_of(request, i) - static_cast<std::int64_t>(request.prompts[i].size());
    return std::max<std::int64_t>(out, 1);
}

void check_options(const GenerateRequest& request) {
    if (!(request.temperature >= 0 && request.temperature <= 100) || !(request.top_p > 0 && request.top_p <= 1))
        throw Error(ErrorCode::usage, msg("The sampling options are out of range"),
                    msg("The temperature is 0 or more, the share of the likeliest tokens above 0 and at most 1."));
    for (const auto& prompt : request.prompts)
        if (prompt.empty())
            throw Error(ErrorCode::usage, msg("A text to be continued is empty"), msg("Give at least one token."));
}

RowWriter::RowWriter(const GenerateRequest& request, const std::filesystem::path& model, Message advice,
                     PassProgress& progress, const std::stop_token& stop)
    : request_(request), stop_(stop), progress_(progress), folder_(model), config_(read_model_config(folder_)),
      device_(open_device(request.device, request.threads)), reader_(folder_, config_, device_),
      decoder_(config_, device_, longest(request)) {
    check_memory(std::move(advice));
    if (folder_.quantization_config()) reader_.set_quantization(read_quantization(folder_, linear_modules(config_)));
    for (int layer = 0; layer < config_.layers; ++layer) {
        throw_if_stopped(stop_);
        layers_.push_back(reader_.layer(layer));
        reader_.drop_layer(layer);
    }
    norm_ = reader_.norm(config_.prefix + "norm");
    head_ = reader_.head();
}

TokenRows RowWriter::run(const std::vector<std::size_t>& which, const Watcher& watch) {
    std::map<std::size_t, std::vector<std::size_t>> by_length;
    std::map<std::size_t, std::vector<std::int32_t>> written;
    for (const std::size_t i : which) {
        by_length[request_.prompts[i].size()].push_back(i);
        written[i] = request_.prompts[i];
    }
    const std::size_t together = rows_together();
    for (const auto& [length, rows] : by_length)
        for (std::size_t first = 0; first < rows.size(); first += together)
            write({rows.begin() + static_cast<std::ptrdiff_t>(first),
                   rows.begin() + static_cast<std::ptrdiff_t>(std::min(first + together, rows.size()))},
                  written, watch);
    TokenRows out;
    for (const std::size_t i : which) out.push_back(std::move(written[i]));
    return out;
}

void RowWriter::check_memory(Message advice) const {
    const std::size_t rows = std::min(rows_together(), request_.prompts.size());
    const std::uint64_t needed = writing_bytes(config_, static_cast<std::int64_t>(rows), longest(request_)),
                        free = free_memory(device_);
    if (free == 0 || needed <= free) return;
    throw Error(ErrorCode::out_of_memory,
                msg("Writing text with this model takes about %1 of memory, and %2 are free", bytes_text(needed),
                    bytes_text(free)),
                std::move(advice), {.file = folder_.path().string()});
}

std::size_t RowWriter::rows_together() const {
    const double row = static_cast<double>(config_.heads) * (config_.head_dim + config_.value_dim()) * 4 *
                       config_.layers * static_cast<double>(longest(request_));
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(static_cast<std::int64_t>(cache_bytes / row), 1, most_rows));
}

/// Logits of the last of the new tokens of each row, [rows, vocabulary].
at::Tensor RowWriter::next_logits(const TokenRows& fresh, std::vector<LayerCache>& past) const {
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

bool RowWriter::ends(std::int32_t token) const {
    return request_.stop_at_end && std::ranges::find(config_.eos_tokens, token) != config_.eos_tokens.end();
}

void RowWriter::write(const std::vector<std::size_t>& rows, std::map<std::size_t, std::vector<std::int32_t>>& out,
                      const Watcher& watch) {
    std::vector<LayerCache> past(static_cast<std::size_t>(config_.layers));
    std::vector<Row> states;
    TokenRows fresh;
    for (const std::size_t row : rows) {
        std::seed_seq seeds{request_.seed & 0xffffffffu, request_.seed >> 32, std::uint64_t(row)};
        states.push_back({row, std::mt19937_64(seeds), false});
        fresh.push_back(out[row]);
    }
    const std::int64_t target = length_of(request_, rows.front());
    for (auto length = static_cast<std::int64_t>(fresh[0].size()); length < target; ++length) {
        const at::Tensor logits = next_logits(fresh, past);
        for (std::size_t i = 0; i < states.size(); ++i) {
            Row& row = states[i];
            const at::Tensor own = logits[static_cast<std::int64_t>(i)];
            const std::int32_t token = sampled(own, request_.temperature, request_.top_p, row.random);
            fresh[i] = {token};
            if (row.done) continue;
            if (watch) watch(row.index, token, own);
            out[row.index].push_back(token);
            row.done = ends(token);
        }
        progress_.advance(static_cast<double>(rows.size()), "");
        if (std::ranges::all_of(states, &Row::done)) {
            progress_.advance(static_cast<double>(rows.size()) * static_cast<double>(target - length - 1), "");
            return;
        }
    }
}

} // namespace octavo
