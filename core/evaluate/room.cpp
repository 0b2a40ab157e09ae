// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/room.h"

#include "base/error.h"
#include "hardware/hardware.h"
#include "model/device_memory.h"
#include "report/units.h"

#include <algorithm>

namespace octavo {

namespace {

constexpr std::uint64_t base_bytes = std::uint64_t(256) << 20;  ///< LibTorch's code and tables, tokenizer, ids
constexpr std::int64_t chunk_tokens = 2048, logit_tokens = 256; ///< of evaluate.cpp

std::uint64_t floats(std::int64_t count) { return static_cast<std::uint64_t>(count) * sizeof(float); }

} // namespace

std::uint64_t free_memory(const Device& device) {
    return device.is_cpu() ? available_memory() : free_on_device(device);
}

std::uint64_t evaluation_bytes(const ModelConfig& config, std::int64_t tokens, std::int64_t streams) {
    const std::int64_t head = config.vocabulary * config.hidden, chunk = std::min(tokens, chunk_tokens),
                       layer = std::max<std::int64_t>(config.parameters() - head, 0) / std::max(config.layers, 1);
    const std::uint64_t walking = floats(layer + chunk * (4 * config.hidden + 3 * config.intermediate)),
                        scoring = floats(streams * head + 5 * std::min(tokens, logit_tokens) * config.vocabulary);
    return base_bytes + floats(streams * tokens * config.hidden) + std::max(walking, scoring);
}

void check_evaluation_memory(const ModelConfig& config, std::int64_t windows, std::int64_t length, std::int64_t streams,
                             std::uint64_t free) {
    const std::uint64_t needed = evaluation_bytes(config, windows * length, streams);
    if (free == 0 || needed <= free) return;
    std::int64_t fits = windows;
    while (fits > 0 && evaluation_bytes(config, fits * length, streams) > free) --fits;
    throw Error(ErrorCode::out_of_memory,
                msg("Evaluating %1 windows of %2 tokens takes about %3 of memory, and %4 are free", windows, length,
                    bytes_text(needed), bytes_text(free)),
                fits > 0 ? msg("Use at most %1 windows (--windows) or shorter ones, or close other programs.", fits)
                         : msg("Close other programs, or use a machine with more memory."));
}

std::uint64_t writing_bytes(const ModelConfig& config, std::int64_t rows, std::int64_t length) {
    const std::int64_t cached = std::int64_t(config.heads) * (config.head_dim + config.value_dim()) * config.layers;
    return base_bytes + floats(config.parameters() + rows * (cached * length + 2 * config.vocabulary));
}

} // namespace octavo
