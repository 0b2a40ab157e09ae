// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "compressed_tensors/verify_parts.h"

namespace octavo {

namespace {

Message again() { return msg("Export the folder again; vLLM would refuse it."); }

bool is_null(const Json& object, const char* key) {
    if (!object.is_object()) return true;
    const auto found = object.find(key);
    return found == object.end() || found->is_null();
}

/// Keys that pydantic knows; any other is "Extra inputs are not permitted".
void verify_argument_keys(const std::string& group, const char* which, const Json& args, Findings& findings) {
    constexpr std::array known{"num_bits", "type",     "symmetric",   "strategy", "group_size", "block_structure",
                               "dynamic",  "actorder", "scale_dtype", "zp_dtype", "observer",   "observer_kwargs"};
    if (!args.is_object()) return;
    for (const auto& [key, value] : args.items())
        if (std::find(known.begin(), known.end(), key) == known.end())
            findings.fail("config.keys", msg("%1.%2 has the key \"%3\", which loaders refuse", group, which, key),
                          again());
    if (const auto order = args.find("actorder");
        order != args.end() && !order->is_null() && *order != "static" && *order != "weight")
        findings.fail(
            "config.actorder",
            msg("%1.%2 asks for the activation order %3, which is not served any more", group, which, order->dump()),
            msg("Quantize with a static order or none."));
}

void verify_group_keys(const std::string& name, const Json& group, Findings& findings) {
    constexpr std::array known{"targets", "weights", "input_activations", "output_activations", "format"};
    if (!group.is_object()) return;
    for (const auto& [key, value] : group.items())
        if (std::find(known.begin(), known.end(), key) == known.end())
            findings.fail("config.keys", msg("The group %1 has the key \"%2\", which loaders refuse", name, key),
                          again());
    for (const char* which : {"weights", "input_activations", "output_activations"})
        if (!is_null(group, which)) verify_argument_keys(name, which, group.at(which), findings);
}

KvCache verify_cache(const Json& config, Findings& findings) {
    const Json scheme = config.value("kv_cache_scheme", Json());
    const std::optional<KvCache> cache = kv_cache_from_json(scheme);
    if (!cache)
        findings.fail("config.kv_cache",
                      msg("The cache scheme is not 8-bit floating point, static, symmetric, per tensor or head"),
                      again());
    verify_argument_keys("kv_cache_scheme", "args", scheme, findings);
    findings.pass("config.kv_cache", msg("The cache scheme is one that vLLM takes"));
    return cache.value_or(KvCache::as_is);
}

void verify_top_level(const Json& config, Findings& findings) {
    const Json method = config.value("quant_method", Json());
    if (method != "compressed-tensors")
        findings.fail("config.method", msg("quant_method is %1 instead of \"compressed-tensors\"", method.dump()),
                      again());
    findings.pass("config.method", msg("The quantization method is compressed-tensors"));

    constexpr std::array formats{"dense",          "int-quantized",   "float-quantized",      "naive-quantized",
                                 "pack-quantized", "mixed-precision", "nvfp4-pack-quantized", "mxfp4-pack-quantized",
                                 "mxfp8-quantized"};
    const Json format = config.value("format", Json());
    if (!format.is_string() || std::find(formats.begin(), formats.end(), format.get<std::string>()) == formats.end())
        findings.fail("config.format", msg("The format %1 is unknown", format.dump()), again());

    const Json status = config.value("quantization_status", Json());
    if (!status.is_null() && status != "compressed" && status != "frozen")
        findings.fail("config.status", msg("The quantization status is %1 instead of \"compressed\"", status.dump()),
                      again());
    findings.pass("config.status", msg("The weights are marked as compressed"));

    const Json sparsity = config.value("sparsity_config", Json());
    const bool sparse = sparsity.is_object() && (!sparsity.value("targets", Json::array()).empty() ||
                                                 (sparsity.contains("format") && sparsity.at("format") != "dense"));
    if (sparse)
        findings.fail("config.sparsity", msg("Sparse formats are no longer served by vLLM"),
                      msg("Quantize the model without sparsity."));
    findings.pass("config.sparsity", msg("No sparse format"));
}

/// A format and the numbers in it have to fit: a loader picks its code by both.
void verify_group_format(const ConfigGroup& group, Findings& findings) {
    const Format wanted = format_for(group.scheme.weights, group.scheme.input);
    if (group.scheme.format == wanted) return;
    // Packed weights with integer activations do load, but run weight-only.
    findings.fail("config.format",
                  msg("The group %1 is stored as %2, but its numbers belong into %3", group.name,
                      name_of(group.scheme.format), name_of(wanted)),
                  again());
}

void verify_groups(const Json& config, const std::string& file, QuantizationConfig& out, Findings& findings) {
    const auto groups = config.find("config_groups");
    // A cache may be all that is quantized.
    const bool only_cache = out.kv_cache != KvCache::as_is && groups != config.end() && groups->is_object();
    if (!only_cache && (groups == config.end() || !groups->is_object() || groups->empty())) {
        findings.fail("config.groups", msg("The configuration has no groups: nothing would be loaded as quantized"),
                      again());
        return;
    }
    for (const auto& [name, json] : groups->items()) {
        verify_group_keys(name, json, findings);
        if (only_attention(json)) {
            out.scales_attention = true;
            continue;
        }
        if (out.format == "mixed-precision" && is_null(json, "format")) {
            findings.fail("config.format", msg("The group %1 has no format, though the model mixes several", name),
                          again());
            continue;
        }
        try {
            Json known = json;
            // Keys and orders have rules of their own; the rest of the group is still worth looking at.
            for (const char* which : {"weights", "input_activations"})
                if (known.is_object() && known.contains(which) && known.at(which).is_object()) {
                    Json& args = known.at(which);
                    args.erase("actorder");
                    Json kept = Json::object();
                    for (const char* key : {"num_bits", "type", "symmetric", "strategy", "group_size",
                                            "block_structure", "dynamic", "scale_dtype", "zp_dtype"})
                        if (args.contains(key)) kept[key] = args.at(key);
                    args = std::move(kept);
                }
            out.groups.push_back(read_config_group(name, known, out.format, file));
            verify_group_format(out.groups.back(), findings);
        } catch (const Error& error) {
            findings.fail("config.groups", msg("The group %1 cannot be used: %2", name, error.message()), again());
        }
    }
}

} // namespace

std::optional<QuantizationConfig> verify_config(const ModelFolder& folder, Findings& findings) {
    const std::optional<Json> config = folder.quantization_config();
    if (!config || !config->is_object()) {
        findings.fail("config.quantization",
                      msg("config.json has no quantization_config: loaders would take the codes for 16-bit weights"),
                      msg("Export the folder again, or verify a quantized one."));
        return {};
    }
    findings.pass("config.quantization", msg("config.json says that the model is quantized"));
    const auto architectures = folder.config().find("architectures");
    if (architectures == folder.config().end() || !architectures->is_array() || architectures->empty() ||
        !architectures->front().is_string())
        findings.fail("config.architecture", msg("config.json names no architecture"),
                      msg("Copy \"architectures\" from the original config.json."));
    findings.pass("config.architecture", msg("config.json names the architecture"));

    verify_top_level(*config, findings);
    const std::string file = (folder.path() / "config.json").string();
    QuantizationConfig out;
    if (const auto format = config->find("format"); format != config->end() && format->is_string())
        out.format = format->get<std::string>();
    out.kv_cache = verify_cache(*config, findings);
    verify_groups(*config, file, out, findings);
    const Json ignore = config->value("ignore", Json::array());
    for (const Json& entry : ignore.is_array() ? ignore : Json::array({ignore})) {
        try {
            if (!entry.is_string()) throw Error(ErrorCode::unusable_model, msg("It is not a text"));
            out.ignore.add(entry.get<std::string>());
        } catch (const Error& error) {
            findings.fail("ignore.match",
                          msg("The entry %1 of \"ignore\" cannot be used: %2", entry.dump(), error.message()), again());
        }
    }
    findings.pass("config.keys", msg("No keys that loaders refuse"));
    findings.pass("config.actorder", msg("No activation order that is not served"));
    findings.pass("config.groups", msg("All groups of schemes are understood (%1)", out.groups.size()));
    findings.pass("config.format", msg("The format is %1", out.format));
    return out;
}

} // namespace octavo
