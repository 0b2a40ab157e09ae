// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "compressed_tensors/verify_parts.h"
#include "hardware/hardware.h"

namespace octavo {

namespace {

/// Is there a matrix that the pattern means? Names are looked up: an ignore list may have one for every expert.
class Asked {
public:
    explicit Asked(const std::vector<Module>& modules) : modules_(modules) {
        for (const Module& module : modules) names_.insert(module.name);
    }

    bool by_name(const Pattern& pattern) const {
        return names_.contains(pattern.text()) || (pattern.text().starts_with("re:") &&
                                                   any([&](const Module& module) { return pattern.matches(module); }));
    }
    bool by_class(const Pattern& pattern) const {
        return any([&](const Module& module) { return matches_by_class(pattern, module); });
    }

private:
    bool any(const auto& hit) const { return std::ranges::any_of(modules_, hit); }

    const std::vector<Module>& modules_;
    std::set<std::string_view> names_;
};

void verify_patterns(const Inspected& inspected, Findings& findings) {
    const Asked asked(inspected.modules);
    for (const ConfigGroup& group : inspected.quantization.groups)
        for (const Pattern& target : group.targets)
            if (!asked.by_name(target) && !asked.by_class(target))
                findings.warn("targets.match",
                              msg("The target \"%1\" of %2 matches no matrix", target.text(), group.name),
                              msg("Check the names; the matrices meant may be loaded as 16-bit."));
    findings.pass("targets.match", msg("Every target matches"));
    for (const Pattern& entry : inspected.quantization.ignore)
        if (!asked.by_name(entry))
            findings.warn(
                "ignore.match",
                msg("The entry \"%1\" of \"ignore\" matches no matrix (class names do not count there)", entry.text()),
                msg("Check the name."));
    findings.pass("ignore.match", msg("Every entry of \"ignore\" matches"));
    const bool quantized = std::any_of(inspected.schemes.begin(), inspected.schemes.end(),
                                       [](const auto& scheme) { return scheme.has_value(); });
    if (!quantized && inspected.quantization.kv_cache == KvCache::as_is)
        findings.fail("targets.match", msg("No matrix is quantized by this configuration"),
                      msg("Export the folder again."));
}

void verify_fused(const Inspected& inspected, Findings& findings) {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < inspected.modules.size(); ++i) {
        const Module& module = inspected.modules[i];
        if (module.fused_set.empty()) continue;
        const auto [known, added] = first.emplace(module.fused_set, i);
        if (added || inspected.schemes[known->second] == inspected.schemes[i]) continue;
        findings.fail("fused.uniform",
                      msg("%1 and %2 are one matrix in vLLM, but their schemes differ",
                          inspected.modules[known->second].name, module.name),
                      msg("Give both the same scheme."));
    }
    findings.pass("fused.uniform", msg("Matrices that vLLM fuses share one scheme"));
}

void verify_special_modules(const Inspected& inspected, Findings& findings) {
    for (std::size_t i = 0; i < inspected.modules.size(); ++i) {
        const Module& module = inspected.modules[i];
        const bool router = module.class_name == "Router";
        if (router && (inspected.schemes[i] || inspected.folder.contains(module.name + ".weight_scale")))
            findings.fail("moe.router", msg("The router %1 is quantized", module.name),
                          msg("Add it to the ignore list."));
        if (module.role != "lm_head" || !inspected.tied_head) continue;
        const bool has_scale = std::any_of(
            inspected.folder.tensors().begin(), inspected.folder.tensors().end(), [&](const TensorSpec& tensor) {
                return tensor.name.starts_with(module.name + ".") && tensor.name != module.name + ".weight" &&
                       tensor.name != module.name + ".bias";
            });
        if (has_scale)
            findings.fail("head.tied", msg("The head is tied to the embedding, but has tensors of a quantized matrix"),
                          msg("Ignore lm_head when quantizing."));
        else if (inspected.schemes[i])
            findings.fail("head.tied", msg("The head is tied to the embedding, but is not ignored"),
                          msg("Add lm_head to \"ignore\"."));
    }
    findings.pass("moe.router", msg("No router is quantized"));
    findings.pass("head.tied", msg("The head is written as the configuration says"));
}

/// The sizes that kernels insist on, as the recipe's door does.
void verify_sizes(const Module& module, const Scheme& scheme, Findings& findings) {
    try {
        check_shape(scheme, module);
    } catch (const Error& error) {
        findings.fail("sizes.divide", error.message(),
                      msg("Export the folder again with another scheme or group size."));
    }
}

void verify_target(const Scheme& scheme, ComputeCapability target, Findings& findings) {
    const SchemeSupport support = ServingRules::instance().support(scheme.name, target);
    const Message where = target.major > 0 ? msg("compute capability %1.%2", target.major, target.minor) : msg("a CPU");
    if (support.support == Support::unsupported)
        findings.fail("target.support", msg("%1 does not run on %2: %3", scheme.name, where, support.reason),
                      msg("Choose another scheme for this target."));
    else if (support.support == Support::native)
        findings.pass("target.support", msg("%1 runs natively on %2", scheme.name, where));
    else
        findings.warn("target.support", msg("%1 runs on %2, but not natively: %3", scheme.name, where, support.reason),
                      msg("Expect less speed than from a native scheme."));
}

} // namespace

void verify_schemes(const Inspected& inspected, std::optional<ComputeCapability> target, Findings& findings) {
    verify_patterns(inspected, findings);
    verify_fused(inspected, findings);
    verify_special_modules(inspected, findings);
    std::set<std::string> asked;
    for (std::size_t i = 0; i < inspected.modules.size(); ++i) {
        const std::optional<Scheme>& scheme = inspected.schemes[i];
        if (!scheme) continue;
        if (!is_served(*scheme))
            findings.fail("config.scheme", msg("vLLM has no code for the scheme of %1", inspected.modules[i].name),
                          msg("Use one of Octavo's presets."));
        verify_sizes(inspected.modules[i], *scheme, findings);
        if (!target || !asked.insert(scheme->name).second) continue;
        if (scheme->name == "custom")
            findings.warn("target.support", msg("Octavo does not know how this scheme runs on the target"),
                          msg("Try it with vLLM."));
        else
            verify_target(*scheme, *target, findings);
    }
    findings.pass("config.scheme", msg("vLLM has code for every scheme"));
    findings.pass("sizes.divide", msg("Groups and blocks divide the matrices as vLLM's kernels need it"));
}

} // namespace octavo
