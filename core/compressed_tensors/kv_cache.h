// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "architecture/model_config.h"
#include "checkpoint/safetensors.h"

namespace octavo {

/// "….self_attn.k_scale" and "….v_scale" of every layer, [1] or [kv_heads, 1, 1], in the dtype of scales: what keys
/// (after rotation) and values in E4M3 are multiplied by. Empty for a cache of 16 bit.
std::vector<TensorSpec> kv_cache_tensors(const ModelConfig& config, KvCache cache);

/// Is it a scale of keys, values or queries ("….k_scale")?
bool is_cache_scale(std::string_view tensor);

} // namespace octavo
