// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "architecture/architecture.h"
#include "hardware/hardware.h"
#include "recipe/recipe.h"

namespace octavo {

/// What a serving step moves and computes, per GPU.
struct ServingLoad {
    double weight_bytes = 0;         ///< read once per step: matrices and head, not the embedding
    double kv_bytes_per_token = 0;   ///< of one sequence's context
    double operations_per_token = 0; ///< of all products with weights (a multiply-add counts as two)
    double rate = 1; ///< arithmetic of the matrices relative to 16-bit products: 2 for native 8-bit ones
};

/// A roofline: bytes over the card's bandwidth or operations over its arithmetic, whichever takes longer. An estimate
/// from below; real servers reach a half to three quarters of it.
struct ServingSpeed {
    double decode_alone = 0;         ///< tokens/s of one sequence
    double decode_full = 0;          ///< tokens/s of `sequences` together
    double prefill = 0;              ///< prompt tokens/s
    bool full_is_arithmetic = false; ///< decoding together is bound by arithmetic, not by memory
};

/// None where the card's bandwidth or arithmetic is not known.
std::optional<ServingSpeed> serving_speed(const ServingLoad& load, const TargetGpu& target, double sequences,
                                          std::int64_t context);

/// Of a model before (`recipe` empty) or after quantization, split over `tensor_parallel` cards.
ServingLoad serving_load(const ModelConfig& config, const ResolvedRecipe* recipe, const TargetGpu& target,
                         int tensor_parallel, int kv_bytes_per_element);

/// What does not divide evenly over that many cards, each a sentence with the sizes; empty when vLLM can split it.
std::vector<Message> tensor_parallel_problems(const ModelConfig& config, const ResolvedRecipe& resolved,
                                              int tensor_parallel);

} // namespace octavo
