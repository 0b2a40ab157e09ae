// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/recipe.h"

namespace octavo {

Json kv_cache_scheme(KvCache cache) {
    if (cache == KvCache::as_is) return {};
    Json out;
    out["num_bits"] = 8;
    out["type"] = "float";
    out["symmetric"] = true;
    out["strategy"] = cache == KvCache::fp8 ? "tensor" : "attn_head";
    out["dynamic"] = false;
    out["observer"] = "static_minmax";
    return out;
}

std::optional<KvCache> kv_cache_from_json(const Json& scheme) {
    if (scheme.is_null()) return KvCache::as_is;
    if (!scheme.is_object()) return {};
    const auto is = [&](const char* key, const Json& wanted) { return scheme.value(key, Json()) == wanted; };
    const bool dynamic = !is("dynamic", nullptr) && !is("dynamic", false);
    if (!is("num_bits", 8) || !is("type", "float") || !is("symmetric", true) || dynamic) return {};
    if (is("strategy", "tensor")) return KvCache::fp8;
    if (is("strategy", "attn_head")) return KvCache::fp8_per_head;
    return {};
}

} // namespace octavo
