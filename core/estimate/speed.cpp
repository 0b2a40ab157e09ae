// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimate/speed.h"

#include <algorithm>
#include <set>

#include "estimate/serving.h"

namespace octavo {

namespace {

/// Products of a scheme relative to 16-bit ones on a target that runs it natively: 8-bit operands go twice as fast, two
/// 4-bit floating ones four times.
double rate_of(const Scheme& scheme, const TargetGpu& target) {
    if (!scheme.input) return 1;
    if (ServingRules::instance().support(scheme.name, target.capability).support != Support::native) return 1;
    return scheme.weights.bits == 4 && scheme.input->bits == 4 ? 4 : 2;
}

bool splits_rows(const Module& module) { return module.role == "o_proj" || module.role == "down_proj"; }

} // namespace

std::optional<ServingSpeed> serving_speed(const ServingLoad& load, const TargetGpu& target, double sequences,
                                          std::int64_t context) {
    if (target.memory_bandwidth <= 0 || target.operations <= 0 || load.weight_bytes <= 0) return std::nullopt;
    const double arithmetic = load.operations_per_token / (target.operations * load.rate); // seconds per token
    const auto step = [&](double together, double tokens) {
        const double bytes = load.weight_bytes + together * load.kv_bytes_per_token * static_cast<double>(context);
        return std::max(bytes / target.memory_bandwidth, tokens * arithmetic);
    };
    ServingSpeed out;
    out.decode_alone = 1 / step(1, 1);
    const double full = std::max(1.0, sequences);
    out.decode_full = full / step(full, full);
    out.full_is_arithmetic = full * arithmetic >= step(full, full);
    const double prompt = std::max<double>(1, static_cast<double>(context));
    out.prefill = prompt / step(0, prompt);
    return out;
}

ServingLoad serving_load(const ModelConfig& config, const ResolvedRecipe* recipe, const TargetGpu& target,
                         int tensor_parallel, int kv_bytes_per_element) {
    const std::vector<Module> modules = recipe ? recipe->modules : linear_modules(config);
    const double cards = std::max(1, tensor_parallel);
    ServingLoad out;
    double seconds = 0; // in units of 16-bit operations
    for (std::size_t i = 0; i < modules.size(); ++i) {
        const Module& module = modules[i];
        if (module.rows < 1 || module.class_name == "VisionLinear") continue;
        const double elements = static_cast<double>(module.rows) * static_cast<double>(module.columns);
        const bool expert = module.name.find(".experts.") != std::string::npos;
        const double used =
            expert && config.experts.count ? static_cast<double>(config.experts.used) / config.experts.count : 1;
        const std::optional<Scheme>& scheme = recipe ? recipe->schemes[i] : std::optional<Scheme>();
        out.weight_bytes += elements * used * (scheme ? effective_bits(*scheme, module.rows, module.columns) : 16) / 8;
        out.operations_per_token += 2 * elements * used;
        seconds += 2 * elements * used / (scheme ? rate_of(*scheme, target) : 1);
    }
    if (seconds > 0) out.rate = out.operations_per_token / seconds;
    out.weight_bytes /= cards;
    out.operations_per_token /= cards;
    const bool narrow = recipe && recipe->recipe.kv_cache != KvCache::as_is;
    out.kv_bytes_per_token =
        static_cast<double>(kv_bytes_per_token(config, narrow ? 1 : kv_bytes_per_element, tensor_parallel));
    return out;
}

std::vector<Message> tensor_parallel_problems(const ModelConfig& config, const ResolvedRecipe& resolved,
                                              int tensor_parallel) {
    std::vector<Message> out;
    if (tensor_parallel <= 1) return out;
    if (config.heads % tensor_parallel != 0)
        out.push_back(msg("%1 attention heads cannot be split over %2 cards: vLLM refuses to start", config.heads,
                          tensor_parallel));
    if (!config.latent && config.kv_heads % tensor_parallel != 0 && tensor_parallel % config.kv_heads != 0)
        out.push_back(msg("%1 key/value heads cannot be split over %2 cards, nor copied evenly", config.kv_heads,
                          tensor_parallel));
    else if (!config.latent && tensor_parallel > config.kv_heads)
        out.push_back(msg("%1 key/value heads are copied to %2 cards: the KV cache shrinks no further", config.kv_heads,
                          tensor_parallel));
    std::set<std::string> said;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i) {
        const Module& module = resolved.modules[i];
        if (!resolved.schemes[i] || module.rows < 1) continue;
        const QuantizationArgs& weights = resolved.schemes[i]->weights;
        const std::int64_t split = splits_rows(module) ? module.columns : module.rows;
        std::int64_t unit = 1;
        if (weights.strategy == Strategy::block && weights.block) unit = (*weights.block)[splits_rows(module) ? 1 : 0];
        if (splits_rows(module) && weights.group_size > 0) unit = weights.group_size;
        if (split % tensor_parallel == 0 && split / tensor_parallel % unit == 0) continue;
        if (!said.insert(module.role).second) continue;
        out.push_back(splits_rows(module)
                          ? msg("%1 has %2 columns to split over %3 cards, which must come out in multiples of %4",
                                module.name, split, tensor_parallel, unit)
                          : msg("%1 has %2 rows to split over %3 cards, which must come out in multiples of %4",
                                module.name, split, tensor_parallel, unit));
    }
    return out;
}

} // namespace octavo
