// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>

#include "architecture/architecture.h"
#include "base/error.h"
#include "checkpoint/model_folder.h"
#include "recipe/recipe.h"

namespace octavo {

/// What a calibrated run holds, in bytes: one layer with its Hessians and samples, and the activations of all tokens
/// between two layers.
struct MemoryNeeds {
    std::uint64_t layer = 0, activations = 0;
    std::int64_t tokens = 0;
};

/// What there is. `disk` is where activations would go that do not fit.
struct MemoryAtHand {
    std::uint64_t memory = 0, disk = 0;
};

/// How many bytes of activations stay in memory; the rest goes to a file. Unless `wanted` says it, that is all of them,
/// or what fits beside the layer. Throws Error(out_of_memory), Error(disk_full), with what would fit.
std::uint64_t plan_activations(const MemoryNeeds& needs, const MemoryAtHand& at_hand,
                               std::optional<std::uint64_t> wanted);

/// All of them.
constexpr std::uint64_t in_memory = std::numeric_limits<std::uint64_t>::max();

/// A device with what is free on it now (0 = not known), and what the host can spare for activations that do not fit.
struct DeviceAtHand {
    std::uint64_t free = 0, total = 0, host = 0;
    std::string name; ///< "cuda:0"
};

/// How many bytes of activations stay on a device; the rest goes to the host. Unless `wanted` says it, that is all of
/// them, or what fits beside the layer and the chunks on their way. Throws Error(out_of_memory) with what would fit.
std::uint64_t plan_device(const MemoryNeeds& needs, const DeviceAtHand& at_hand, std::optional<std::uint64_t> wanted);

/// What encoding without data holds at a time: the largest matrix of them, as codes and as they are stored. The model's
/// pages are not counted, the system takes them back when it likes.
std::uint64_t encoding_bytes(const ResolvedRecipe& resolved, int threads);
/// Throws Error(out_of_memory).
void check_encoding_memory(std::uint64_t needed, std::uint64_t free);

/// What a journal grows to: every quantized matrix as it is exported.
std::uint64_t journal_bytes(const ModelFolder& model, const ResolvedRecipe& resolved);

/// A job on this machine, as it is now.
struct JobPlace {
    int device = -1, threads = 1; ///< −1 = CPU
    std::filesystem::path run_folder;
    std::optional<std::uint64_t> activation_memory; ///< as the request says
};

struct MemoryPlan {
    std::uint64_t activations = in_memory; ///< plan_activations() or plan_device()
    std::uint64_t on_disk = 0;             ///< bytes of activations that go to the run folder's disk
    Message note;                          ///< empty when there is nothing to say
};

/// Said before it starts: too little memory, and what would fit. `config` may be null for a recipe without data. Throws
/// as the functions above do.
MemoryPlan plan_memory(const ModelFolder& model, const ModelConfig* config, const ResolvedRecipe& resolved,
                       std::int64_t tokens, const JobPlace& place);

} // namespace octavo
