// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/kv_cache.h"

#include "compressed_tensors/compressor.h"

namespace octavo {

std::vector<TensorSpec> kv_cache_tensors(const ModelConfig& config, KvCache cache) {
    std::vector<TensorSpec> out;
    if (cache == KvCache::as_is) return out;
    const std::vector<std::int64_t> shape =
        cache == KvCache::fp8 ? std::vector<std::int64_t>{1} : std::vector<std::int64_t>{config.kv_heads, 1, 1};
    for (int layer = 0; layer < config.layers; ++layer)
        for (const char* name : {"self_attn.k_scale", "self_attn.v_scale"})
            out.push_back({config.layer_prefix(layer) + name, scale_dtype_for(config.dtype), shape});
    return out;
}

bool is_cache_scale(std::string_view tensor) {
    const std::string_view name = tensor.substr(tensor.rfind('.') + 1);
    return name == "k_scale" || name == "v_scale" || name == "q_scale";
}

} // namespace octavo
