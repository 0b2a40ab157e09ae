// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/exporter.h"

#include <algorithm>

namespace octavo {

namespace {

/// Modules that share one scheme; the group's place in the configuration is where its first module stands.
struct Group {
    Scheme scheme;
    std::vector<std::string> modules;
};

bool same_on_disk(const Scheme& a, const Scheme& b) {
    return a.weights == b.weights && a.input == b.input && a.format == b.format;
}

} // namespace

Json quantization_config(const ResolvedRecipe& resolved) {
    std::vector<Group> groups;
    Json ignore = Json::array();
    for (std::size_t i = 0; i < resolved.modules.size(); ++i) {
        const std::optional<Scheme>& scheme = resolved.schemes[i];
        if (!scheme) {
            // Exact names only: loaders rename those for other architectures' prefixes, but not regular expressions.
            ignore.push_back(resolved.modules[i].name);
            continue;
        }
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const Group& known) { return same_on_disk(known.scheme, *scheme); });
        if (group == groups.end()) group = groups.insert(groups.end(), Group{*scheme, {}});
        group->modules.push_back(resolved.modules[i].name);
    }
    const bool mixed = std::any_of(groups.begin(), groups.end(), [&](const Group& group) {
        return group.scheme.format != groups.front().scheme.format;
    });

    Json config_groups = Json::object();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        Json group;
        if (groups.size() == 1)
            group["targets"] = Json::array({"Linear"});
        else
            group["targets"] = groups[i].modules;
        group["weights"] = to_json(groups[i].scheme.weights);
        group["input_activations"] = groups[i].scheme.input ? to_json(*groups[i].scheme.input) : Json();
        group["output_activations"] = Json();
        // Readers before mixed precision do not know the key inside a group.
        if (mixed) group["format"] = std::string(name_of(groups[i].scheme.format));
        config_groups["group_" + std::to_string(i)] = std::move(group);
    }

    Json config;
    config["quant_method"] = "compressed-tensors";
    config["format"] = groups.empty() ? "dense"
                       : mixed        ? "mixed-precision"
                                      : std::string(name_of(groups.front().scheme.format));
    config["quantization_status"] = "compressed";
    config["config_groups"] = std::move(config_groups);
    config["ignore"] = std::move(ignore);
    config["kv_cache_scheme"] = kv_cache_scheme(resolved.recipe.kv_cache);
    return config;
}

} // namespace octavo
