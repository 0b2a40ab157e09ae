// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/read_config.h"

#include <algorithm>
#include <array>

#include "compressed_tensors/decompress.h"

namespace octavo {

namespace {

[[noreturn]] void refuse(Message what, const std::string& file, const std::string& group = {}) {
    throw Error(ErrorCode::unusable_model, std::move(what),
                msg("The folder was damaged or comes from a tool that Octavo does not know."),
                {.file = file, .layer = group});
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool is_expression(const Pattern& pattern) { return pattern.text().starts_with("re:"); }

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// What observed the values does not matter for reading them, and older files name observers that are gone.
QuantizationArgs read_args(Json json, const std::string& file, const std::string& group) {
    if (!json.is_object()) refuse(msg("The quantization arguments are not an object"), file, group);
    json.erase("observer");
    json.erase("observer_kwargs");
    try {
        return quantization_args_from_json(json, file);
    } catch (const Error& error) {
        refuse(error.message(), file, group);
    }
}

/// The preset's name when the numbers are a preset's, groups of another size and static integer inputs included.
std::string name_for(const Scheme& scheme) {
    const auto same = [](QuantizationArgs a, QuantizationArgs b) {
        a.observer.clear();
        b.observer.clear();
        return a == b;
    };
    const auto same_input = [&](const QuantizationArgs& known, const QuantizationArgs& found) {
        const bool fixed = found.strategy == Strategy::tensor && found.dynamic == Dynamic::no;
        return same(known, found) || (fixed && known.strategy == Strategy::token && known.bits == found.bits &&
                                      known.type == NumberType::integer && found.type == known.type);
    };
    for (const Scheme& known : presets()) {
        if (known.format != scheme.format || known.input.has_value() != scheme.input.has_value()) continue;
        QuantizationArgs weights = known.weights;
        if (has_free_group_size(known) && has_free_group_size(scheme)) {
            weights.strategy = scheme.weights.strategy;
            weights.group_size = scheme.weights.group_size;
        }
        if (same(weights, scheme.weights) && (!known.input || same_input(*known.input, *scheme.input)))
            return known.name;
    }
    return "custom";
}

PatternSet read_patterns(const Json& list, const char* key, const std::string& file, const std::string& group) {
    if (!list.is_array()) refuse(msg("\"%1\" is not a list", key), file, group);
    PatternSet patterns;
    for (const Json& entry : list) {
        if (!entry.is_string()) refuse(msg("\"%1\" holds something that is not a text", key), file, group);
        try {
            patterns.add(entry.get<std::string>());
        } catch (const Error& error) {
            refuse(error.message(), file, group);
        }
    }
    return patterns;
}

} // namespace

bool matches_by_class(const Pattern& pattern, const Module& module) {
    if (is_expression(pattern) || pattern.text().empty()) return false;
    if (pattern.text() == module.class_name) return true;
    // The classes in which vLLM runs linear layers; the head has one of its own.
    constexpr std::array classes{"qkvparallellinear", "mergedcolumnparallellinear", "columnparallellinear",
                                 "rowparallellinear", "replicatedlinear"};
    const std::string text = lower(pattern.text());
    return module.role != "lm_head" && std::any_of(classes.begin(), classes.end(), [&](std::string_view name) {
               return name.find(text) != std::string_view::npos;
           });
}

bool QuantizationConfig::ignores(const Module& module) const {
    return ignore.plain(module.name) || ignore.expression(module);
}

std::optional<Scheme> QuantizationConfig::scheme_for(const Module& module) const {
    if (ignores(module)) return {};
    const auto find = [&](auto&& hit) -> const ConfigGroup* {
        for (const ConfigGroup& group : groups)
            if (hit(group.targets)) return &group;
        return nullptr;
    };
    const ConfigGroup* group = find([&](const PatternSet& targets) { return targets.plain(module.name).has_value(); });
    if (!group) group = find([&](const PatternSet& targets) { return targets.expression(module).has_value(); });
    if (!group)
        group = find([&](const PatternSet& targets) {
            return std::ranges::any_of(targets,
                                       [&](const Pattern& pattern) { return matches_by_class(pattern, module); });
        });
    return group ? std::optional(group->scheme) : std::nullopt;
}

bool only_attention(const Json& group) {
    const auto targets = group.find("targets");
    return targets != group.end() && targets->is_array() && targets->size() == 1 && targets->front().is_string() &&
           targets->front().get_ref<const std::string&>().ends_with("Attention");
}

ConfigGroup read_config_group(const std::string& name, const Json& group, const std::string& format,
                              const std::string& file) {
    if (!group.is_object()) refuse(msg("The group %1 is not an object", name), file, name);
    ConfigGroup out{.name = name, .targets = {}, .scheme = {}};
    if (!group.contains("targets")) refuse(msg("The group %1 has no targets", name), file, name);
    out.targets = read_patterns(group.at("targets"), "targets", file, name);
    if (out.targets.empty()) refuse(msg("The group %1 has no targets", name), file, name);
    const auto weights = group.find("weights");
    if (weights == group.end() || weights->is_null())
        refuse(msg("The group %1 says nothing about weights", name), file, name);
    out.scheme.weights = read_args(*weights, file, name);
    if (const auto input = group.find("input_activations"); input != group.end() && !input->is_null())
        out.scheme.input = read_args(*input, file, name);
    const std::string own = text_of(group, "format");
    const std::optional<Format> known = format_from_name(own.empty() ? format : own);
    if (!known || *known == Format::dense)
        refuse(
            msg("The group %1 has no format that holds quantized weights (\"%2\")", name, own.empty() ? format : own),
            file, name);
    out.scheme.format = *known;
    out.scheme.needs_data = out.scheme.input && out.scheme.input->dynamic != Dynamic::yes;
    out.scheme.name = name_for(out.scheme);
    return out;
}

QuantizationConfig read_quantization_config(const Json& config, const std::string& file) {
    if (!config.is_object()) refuse(msg("The quantization configuration is not an object"), file);
    if (const std::string method = text_of(config, "quant_method"); method != "compressed-tensors")
        throw Error(ErrorCode::unusable_model, msg("The model is quantized by the method \"%1\"", method),
                    msg("Octavo reads compressed-tensors only."), {.file = file});
    QuantizationConfig out;
    out.format = text_of(config, "format");
    const auto groups = config.find("config_groups");
    if (groups == config.end() || !groups->is_object())
        refuse(msg("The quantization configuration has no groups"), file);
    const std::optional<KvCache> cache = kv_cache_from_json(config.value("kv_cache_scheme", Json()));
    if (!cache) refuse(msg("The scheme of the KV cache is not one that vLLM takes"), file);
    out.kv_cache = *cache;
    for (const auto& [name, group] : groups->items())
        if (only_attention(group))
            out.scales_attention = true;
        else
            out.groups.push_back(read_config_group(name, group, out.format, file));
    if (const auto ignore = config.find("ignore"); ignore != config.end() && !ignore->is_null())
        out.ignore = read_patterns(*ignore, "ignore", file, {});
    return out;
}

ResolvedRecipe read_quantization(const ModelFolder& folder, const std::vector<Module>& modules) {
    const std::optional<Json> json = folder.quantization_config();
    if (!json) return {};
    const QuantizationConfig config = read_quantization_config(*json, (folder.path() / "config.json").string());
    Recipe recipe;
    if (!config.groups.empty()) recipe.scheme = config.groups.front().scheme;
    recipe.kv_cache = config.kv_cache;
    recipe.ignore.clear();
    for (const Pattern& pattern : config.ignore) recipe.ignore.push_back(pattern.text());
    std::vector<std::optional<Scheme>> schemes;
    for (const Module& module : modules) schemes.push_back(config.scheme_for(module));
    return {std::move(recipe), modules, std::move(schemes)};
}

} // namespace octavo
