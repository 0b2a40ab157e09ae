// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/groups.h"

#include <map>

namespace octavo {

namespace {

/// "model.layers.3.mlp.experts" of "model.layers.3.mlp.experts.17.up_proj"; empty for what is no routed expert.
std::string experts_of(const std::string& name) {
    constexpr std::string_view list = ".experts.";
    const std::size_t at = name.find(list);
    if (at == std::string::npos) return {};
    const std::size_t number = at + list.size();
    return number < name.size() && name[number] >= '0' && name[number] <= '9' ? name.substr(0, number - 1)
                                                                              : std::string();
}

std::string last_part(const std::string& name) { return name.substr(name.rfind('.') + 1); }

} // namespace

std::int64_t ModuleGroup::parameters() const {
    std::int64_t out = 0;
    for (const Module& module : modules) out += module.rows * module.columns;
    return out;
}

std::vector<ModuleGroup> module_groups(const std::vector<Module>& modules) {
    std::vector<ModuleGroup> out;
    std::map<std::string, std::size_t> known;
    for (const Module& module : modules) {
        if (module.class_name != "Linear" || module.role == "lm_head" || module.name == "lm_head") continue;
        std::string key = experts_of(module.name);
        if (key.empty()) key = module.fused_set;
        const bool alone = key.empty();
        if (alone) key = module.name;
        const auto [found, added] = known.emplace(key, out.size());
        if (added) out.push_back({key, alone && !module.role.empty() ? module.role : last_part(key), module.layer, {}});
        out[found->second].modules.push_back(module);
    }
    return out;
}

} // namespace octavo
