// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "allocate/study.h"
#include "model/decoder.h"

namespace octavo {

/// The windows that a sensitivity is measured on.
struct ScoredRows {
    std::vector<std::vector<std::int32_t>> ids;
    std::vector<std::int64_t> lengths; ///< of the windows, in tokens
    std::int64_t tokens = 0;           ///< of all windows
    std::int64_t longest = 0;

    std::vector<std::int32_t> joined() const; ///< [tokens]
    /// Per window: nothing follows its last token.
    std::vector<std::int64_t> scored() const;
    /// Chunks over `copies` copies of the windows in which a layer takes about `operations` FLOP.
    std::vector<Chunk> chunks(const ModelConfig& config, std::size_t copies, double operations) const;
};

/// Cut as the request says; fills in what the protocol says of them. Throws Error(usage | unusable_data | cancelled).
ScoredRows cut_scored_rows(const SensitivityRequest& request, SensitivityProtocol& protocol,
                           const std::stop_token& stop);

/// One row of the table that is to be measured.
struct SensitivityTask {
    std::size_t row;
    const Scheme* scheme; ///< of the request
    std::vector<Module> modules;
    int layer;
};

/// The rows of decoder layers whose scheme the request names and that are not `known` yet, in the table's order.
std::vector<SensitivityTask> tasks_of(const SensitivityRequest& request, const SensitivityTable& table,
                                      const ModelConfig& config,
                                      const std::function<bool(const SensitivityRow&)>& known);

double layer_parameters(const ModelConfig& config); ///< weights of the matrices of a layer
double head_share(const ModelConfig& config);       ///< work of the head in layers

/// request.memory_bytes, or a share of what the device has.
std::uint64_t state_memory(const SensitivityRequest& request, const Device& device);

} // namespace octavo
